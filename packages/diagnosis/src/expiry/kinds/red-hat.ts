import { endOfToken, readClaims } from '../json-web-token.ts';
import { endless, type Reader } from '../reading.ts';

const looksLike = 'Red Hat service account token';

/** Service accounts of Red Hat's registry: a user like `1234567|ci`, and a JSON web token that mostly has no `exp`. */
export const readRedHat: Reader = ({ user, secret }) => {
  if (!/^[0-9]{4,}\|./.test(user ?? '')) return null;
  return endOfToken(
    looksLike,
    readClaims(secret),
    endless(looksLike, 'Red Hat keeps a token without exp until somebody regenerates it.'),
  );
};
