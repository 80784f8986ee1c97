import { gitea } from '../../providers/gitea/provider.ts';
import { type Reader, unknownEnd } from '../reading.ts';

/** Access tokens of Gitea and Forgejo, at their own hosts: 40 hex digits are not told from others elsewhere. */
export const readGitea: Reader = ({ registry, secret }) => {
  if (!gitea.owns(registry) || !/^[0-9a-f]{40}$/.test(secret)) return null;
  return unknownEnd(
    'Gitea access token',
    'It does not name an end, and Gitea does not tell whether it has one.',
  );
};
