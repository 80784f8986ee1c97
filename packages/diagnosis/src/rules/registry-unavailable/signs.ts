import { isOfficial } from '../../message/circumstances.ts';
import { digestDiffers, insufficientScope } from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /status code from registry 5\d\d|(?:http )?status(?: code)?(?: from (?:get|head|post) request to \S{1,1500}?)?:? (?:\[[^\]]{1,200}\]: |https?:\/\/\S{1,1500}: )?"?5\d\d\b|error parsing http 5\d\d response body|(?<!\()http code: 5\d\d|\b5\d\d (?:internal server error|bad gatewa|service unavailable|service temporarily unavailable|gateway time-?out|web server is down|origin)/,
    means: 'The registry, or what stands before it, answers with a fault of its own.',
    seenIn: 'dockerd, containerd, podman',
    line: 'Error response from daemon: received unexpected HTTP status: 503 Service Unavailable',
    weight: 'proves',
  },
  {
    says: /(?:registry|docker hub|hub|service|backend|upstream) (?:is )?(?:currently |temporarily )?(?:unavailable|down for maintenance|under maintenance|in read-?only mode)|unavailable: (?:upstream|service)|unknown: (?:internal server error|unknown error|an internal error)|internal_error: |no healthy upstream|upstream connect error|s3aws: |error: 5\d\d\b|cloudflare[^\n]{0,60}error 5\d\d/,
    means: 'The registry says that it has a fault of its own.',
    seenIn: 'dockerd, registries and their proxies',
    line: 'Error response from daemon: unknown: unknown error',
    weight: 'fits',
  },
  {
    ...insufficientScope,
    means: 'Of an official image, which everybody may read, this is a fault of Docker Hub.',
    weight: 'fits',
    when: isOfficial,
  },
  {
    says: /(?:get|head) "?https?:\/\/[^\s"]{1,512}"?: (?:unexpected )?eof(?:"|\.|$)|stream error: stream id \d{1,10}; internal_error/m,
    means: 'A registry that breaks down may end the connection so.',
    seenIn: 'dockerd',
    line: 'Error response from daemon: Get "https://registry-1.docker.io/v2/": EOF',
    weight: 'allows',
  },
  {
    ...digestDiffers,
    means: 'The registry, or a cache before it, sent something else than the manifest lists.',
    weight: 'fits',
  },
  {
    says: /unknown blob|blob unknown|could not fetch content descriptor sha256:[0-9a-f]{64} \([^)]{1,128}\) from remote: not found/,
    means: 'The registry lists a layer that it does not have.',
    seenIn: 'dockerd, containerd',
    line: 'unknown blob',
    weight: 'proves',
    excludes: ['tag-not-found', 'repository-not-found'],
  },
];
