import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /authorization token has expired/i,
    seenIn: 'ECR through dockerd, containerd, podman',
    line: "pull access denied for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app, repository does not exist or may require 'docker login': denied: Your authorization token has expired. Reauthenticate and try again.",
    weight: 'proves',
  },
  {
    says: /(?:personal|org) access token is expired/,
    seenIn: 'Docker Hub through dockerd',
    line: 'unauthorized: personal access token is expired',
    weight: 'proves',
  },
  {
    says: /Token failed verification: expired/i,
    seenIn: 'Artifactory',
    line: '{"errors":[{"status":401,"message":"Token failed verification: expired"}]}',
    weight: 'proves',
  },
  {
    says: /unauthorized: authentication required/,
    seenIn: 'dockerd',
    line: 'unauthorized: authentication required',
    weight: 'fits',
  },
];
