import { noSuchShortName } from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /invalid reference format/,
    means: 'The name does not follow the grammar of image names.',
    seenIn: 'docker, dockerd, containerd, podman',
    line: 'invalid reference format: repository name (Team/App) must be lowercase',
    weight: 'proves',
  },
  {
    says: /repository name (?:\([^\n)]{1,255}\) )?must be (?:lowercase|at least|canonical)|repository name component|must be specified in (?:lower ?case|the format)/,
    means: 'A repository name has no capital letters.',
    seenIn: 'docker',
    line: 'invalid reference format: repository name must be lowercase',
    weight: 'proves',
  },
  {
    says: /invalid ?image ?name(?! "?\$\{)|(?:failed|unable) to (?:apply default image tag|parse image(?: name| reference)?)|(?:couldn't|could not|cannot|error) pars(?:e|ing) (?:image )?(?:reference|name)(?! ?: ?(?:eof|no )| "docker:\/\/)|invalid image reference|invalid reference "|failed to parse (?:image )?reference|invalid repository name|invalid namespace name|invalid tag (?:format|name)|invalid docker image/,
    means: 'The program cannot read this as an image name.',
    seenIn: 'kubelet, docker up to 1.9, podman',
    line: 'Failed to apply default image tag "registry.example.com/Team/app:1": couldn\'t parse image reference "registry.example.com/Team/app:1": invalid reference format: repository name must be lowercase',
    weight: 'proves',
  },
  {
    says: /(?:repository|tag) can only contain the (?:runes|characters)|could not parse reference: |not a valid repository\/tag|repository name (?:cannot|should not|must not) contain|unsupported digest algorithm|invalid checksum digest (?:format|length)|invalid digest (?:format|length)|digest must be|"docker pull" requires (?:exactly|at least) 1 argument|requires (?:exactly|at least) 1 argument/,
    means: 'The program cannot read this as an image name.',
    seenIn: 'go-containerregistry, Kaniko, docker',
    line: 'error building image: could not parse reference: repository can only contain the characters `abcdefghijklmnopqrstuvwxyz0123456789_-./`: Team/App',
    weight: 'proves',
  },
  {
    says: /invalid character "[^"\n]{1,4}" in host name|invalid port "?:?\w{0,20}"? after host|first path segment in url cannot contain colon|missing (?:registry|hostname) in/,
    means: 'The host part of the name is no host.',
    seenIn: 'docker, dockerd',
    line: 'parse "https://registry.example.com:latest/v2/": invalid port ":latest" after host',
    weight: 'proves',
  },
  {
    ...noSuchShortName,
    means: 'The name has no registry host, and this program adds none.',
    weight: 'allows',
  },
];
