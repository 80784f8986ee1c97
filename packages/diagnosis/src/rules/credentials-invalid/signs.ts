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
];
