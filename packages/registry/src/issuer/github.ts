import { headerOf } from '../http/raw-headers.ts';
import { bearer } from './bearer.ts';
import { endsAt, type Issuer, neverEnds, notTold } from './issuer.ts';

// Tokens of apps and of Actions (ghu_, ghs_) have no such header: their end is told when they are made, and only then.
const prefixes = ['ghp_', 'github_pat_', 'gho_'];

/**
 * GitHub names the end of a token with every answer that was asked for with it, in
 * `GitHub-Authentication-Token-Expiration`, and sends no such header for a token without one
 * (https://github.blog/changelog/2021-07-26-expiration-options-for-personal-access-tokens/).
 * `GET /user` is answered 200 only where the token was taken
 * (https://docs.github.com/en/rest/users/users#get-the-authenticated-user).
 */
export const github: Issuer = {
  id: 'github',
  apiOf: ({ registryName }, token) =>
    prefixes.some((prefix) => token.reveal().startsWith(prefix)) ? apiOfGitHub(registryName) : null,
  request: (api, token) => ({
    method: 'GET',
    url: new URL(`${api}/user`),
    accept: 'application/vnd.github+json',
    authorization: bearer(token),
    bytesMax: 64 * 1024,
    // Only the headers are read.
    longer: 'is-cut',
    redirects: 'not-followed',
    showsBody: false,
  }),
  read(asked, host) {
    const header = headerOf(asked.headers, 'github-authentication-token-expiration');
    if (header === null)
      return neverEnds(`${host} names no end for this token, which is how it says that there is none.`);
    const iso = readExpiration(header);
    return iso === null
      ? notTold(`${host} names an end for this token in a form that is not known.`)
      : endsAt(iso, `${host} names it in GitHub-Authentication-Token-Expiration.`);
  },
};

/** github.com's registries, and those of an enterprise with a subdomain of ghe.com, which has its own API. */
function apiOfGitHub(registryName: string): string | null {
  const host = registryName.toLowerCase();
  if (host === 'ghcr.io' || host === 'docker.pkg.github.com') return 'https://api.github.com';
  const enterprise = /^containers\.([a-z0-9-]+)\.ghe\.com$/.exec(host)?.[1];
  return enterprise === undefined ? null : `https://api.${enterprise}.ghe.com`;
}

/** `2026-10-07 19:07:53 UTC`, or with an offset, `-0700` (go-github reads both). */
export function readExpiration(header: string): string | null {
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d\d:?\d\d)$/.exec(header.trim()) ?? [];
  if (!day || !time || !zone) return null;
  const offset = zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const at = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
