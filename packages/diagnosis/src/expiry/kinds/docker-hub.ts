import { dockerHub } from '../../providers/docker-hub/provider.ts';
import { readClaims } from '../json-web-token.ts';
import { endless, type Reader, unknownEnd } from '../reading.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Docker Hub: access tokens of a person or an organization, told by their prefix, else a password. The web login keeps
 * a JSON web token as well, which no pull uses.
 */
export const readDockerHub: Reader = ({ registry, user, secret, kind }) => {
  // Before there was a prefix, tokens were UUIDs.
  if (secret.startsWith('dckr_pat_') || (dockerHub.owns(registry) && uuid.test(secret)))
    return unknownEnd(
      'Docker Hub access token',
      'It does not name its end, if it has one. Docker Hub shows it to its owner in the account settings.',
    );
  if (secret.startsWith('dckr_oat_'))
    return unknownEnd(
      'Docker Hub organization token',
      'It does not name its end, if it has one. An owner of the organization can look it up.',
    );
  if (!dockerHub.owns(registry)) return null;
  if (readClaims(secret))
    return unknownEnd(
      'Docker Hub web login token',
      'Pulls do not use it, so its exp is not the end of the login.',
    );
  if (kind !== 'basic' || user === null) return null;
  return endless('Docker Hub password', 'Docker Hub keeps a password until somebody changes it.');
};
