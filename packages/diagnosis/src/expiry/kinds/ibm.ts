import { readClaims } from '../json-web-token.ts';
import { ends, type Reader, unknownEnd } from '../reading.ts';

/** IBM Cloud: API keys (`iamapikey`), IAM tokens (`iambearer`, before that `token`), and the entitlement key of `cp.icr.io`. */
export const readIbm: Reader = ({ registry, user, secret }) => {
  if (!/(?:^|\.)icr\.io$/.test(registry)) return null;
  if (user === 'iamapikey')
    return unknownEnd('IBM Cloud API key', 'Its end, if it has one, is known to IBM Cloud only.');
  const looksLike = registry === 'cp.icr.io' ? 'IBM entitlement key' : 'IBM Cloud IAM token';
  const claims = readClaims(secret);
  if (claims?.endsAt) return ends(looksLike, claims.endsAt, claims.issuedAt, 'exp of the token');
  return claims ? unknownEnd(looksLike, 'The token names no end that can be right.') : null;
};
