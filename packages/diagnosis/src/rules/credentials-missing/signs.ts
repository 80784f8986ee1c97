import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /no basic auth credentials/,
    seenIn: 'dockerd, containerd, podman',
    line: 'Head "https://basic.lab.test/v2/team/app/manifests/1.0": no basic auth credentials',
    weight: 'proves',
  },
  {
    says: /failed to fetch anonymous token: unexpected status from [A-Z]{3,4} request to [^\s]{1,1024}: 40[13]/,
    seenIn: 'containerd, buildkit',
    line: 'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Auser%2Fimage%3Apull&service=ghcr.io: 403 Forbidden',
    weight: 'proves',
  },
  {
    says: /repository does not exist or may require 'docker login'(?!: denied: (?!requested access))/,
    seenIn: 'dockerd',
    line: "pull access denied for token.lab.test/team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    weight: 'fits',
  },
  {
    says: /unauthorized: authentication required/,
    seenIn: 'dockerd',
    line: 'unauthorized: authentication required',
    weight: 'fits',
  },
];
