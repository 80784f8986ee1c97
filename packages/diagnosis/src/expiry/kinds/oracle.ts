import { ocir } from '../../providers/ocir/provider.ts';
import { endOfToken, readClaims } from '../json-web-token.ts';
import { endless, type Reader, unknownEnd } from '../reading.ts';

/** Oracle's registry: `BEARER_TOKEN` with a JSON web token, else an auth token of a user, which lasts until revoked. */
export const readOracle: Reader = ({ registry, user, secret, kind }) => {
  if (!ocir.owns(registry) || kind !== 'basic') return null;
  if (user === 'BEARER_TOKEN')
    return endOfToken(
      'OCIR bearer token',
      readClaims(secret),
      unknownEnd('OCIR bearer token', 'The token names no end.'),
    );
  return endless('OCIR auth token', 'Oracle keeps an auth token until somebody revokes it.');
};
