import { endOfToken, readClaims } from '../json-web-token.ts';
import { endless, type Reader, unknownEnd } from '../reading.ts';

/** JFrog: access tokens are JSON web tokens of issuer `jfac@…`; reference tokens are base64 of `reftkn:…`. */
export const readJfrog: Reader = ({ secret }) => {
  if (secret.startsWith('cmVmdGtu'))
    return unknownEnd(
      'JFrog reference token',
      'It does not name its end, if it has one. An administrator of JFrog can look it up.',
    );
  const claims = readClaims(secret);
  if (!claims?.issuer || !/^(?:jfac|jfrt|jffe|jfxr)@/.test(claims.issuer)) return null;
  return endOfToken(
    'JFrog access token',
    claims,
    endless('JFrog access token', 'JFrog gives a token without exp no end.'),
  );
};
