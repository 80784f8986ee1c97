import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /invalid reference format/,
    seenIn: 'docker, dockerd, containerd, podman',
    line: 'invalid reference format: repository name (Team/App) must be lowercase',
    weight: 'proves',
  },
  {
    says: /repository name must be lowercase/,
    seenIn: 'docker up to 25',
    line: 'invalid reference format: repository name must be lowercase',
    weight: 'proves',
  },
];
