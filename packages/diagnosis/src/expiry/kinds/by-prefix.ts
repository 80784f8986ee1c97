import { type Reader, unknownEnd } from '../reading.ts';

// Prefixes are what issuers promise; lengths changed before and are not looked at.
const prefixes: readonly [prefix: string, looksLike: string, end: string][] = [
  ['dckr_pat_', 'Docker Hub access token', 'It may have an end, which only Docker Hub knows.'],
  ['dckr_oat_', 'Docker Hub organization token', 'It may have an end, which only Docker Hub knows.'],
  [
    'github_pat_',
    'GitHub fine-grained token',
    'Its end is known to GitHub only. ghcr.io takes classic tokens only.',
  ],
  ['ghp_', 'GitHub classic token', 'It may have an end, which GitHub tells when it is asked with the token.'],
  ['gho_', 'GitHub OAuth token', 'It has no fixed end; GitHub revokes it after a year without use.'],
  ['ghs_', 'GitHub Actions token', 'It ends with its job or after an hour, and does not say when.'],
  ['ghu_', 'GitHub App user token', 'It lasts some hours and does not say when it ends.'],
  ['glpat-', 'GitLab access token', 'It has an end, which GitLab tells when it is asked with the token.'],
  ['gldt-', 'GitLab deploy token', 'It may have an end, which only GitLab knows.'],
  ['glcbt-', 'GitLab job token', 'It ends with its job.'],
  ['dop_v1_', 'DigitalOcean token', 'It may have an end, which only DigitalOcean knows.'],
  ['doo_v1_', 'DigitalOcean OAuth token', 'It has an end, which only DigitalOcean knows.'],
  ['dor_v1_', 'DigitalOcean refresh token', 'It has an end, which only DigitalOcean knows.'],
];

/** Secrets whose issuer marks them with a prefix; none of them tells its end by itself. */
export const readByPrefix: Reader = ({ secret }) => {
  const found = prefixes.find(([prefix]) => secret.startsWith(prefix));
  return found ? unknownEnd(found[1], found[2]) : null;
};
