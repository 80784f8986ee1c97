import type { UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { CheckEvidence, CountedAs } from '@pull-doctor/contract/registries';

/**
 * As whom a registry counts the requests of this credential: by what it names itself, else by what it made of the
 * credential. Null: it does not tell.
 *
 * @param used that of the check; null: the check sent none
 */
export function countedAs(check: CheckEvidence | null, used: UsedCredential | null): CountedAs | null {
  const source = check?.rateLimit?.source ?? null;
  const accepted = check?.token?.login?.outcome === 'accepted';
  const kind = used?.user && isRobot(used.user) ? 'robot' : 'user';
  if (source !== null) {
    const says = 'The registry names it with the requests that are left.';
    if (isAddress(source)) return { as: 'anonymous', who: source, says };
    return accepted && used?.user
      ? { as: kind, who: used.user, says: `${says} It writes ${source} for this account.` }
      : { as: 'unknown', who: source, says };
  }
  if (check?.token === undefined || check.token.scheme === 'none') return null;
  if (used === null) return { as: 'anonymous', who: null, says: 'It is asked without a credential.' };
  if (!accepted) return null;
  const subject = check.token.login?.subject ?? null;
  if (subject !== null)
    return { as: kind, who: used.user ?? subject, says: 'The token that it gave names whom.' };
  return { as: kind, who: used.user, says: 'The registry accepted the credential of this account.' };
}

// IPv4 or IPv6, as Docker Hub writes them; an account is a UUID there.
function isAddress(source: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(source) || /^[0-9a-f:.]*:[0-9a-f:.]*(?:\/\d{1,3})?$/i.test(source);
}

// Harbor, Quay, GitLab, Google, Azure: names that are no person's.
function isRobot(user: string): boolean {
  return (
    /^robot\$|^[a-z0-9_.-]+\+[a-z0-9_]+$|^gitlab(?:\+deploy-token-\d+|-ci-token)$|^_json_key(?:_base64)?$/i.test(
      user,
    ) || /^(?:AWS|iamapikey|nologin|00000000-0000-0000-0000-000000000000)$/.test(user)
  );
}
