import { readClaims } from '../json-web-token.ts';
import { endless, ends, type Reader, unknownEnd } from '../reading.ts';

/** Secrets without a mark of their own, told by the user name or the registry they are for. */
export const readByRegistry: Reader = ({ registry, user, secret }) => {
  const name = user ?? '';
  if (name === 'gitlab-ci-token') return unknownEnd('GitLab job token', 'It ends with its job.');
  if (/^gitlab\+deploy-token-[0-9]+$/.test(name))
    return unknownEnd('GitLab deploy token', 'It may have an end, which only GitLab knows.');
  if (/^robot\$/.test(name)) return unknownEnd('Harbor robot secret', 'Its end is known to Harbor only.');
  if (/^[0-9]{6,10}\|/.test(name)) {
    const claims = readClaims(secret);
    if (claims?.endsAt)
      return ends('Red Hat service account token', claims.endsAt, claims.issuedAt, 'exp of the token');
    return unknownEnd('Red Hat service account token', 'The token names no end.');
  }
  if (registry === 'quay.io' && /^[a-z0-9_.-]+\+[a-z0-9_]+$/.test(name))
    return endless('Quay robot token', 'Quay keeps a robot token until somebody makes a new one.');
  if (/^rg\.[a-z-]+\.scw\.cloud$/.test(registry))
    return unknownEnd('Scaleway secret key', 'Its end, if it has one, is known to Scaleway only.');
  if (/^(?:codeberg\.org|gitea\.com)$/.test(registry) && /^[0-9a-f]{40}$/.test(secret))
    return unknownEnd('Gitea access token', 'It does not say when it ends.');
  return null;
};
