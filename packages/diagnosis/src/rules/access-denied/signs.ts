import { isAzure, isGitHub, isNoLogin, mayBeSigned } from '../../message/circumstances.ts';
import {
  anyRefusal,
  authenticationRequired,
  deniedAlone,
  deniedTwice,
  gcrPermission,
  gitlabForbids,
  googlePermission,
  harborRefuses,
  insufficientScope,
  noPullAccess,
  notAuthorized,
  pullAccessDenied,
  status401,
  status403,
  unauthorizedAlone,
} from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

const maySigned = (around: Parameters<typeof mayBeSigned>[0]) => mayBeSigned(around) && isNoLogin(around);

export const signs: readonly Sign[] = [
  {
    says: /is not authorized to perform: ?ecr(?:-public)?:[a-z]{1,60}|accessdeniedexception[^\n]{0,200}ecr/,
    means: 'AWS knows who asks and does not allow it.',
    seenIn: 'ECR through dockerd, containerd, the AWS CLI',
    line: 'denied: User: arn:aws:sts::111122223333:assumed-role/ci/build is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
    weight: 'proves',
    excludes: ['credentials-missing', 'credentials-invalid', 'repository-not-found'],
  },
  {
    says: /denied: (?:permission_denied|insufficient (?:scopes?|rights))|has not been granted the required scopes|permission_denied: (?:read_package|write_package|the token provided does not match expected scopes)/,
    means: 'The registry says that the token lacks the right to read this package.',
    seenIn: 'GHCR, ACR through dockerd',
    line: "pull access denied for ghcr.io/user/app, repository does not exist or may require 'docker login': denied: permission_denied: read_package",
    weight: 'proves',
  },
  {
    says: /client with ip '?\S{1,60}'? is not allowed access|ip address \S{1,60} is not allowed|blocked by (?:an? )?ip (?:allow|restriction)/,
    means: 'The registry takes no requests from this address.',
    seenIn: 'ACR through dockerd, containerd',
    line: "denied: client with IP '203.0.113.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access",
    weight: 'proves',
    excludes: ['credentials-missing', 'credentials-invalid', 'credentials-expired', 'repository-not-found'],
  },
  {
    says: /organization has enabled or enforced saml sso|you must grant your (?:oauth|personal access) token access to this organization/,
    means: 'The token is not authorised for the organisation’s single sign-on.',
    seenIn: 'GHCR through dockerd',
    line: 'denied: Resource protected by organization SAML enforcement. The organization has enabled or enforced SAML SSO.',
    weight: 'proves',
  },
  {
    says: /the client does not have permission (?:for|to)|not enough permissions to|user \S{1,100} (?:is )?not (?:permitted|allowed|authorized) (?:to|for)/,
    means: 'The registry knows who asks and does not allow it.',
    seenIn: 'Artifactory through dockerd',
    line: 'Error response from daemon: unauthorized: The client does not have permission for manifest',
    weight: 'proves',
  },
  {
    ...pullAccessDenied,
    means: 'Docker says the same of an image that this login may not read.',
    weight: 'fits',
    when: maySigned,
  },
  {
    ...noPullAccess,
    means: 'Docker says the same of an image that this login may not read.',
    weight: 'fits',
    when: maySigned,
  },
  {
    ...insufficientScope,
    means: 'The token that was handed out does not cover this repository.',
    weight: 'fits',
    when: maySigned,
  },
  {
    ...deniedTwice,
    means: 'GHCR says so of a stored login that may not read the package.',
    weight: 'fits',
    when: mayBeSigned,
  },
  {
    ...deniedAlone,
    means: 'The registry refuses and does not say why; it may be the right to read.',
    weight: 'fits',
    when: maySigned,
  },
  {
    ...unauthorizedAlone,
    means: 'The registry may say so of an image that this login may not read.',
    weight: 'fits',
    when: maySigned,
  },
  {
    ...notAuthorized,
    means: 'Quay and Nexus say the same of an image that this login may not read.',
    weight: 'fits',
    when: maySigned,
  },
  {
    ...harborRefuses,
    means: 'Harbor refuses to hand this repository to whoever asked.',
    weight: 'fits',
    when: maySigned,
  },
  {
    ...gitlabForbids,
    means: 'GitLab refuses whoever asked, with a login or without.',
    weight: 'fits',
    when: mayBeSigned,
  },
  {
    ...googlePermission,
    means: 'Google says that whoever asked lacks this right, or that there is no such repository.',
    weight: 'fits',
    when: isNoLogin,
  },
  {
    ...gcrPermission,
    means: 'Google says that whoever asked lacks the right.',
    weight: 'fits',
    when: mayBeSigned,
  },
  {
    ...status403,
    means: 'The registry forbids it and gives no reason.',
    weight: 'fits',
    when: mayBeSigned,
  },
  {
    ...authenticationRequired,
    means: 'ACR says the same of a login that may not read the repository.',
    weight: 'fits',
    when: (around) => maySigned(around) && isAzure(around),
  },
  {
    ...authenticationRequired,
    means: 'Some registries say the same of a login that may not read the repository.',
    weight: 'allows',
    when: (around) => maySigned(around) && !isAzure(around) && !isGitHub(around),
  },
  {
    says: /error parsing http 403 response body/,
    means:
      'Something forbids it, in a page of its own: a firewall, the storage behind the registry, or the registry.',
    seenIn: 'dockerd',
    line: 'error parsing HTTP 403 response body: invalid character \'<\' looking for beginning of value: "<html><head><title>403 Forbidden</title></head></html>"',
    weight: 'fits',
    excludes: ['not-a-registry'],
  },
  {
    ...anyRefusal,
    means: 'Something was refused; it may be the right to read.',
    weight: 'allows',
    when: maySigned,
  },
  {
    ...status401,
    means: 'Some registries answer 401 to a login that may not read the repository.',
    weight: 'allows',
    when: maySigned,
  },
  {
    // Only the answer of a proxy to CONNECT looks like this, and a few registries that send no body.
    says: /(?:get|head) "?https:\/\/[^\s"]{1,512}"?: forbidden\.?(?:"|$)/m,
    means: 'It may also be the registry that forbids it.',
    seenIn: 'dockerd, containerd',
    line: 'Error response from daemon: Get https://registry-1.docker.io/v2/: Forbidden',
    weight: 'allows',
  },
];
