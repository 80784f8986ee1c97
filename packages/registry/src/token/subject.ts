const wordsForNobody = new Set(['anonymous', 'anonymoususer', 'ghost', 'guest', 'nobody', 'public']);

/**
 * Whom a `sub` names; null where it is nobody. For callers without a login it is empty (Docker Hub), `(anonymous)` (Quay)
 * or ends in such a word (Artifactory: `jfrt@…/users/anonymous`).
 */
export function somebody(sub: string | undefined): string | null {
  const name = (sub ?? '').split(/[/:]/).at(-1) ?? '';
  const word = name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return word === '' || wordsForNobody.has(word) ? null : (sub ?? null);
}

const subjectCharactersMax = 100;

/**
 * A subject as evidence may hold it: the name of an account is no secret, a person's address is left out.
 *
 * @param shown takes secrets out, since the token server chooses this text
 */
export function shownSubject(
  subject: string | null,
  shown: (text: string, charactersMax: number) => string,
): string | null {
  if (subject === null || /[^\s@]@[^\s@]+\.[^\s@]/.test(subject)) return null;
  return shown(subject, subjectCharactersMax);
}
