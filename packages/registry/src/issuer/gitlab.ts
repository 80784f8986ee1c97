import * as z from 'zod';
import { parseJson } from '../http/body.ts';
import { type Accepted, endsAt, type Issuer, neverEnds, notTold } from './issuer.ts';

const Self = z.object({
  expires_at: z.iso.date().nullable(),
  revoked: z.boolean().optional(),
  active: z.boolean().optional(),
});

/**
 * GitLab tells a personal, project or group access token its own `expires_at`, a day: the token stops at 00:00 UTC of it
 * (https://docs.gitlab.com/api/personal_access_tokens/, "Retrieve details on the current token"). Deploy tokens may not
 * use the API.
 */
export const gitlab: Issuer = {
  id: 'gitlab',
  apiOf: (accepted, token) => (token.reveal().startsWith('glpat-') ? gitLabOf(accepted) : null),
  request: (api, token) => ({
    method: 'GET',
    url: new URL(`${api}/api/v4/personal_access_tokens/self`),
    accept: 'application/json',
    authorization: { value: token, credential: 'bearer', header: 'private-token' },
    bytesMax: 64 * 1024,
    longer: 'fails',
    redirects: 'not-followed',
    showsBody: false,
  }),
  read(asked, host) {
    const self = Self.safeParse(parseJson(asked.body));
    if (!self.success) return notTold(`${host} answers, but not with the details of a token.`);
    const { expires_at: day, revoked, active } = self.data;
    if (revoked) return notTold(`${host} says that this token was revoked.`);
    if (day !== null)
      return endsAt(`${day}T00:00:00.000Z`, `${host} names the day: the token stops at 00:00 UTC of it.`);
    if (active === false) return notTold(`${host} says that this token is not active.`);
    return neverEnds(`${host} says that this token has no end.`);
  },
  refusal: (status, host) =>
    status === 403
      ? `${host} does not tell this token its end: that takes the scope read_api or self_rotate.`
      : null,
};

/** gitlab.com for its registry; else the host that hands out the registry's tokens, which is GitLab itself. */
function gitLabOf({ registryName, provider, realm }: Accepted): string | null {
  if (registryName.toLowerCase() === 'registry.gitlab.com') return 'https://gitlab.com';
  if (provider !== 'gitlab' || !realm?.allowed || !URL.canParse(realm.url)) return null;
  const { origin, pathname } = new URL(realm.url);
  // GitLab may stand under a path of its host.
  const root = /^(.*)\/jwt\/auth$/.exec(pathname)?.[1];
  return root === undefined ? null : `${origin}${root}`;
}
