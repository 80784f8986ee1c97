import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /(?:media ?type|mediatype)[^\n]{0,160} (?:is )?not (?:supported|recognized)|unsupported (?:manifest )?(?:media ?type|mimetype|content type)[^\n]{0,120}|unsupported (?:manifest|schema version|image|docker v2|compression)|unknown (?:media type|manifest type|type(?!: text)|compression)[^\n]{0,100}|encountered unknown type(?! text)|unexpected media type(?! text\/html)[^\n]{0,120}|invalid media ?type|unhandled media type|mediatype in manifest should be|manifest type unsupported|encountered remote "application\/[^\n]{1,80}\(unknown\)|unsupported image-specific operation|not implemented for schema|unsupported mediatype/,
    means: 'The manifest or a layer is of a kind that this program does not take.',
    seenIn: 'dockerd, containerd, podman, helm',
    line: 'unsupported media type application/vnd.docker.distribution.manifest.v1+prettyjws',
    weight: 'proves',
  },
  {
    says: /docker image format v1|schema ?(?:version )?1 (?:manifest|image|is|support)|image manifest version 2, schema 1|manifest v2,? schema 1|prettyjws|schema1 |deprecat[^\n]{0,80}schema ?1/,
    means: 'The image has the old schema 1, which newer programs have dropped.',
    seenIn: 'dockerd since 26, containerd since 2',
    line: '[DEPRECATION NOTICE] Docker Image Format v1 and Docker Image manifest version 2, schema 1 support is disabled by default and will be removed in an upcoming release.',
    weight: 'proves',
  },
  {
    says: /missing signature key|unsupported schema version \d|target is unknown|application\/vnd\.(?:oci|docker)\.[\w.+-]{1,80}: not found|manifest schema (?:unsupported|not supported)|manifest invalid|schema version (?:is )?not supported/,
    means: 'The program is too old for the format of this image.',
    seenIn: 'docker up to 1.9, helm',
    line: 'Error response from daemon: missing signature key',
    weight: 'proves',
  },
  {
    says: /failed to register layer: (?:applylayer exit status 1 stdout: ?stderr: )?(?:unexpected eof|archive\/tar: invalid tar header|gzip: invalid header)|mount callback failed on \S{1,512}: (?:unexpected eof|archive\/tar|gzip)|archive\/tar: invalid tar header|gzip: invalid header/,
    means: 'A layer arrived and cannot be unpacked: it is cut short or no archive.',
    seenIn: 'dockerd, containerd',
    line: 'failed to register layer: ApplyLayer exit status 1 stdout:  stderr: archive/tar: invalid tar header',
    weight: 'proves',
    excludes: ['connection-failure'],
  },
  {
    says: /mismatched image rootfs and manifest layers|number of layers and diffids don't match|layers from manifest don't match image configuration|invalid (?:rootfs|image config)|wrong diff id|no (?:config|layers) (?:found|in manifest)|is not a (?:runnable|valid) (?:docker |container )?image|does not contain (?:a )?(?:runnable|valid) image|unsupported oci artifact|config (?:blob )?is (?:empty|invalid)|artifact type|image config is (?:empty|invalid)|zstd/,
    means: 'What the tag points to is not an image that this program can use.',
    seenIn: 'dockerd, containerd',
    line: 'mismatched image rootfs and manifest layers',
    weight: 'fits',
  },
];
