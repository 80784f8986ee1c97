import { redacted, redactText } from '@pull-doctor/contract/redact';

const charactersMax = 100;

/**
 * A key of a configuration, or the name of a helper, as a person may see it: a login inside an address is hidden, what
 * is no visible character is spelled out, and what is long is cut.
 */
export function shownKey(key: string): string {
  // up to the last @, since a password may hold anything
  const withoutLogin = key.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, `$1${redacted}@`);
  const visible = redactText(withoutLogin.slice(0, 10 * charactersMax)).text.replace(
    /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return visible.length > charactersMax ? `${visible.slice(0, charactersMax)}…` : visible;
}
