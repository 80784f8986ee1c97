import { acr } from '../../providers/acr/provider.ts';
import { endOfToken, readClaims } from '../json-web-token.ts';
import { endless, type Reader, type StoredCredential, unknownEnd } from '../reading.ts';

/**
 * Azure Container Registry. `az acr login` stores a refresh token, a JSON web token that names its end; tokens of a
 * scope map, service principals and the admin user have passwords that say nothing, and are told by their user.
 */
export const readAzure: Reader = (credential) => {
  const { registry, user, secret, kind } = credential;
  const isAzure = acr.owns(registry);
  const claims = readClaims(secret);
  const isRefresh =
    user === tokenUser || claims?.issuer === 'Azure Container Registry' || (isAzure && kind !== 'basic');
  if (!isRefresh && !isAzure) return null;
  if (claims && 'access' in claims.all)
    return unknownEnd(
      'ACR access token',
      'It is the token of one pull, not a login. Its exp says nothing about the login.',
    );
  if (isRefresh || claims)
    return endOfToken(
      'ACR refresh token',
      claims,
      unknownEnd('ACR refresh token', 'The token names no end.'),
    );
  return readPassword(credential);
};

const tokenUser = '00000000-0000-0000-0000-000000000000';

function readPassword({ registry, user }: StoredCredential) {
  if (user === null) return unknownEnd('ACR password', 'It does not name its end.');
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(user))
    return unknownEnd(
      'Entra service principal secret',
      'It does not name its end. An administrator of Microsoft Entra finds it at the application.',
    );
  if (user.toLowerCase() === nameOfRegistry(registry))
    return endless('ACR admin password', 'Azure keeps it until somebody regenerates it.');
  return unknownEnd(
    'ACR repository token',
    'It does not name its end, if it has one. An administrator of the registry finds it with az acr token show.',
  );
}

/** Of a registry with a domain name label, the host goes on after the name with a hash. */
function nameOfRegistry(host: string): string | undefined {
  return host.split(/[-.]/)[0];
}
