import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /no matching manifest for [a-z0-9/]{1,64}/,
    seenIn: 'dockerd, containerd, podman',
    line: 'no matching manifest for linux/amd64 in the manifest list entries',
    weight: 'proves',
  },
  {
    says: /no match for platform in manifest/,
    seenIn: 'containerd',
    line: 'no match for platform in manifest: not found',
    weight: 'proves',
  },
  {
    says: /does not (?:match|provide) the (?:specified|detected) (?:host )?platform/,
    seenIn: 'dockerd 26',
    line: 'image with reference basic.lab.test/team/app:1.0 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
    weight: 'proves',
  },
];
