import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /Cannot connect to the Docker daemon at /,
    seenIn: 'docker, compose',
    line: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    weight: 'proves',
  },
  {
    says: /permission denied while trying to connect to the [Dd]ocker (?:daemon socket|API)/,
    seenIn: 'docker',
    line: 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
    weight: 'proves',
  },
];
