import { readClaims } from '../json-web-token.ts';
import { ends, type Reader, unknownEnd } from '../reading.ts';

const tokenUser = '00000000-0000-0000-0000-000000000000';

/**
 * Azure Container Registry. `az acr login` stores a refresh token, a JSON web token of about three hours; tokens of a
 * scope map, service principals and the admin user have passwords that say nothing.
 */
export const readAzure: Reader = ({ registry, user, secret }) => {
  const claims = readClaims(secret);
  const isAzure = /\.azurecr\.(?:io|cn|us|de)$/.test(registry);
  if (claims && (claims.issuer === 'Azure Container Registry' || user === tokenUser || isAzure)) {
    const looksLike = 'access' in claims.all ? 'ACR access token' : 'ACR refresh token';
    if (claims.endsAt !== null) return ends(looksLike, claims.endsAt, claims.issuedAt, 'exp of the token');
    return unknownEnd(
      looksLike,
      claims.hasEnd ? 'The exp of the token cannot be right.' : 'The token names no end.',
    );
  }
  if (!isAzure) return null;
  if (user !== null && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(user) && user !== tokenUser)
    return unknownEnd('Entra service principal secret', 'Its end is known to Microsoft Entra only.');
  return unknownEnd('ACR password', 'Its end is known to Azure only.');
};
