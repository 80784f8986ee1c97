import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /unauthorized: (?:incorrect username or password|your account must log in with a Personal Access Token)/,
    seenIn: 'Docker Hub through dockerd',
    line: 'Head "https://registry-1.docker.io/v2/team/app/manifests/1.0": unauthorized: incorrect username or password',
    weight: 'proves',
  },
  {
    says: /failed to fetch oauth token: unexpected status from [A-Z]{3,4} request to [^\s]{1,1024}: 401/,
    seenIn: 'containerd, buildkit',
    line: 'failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.lab.test/token?scope=repository%3Ateam%2Fapp%3Apull&service=token.lab.test: 401 Unauthorized',
    weight: 'proves',
  },
  {
    says: /unauthorized: HTTP Basic: Access denied/,
    seenIn: 'GitLab through dockerd',
    line: 'unauthorized: HTTP Basic: Access denied. The provided password or token is incorrect',
    weight: 'proves',
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
