import { isGitHub, isNoLogin, isShortLived, mayBeSigned } from '../../message/circumstances.ts';
import {
  authenticationRequired,
  deniedAlone,
  deniedTwice,
  gcrPermission,
  noPullAccess,
  pullAccessDenied,
  status401,
  status403,
} from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /authorization token (?:has|is) expired|authorizationtoken (?:has )?expired|your token has expired|reauthenticate and try again|ecr get-login(?:-password)?' to fetch a new one/,
    means: 'ECR says that the token has run out.',
    seenIn: 'ECR through dockerd, containerd, podman',
    line: "pull access denied for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app, repository does not exist or may require 'docker login': denied: Your authorization token has expired. Reauthenticate and try again.",
    weight: 'proves',
    excludes: ['credentials-missing', 'credentials-invalid', 'access-denied', 'repository-not-found'],
  },
  {
    says: /(?:personal|org|organization|oauth) access token is expired|(?:access|refresh|identity|id|bearer|security|deploy|registry)[ _]?token (?:has |is |was )?expired|token (?:has|is) expired|expiredtoken(?:exception)?\b|token expired\b|jwt (?:is )?expired|credentials? (?:have|has|are) expired/,
    means: 'The issuer says that the token has run out.',
    seenIn: 'Docker Hub through dockerd; AWS, Azure and other token servers',
    line: 'unauthorized: personal access token is expired',
    weight: 'proves',
    excludes: ['credentials-missing', 'credentials-invalid', 'access-denied', 'repository-not-found'],
  },
  {
    says: /token failed verification: expired|lifetime of this token has (?:expired|ended)|aadsts700082|aadsts70008|aadsts7000222|refresh token (?:has|is) expired|reauthentication (?:is )?(?:needed|required|failed)|invalid_grant/,
    means: 'The token server says that what was stored has run out.',
    seenIn: 'Artifactory, Microsoft Entra, Google',
    line: '{"errors":[{"status":401,"message":"Token failed verification: expired"}]}',
    weight: 'proves',
    excludes: ['credentials-missing'],
  },
  {
    ...deniedTwice,
    means: 'GHCR says so of a stored token that has run out, of public packages too.',
    weight: 'allows',
    when: mayBeSigned,
  },
  {
    ...deniedAlone,
    means: 'GHCR says so of a stored token that has run out.',
    weight: 'allows',
    when: (around) => mayBeSigned(around) && isGitHub(around),
  },
  {
    ...status401,
    means: 'Credentials of this registry end within hours, and one that has ended is refused so.',
    weight: 'fits',
    when: (around) => mayBeSigned(around) && isShortLived(around),
  },
  {
    ...status403,
    means: 'ECR and Google answer 403 to a token that has run out.',
    weight: 'allows',
    when: (around) => mayBeSigned(around) && isShortLived(around),
  },
  {
    ...authenticationRequired,
    means: 'Layers came already, so that the token ended in the middle of the pull.',
    weight: 'fits',
    when: (around) => isNoLogin(around) && around.isMidPull,
  },
  {
    ...authenticationRequired,
    means: 'A credential that has ended is refused in these words.',
    weight: 'allows',
    when: (around) => mayBeSigned(around) && isNoLogin(around) && !around.isMidPull,
  },
  {
    ...gcrPermission,
    means: 'Google says so of an access token that has run out.',
    weight: 'fits',
    when: mayBeSigned,
  },
  {
    ...pullAccessDenied,
    means: 'Docker may say so when a token of this registry has run out.',
    weight: 'allows',
    when: (around) => mayBeSigned(around) && isShortLived(around),
  },
  {
    ...noPullAccess,
    means: 'Docker may say so when a token of this registry has run out.',
    weight: 'fits',
    when: (around) => mayBeSigned(around) && isShortLived(around),
  },
  {
    says: /no basic auth credentials?/,
    means: 'A program that got no fresh token from its helper sends none.',
    seenIn: 'kubelet',
    line: 'Head "https://basic.lab.test/v2/team/app/manifests/1.0": no basic auth credentials',
    weight: 'allows',
    when: (around) => isShortLived(around) && around.client === 'kubelet',
  },
];
