import { providerOf } from '@pull-doctor/diagnosis/providers/providers';
import * as z from 'zod';
import { parseJson } from '../http/body.ts';
import { bearer } from './bearer.ts';
import { endsAt, type Issuer, notTold } from './issuer.ts';

const TokenInfo = z.object({ exp: z.coerce.number().int().positive().max(4_000_000_000) });

/**
 * Google tells an access token's `exp`, in seconds
 * (https://cloud.google.com/docs/authentication/token-types, "Access tokens"). The token goes in a header, by POST, as
 * Google's own client sends it (google-auth-library, `getTokenInfo`), and not in the address, where logs would keep it.
 */
export const google: Issuer = {
  id: 'google',
  apiOf: ({ registryName }, token) =>
    token.reveal().startsWith('ya29.') && isGoogle(registryName) ? 'https://oauth2.googleapis.com' : null,
  request: (api, token) => ({
    method: 'POST',
    url: new URL(`${api}/tokeninfo`),
    accept: 'application/json',
    form: new URLSearchParams(),
    authorization: bearer(token),
    bytesMax: 64 * 1024,
    longer: 'fails',
    redirects: 'not-followed',
    showsBody: false,
  }),
  read(asked, host) {
    const info = TokenInfo.safeParse(parseJson(asked.body));
    return info.success
      ? endsAt(new Date(info.data.exp * 1000).toISOString(), `${host} names it as exp of the token.`)
      : notTold(`${host} answers, but not with the details of a token.`);
  },
  refusal: (status, host) =>
    status === 400 ? `${host} does not know this token: it has expired or was revoked.` : null,
};

/** By the name alone: no challenge makes a host one of Google's. */
function isGoogle(registryName: string): boolean {
  const provider = providerOf(registryName);
  return provider.id === 'artifact-registry' || provider.id === 'gcr';
}
