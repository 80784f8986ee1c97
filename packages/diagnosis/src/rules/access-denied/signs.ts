import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /is not authorized to perform: ecr:[A-Za-z]+/,
    seenIn: 'ECR through dockerd',
    line: 'denied: User: arn:aws:sts::111122223333:assumed-role/ci/build is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
    weight: 'proves',
  },
  {
    says: /denied: (?:access forbidden|permission_denied|insufficient (?:scopes?|rights)|client with IP)/i,
    seenIn: 'GitLab, GHCR, ACR through dockerd',
    line: 'Head "https://token.lab.test/v2/team/app/manifests/1.0": denied: access forbidden',
    weight: 'proves',
  },
  {
    says: /failed to fetch oauth token: unexpected status from [A-Z]{3,4} request to [^\s]{1,1024}: 403/,
    seenIn: 'containerd, buildkit',
    line: 'failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.lab.test/token?scope=repository%3Ateam%2Fapp%3Apull&service=token.lab.test: 403 Forbidden',
    weight: 'fits',
  },
  {
    says: /repository does not exist or may require 'docker login'(?!: denied: (?!requested access))|^denied$|unexpected status from HEAD request to [^\s]{1,1024}: 403 Forbidden/m,
    seenIn: 'dockerd, containerd',
    line: "pull access denied for token.lab.test/team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    weight: 'fits',
  },
  {
    says: /"https:\/\/[^"]{1,512}": denied$/m,
    seenIn: 'dockerd',
    line: 'Head "https://ghcr.io/v2/user/image/manifests/1.0": denied',
    weight: 'fits',
  },
];
