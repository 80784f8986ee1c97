import { readClaims } from '../json-web-token.ts';
import { endless, ends, type Reader, unknownEnd } from '../reading.ts';

/** Oracle's registry: `BEARER_TOKEN` with a JSON web token, else an auth token of a user, which lasts until revoked. */
export const readOracle: Reader = ({ registry, user, secret }) => {
  if (!/(?:^|\.)ocir\.io$|^ocir\.[a-z0-9-]+\.oci\.oraclecloud\.com$/.test(registry)) return null;
  const claims = user === 'BEARER_TOKEN' ? readClaims(secret) : null;
  if (claims?.endsAt) return ends('OCIR bearer token', claims.endsAt, claims.issuedAt, 'exp of the token');
  if (user === 'BEARER_TOKEN')
    return unknownEnd('OCIR bearer token', 'The token names no end that can be right.');
  return endless('OCIR auth token', 'Oracle keeps an auth token until somebody revokes it.');
};
