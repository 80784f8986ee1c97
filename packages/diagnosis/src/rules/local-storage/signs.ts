import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /no space left on device/,
    seenIn: 'dockerd, containerd',
    line: 'write /var/lib/docker/tmp/GetImageBlob3936683477: no space left on device',
    weight: 'proves',
  },
  {
    says: /disk quota exceeded|read-only file system/i,
    seenIn: 'dockerd, containerd',
    line: 'failed to register layer: mkdir /var/lib/docker/overlay2: read-only file system',
    weight: 'proves',
  },
];
