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
  {
    says: /unexpected status from HEAD request to [^\s]{1,1024}: 401 Unauthorized|^unauthorized: ?$/m,
    seenIn: 'containerd, dockerd',
    line: 'failed to resolve reference "basic.lab.test/team/app:1.0": unexpected status from HEAD request to https://basic.lab.test/v2/team/app/manifests/1.0: 401 Unauthorized',
    weight: 'fits',
  },
  {
    says: /"https:\/\/[^"]{1,512}": denied$/m,
    seenIn: 'dockerd',
    line: 'Head "https://ghcr.io/v2/user/image/manifests/1.0": denied',
    weight: 'fits',
  },
];
