import { readClaims } from '../json-web-token.ts';
import { endless, ends, type Reader, unknownEnd } from '../reading.ts';

/** JFrog: access tokens are JSON web tokens of issuer `jfac@…`; reference tokens are base64 of `reftkn:…`. */
export const readJfrog: Reader = ({ secret }) => {
  if (secret.startsWith('cmVmdGtu'))
    return unknownEnd('JFrog reference token', 'Its end is known to JFrog only.');
  const claims = readClaims(secret);
  if (!claims?.issuer || !/^(?:jfac|jfrt|jffe|jfxr)@/.test(claims.issuer)) return null;
  if (claims.endsAt !== null)
    return ends('JFrog access token', claims.endsAt, claims.issuedAt, 'exp of the token');
  if (claims.hasEnd) return unknownEnd('JFrog access token', 'The exp of the token cannot be right.');
  return endless('JFrog access token', 'JFrog gives a token without exp no end.');
};
