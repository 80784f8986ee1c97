import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /manifest unknown: (?:Requested image not found|manifest tagged by|The named manifest is not known|Failed to fetch)/,
    seenIn: 'ECR, ACR, Artifactory, Artifact Registry through dockerd',
    line: 'manifest for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:9.9 not found: manifest unknown: Requested image not found',
    weight: 'proves',
  },
  {
    says: /manifest for [^\s]{1,512} not found: manifest unknown|failed to resolve reference "[^"]{1,512}": [^\s]{1,512}: not found/,
    seenIn: 'dockerd, containerd',
    line: 'manifest for basic.lab.test/team/app:9.9 not found: manifest unknown: manifest unknown',
    weight: 'fits',
  },
];
