import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /name unknown: /,
    seenIn: 'dockerd, registries',
    line: "repository 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/nope not found: name unknown: The repository with name 'team/nope' does not exist in the registry with id '111122223333'",
    weight: 'proves',
  },
  {
    says: /repository does not exist or may require 'docker login'(?!: denied: (?!requested access))/,
    seenIn: 'dockerd',
    line: "pull access denied for lab-web-frontend, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    weight: 'fits',
  },
  {
    says: /manifest for [^\s]{1,512} not found: manifest unknown|failed to resolve reference "[^"]{1,512}": [^\s]{1,512}: not found/,
    seenIn: 'dockerd, containerd',
    line: 'manifest for basic.lab.test/team/nope:1.0 not found: manifest unknown: manifest unknown',
    weight: 'fits',
  },
];
