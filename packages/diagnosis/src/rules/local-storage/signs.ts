import { digestDiffers } from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /no space left on device|disk quota exceeded|not enough (?:free )?(?:disk )?space|insufficient (?:free )?(?:disk )?space|there is not enough space on the disk|disk ?pressure|ephemeral-storage/,
    means: 'The disk is full, or the share of it that this user has.',
    seenIn: 'dockerd, containerd, podman, kubelet',
    line: 'write /var/lib/docker/tmp/GetImageBlob3936683477: no space left on device',
    weight: 'proves',
  },
  {
    says: /read-only file system/,
    means: 'The store cannot be written.',
    seenIn: 'dockerd, containerd',
    line: 'failed to register layer: mkdir /var/lib/docker/overlay2: read-only file system',
    weight: 'proves',
  },
  {
    says: /failed to register layer(?!: (?:applylayer exit status 1 stdout: ?stderr: )?(?:unexpected eof|archive\/tar|gzip))|error (?:processing tar file|while applying layer|applying layer|adding layer|untarring)|applylayer(?! exit status 1 stdout: ?stderr: (?:unexpected eof|archive|gzip))|error creating overlay mount|failed to extract layer(?! sha256:[0-9a-f]{64}: mount callback failed on \S{1,512}: (?:unexpected eof|archive\/tar|gzip))|failed to (?:prepare extraction snapshot|create prepare snapshot|mount|unpack image on snapshotter)(?![^\n]{0,300}media type)|importlayer failed|failed to (?:create|rename) (?:temp(?:orary)?|content|layer)|unlinkat |error committing the finished image/,
    means: 'A layer arrived and could not be put into the store.',
    seenIn: 'dockerd, containerd, podman',
    line: 'failed to register layer: Error processing tar file(exit status 1): operation not permitted',
    weight: 'proves',
  },
  {
    says: /(?:potentially insufficient|might not be enough|not enough) (?:uids|ids|gids) (?:or gids )?available|lchown [^\n]{1,300}: (?:invalid argument|operation not permitted)|no subuid ranges found|newuidmap/,
    means: 'The layer holds user ids that this user has no range for.',
    seenIn: 'podman, rootless docker',
    line: 'there might not be enough IDs available in the namespace (requested 0:12 for /var/spool/mail): lchown /var/spool/mail: invalid argument',
    weight: 'proves',
  },
  {
    says: /input\/output error|structure needs cleaning|bad message|database disk image is malformed|layer does not exist|parent snapshot [^\n]{1,200} does not exist|failed to get reader from content store|blob not found|unexpected content store|error locating (?:item|layer)|layer not known|failed to stat (?:parent|diff)|\/var\/lib\/(?:docker|containerd|containers)\/[^\n:]{1,300}: (?:no such file|permission denied|file exists|input)|(?:mkdir|open|chown|chmod|rename|symlink|remount) \/[^\n:]{1,200}: (?:operation not permitted|permission denied|file exists|invalid (?:argument|cross-device link)|function not implemented|directory not empty)/,
    means: 'The store of images on this host is damaged, or this program may not write it.',
    seenIn: 'dockerd, containerd, podman',
    line: 'open /var/lib/docker/tmp/GetImageBlob117: permission denied',
    weight: 'fits',
  },
  {
    ...digestDiffers,
    means: 'A store that is damaged may hold something else than the manifest says.',
    weight: 'allows',
  },
];
