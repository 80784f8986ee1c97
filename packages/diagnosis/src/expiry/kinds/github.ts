import { ghcr } from '../../providers/ghcr/provider.ts';
import { endless, type Reader, type Reading, unknownEnd } from '../reading.ts';

const asked = 'It does not name its end, if it has one. GitHub tells it when it is asked with the token.';

// Prefixes are what GitHub promises; lengths changed before and are not looked at.
const prefixes: readonly [prefix: string, reading: Reading][] = [
  ['ghp_', unknownEnd('GitHub classic token', asked)],
  [
    'gho_',
    endless('GitHub OAuth token', 'GitHub keeps an OAuth token until it is revoked, or not used for a year.'),
  ],
  [
    'ghs_',
    unknownEnd(
      'GitHub App installation token',
      'It ends with its job or within hours. GitHub names the end only when it makes the token.',
    ),
  ],
  [
    'ghu_',
    unknownEnd(
      'GitHub App user token',
      'It ends within hours. GitHub names the end only when it makes the token.',
    ),
  ],
];

/** GitHub marks its tokens with a prefix; none of them names its end. */
export const readGitHub: Reader = ({ registry, secret }) => {
  if (secret.startsWith('github_pat_'))
    return unknownEnd(
      'GitHub fine-grained token',
      ghcr.owns(registry) ? `${asked} GHCR takes classic tokens only.` : asked,
    );
  return prefixes.find(([prefix]) => secret.startsWith(prefix))?.[1] ?? null;
};
