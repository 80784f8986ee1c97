import type { Secret } from '@pull-doctor/contract/secret';
import { decodeAuth } from './auth-value.ts';
import { parseJson, propertiesOf } from './json-text.ts';
import { shownKey } from './shown-key.ts';

/** The logins in DOCKER_AUTH_CONFIG, or why Docker ignores the variable. */
export type AuthVariable =
  | { state: 'not-set' }
  | { state: 'read'; logins: ReadonlyMap<string, { user: string; password: Secret }> }
  | {
      state: 'broken';
      code: 'not-json' | 'unknown-field' | 'empty-auth' | 'bad-base64' | 'no-colon';
      what: string;
      key: string | null;
    };

/**
 * Reads `{"auths": {"HOST": {"auth": "…"}}}`, and nothing else: one fault and Docker ignores the variable as a whole.
 * Read by docker 28.3 and later (cli/config/configfile/file.go, parseEnvConfig).
 */
export function readAuthVariable(value: string | undefined): AuthVariable {
  if (!value) return { state: 'not-set' };
  const broken = (
    code: Extract<AuthVariable, { state: 'broken' }>['code'],
    what: string,
    key: string | null = null,
  ): AuthVariable => ({ state: 'broken', code, what, key: key === null ? null : shownKey(key) });
  if (value.trim() === '') return { state: 'read', logins: new Map() };
  const parsed = parseJson(value);
  if (!parsed.ok) return broken('not-json', parsed.fault.what.replaceAll('The file', 'The value'));
  const { root } = parsed;
  if (value.slice(root.offset + root.length).trim() !== '')
    return broken('not-json', 'Something follows after the JSON object.');
  if (root.type !== 'object')
    return root.type === 'null'
      ? { state: 'read', logins: new Map() }
      : broken('not-json', 'The value is JSON, but no object.');

  const logins = new Map<string, { user: string; password: Secret }>();
  for (const { name, value: auths } of propertiesOf(root)) {
    if (name.toLowerCase() !== 'auths')
      return broken('unknown-field', `Docker knows no field "${shownKey(name)}" in it, only "auths".`);
    if (auths.type !== 'object' && auths.type !== 'null') return broken('not-json', '"auths" is no object.');
    for (const { name: key, value: entry } of propertiesOf(auths)) {
      if (entry.type !== 'object') return broken('not-json', `The entry ${shownKey(key)} is no object.`, key);
      let auth = '';
      for (const { name, value } of propertiesOf(entry)) {
        if (name.toLowerCase() !== 'auth')
          return broken(
            'unknown-field',
            `The entry ${shownKey(key)} has the field "${shownKey(name)}"; Docker takes only "auth".`,
            key,
          );
        if (value.type !== 'string' && value.type !== 'null')
          return broken('not-json', `"auth" of ${shownKey(key)} is no text.`, key);
        auth = value.type === 'string' ? String(value.value) : auth;
      }
      if (auth === '') return broken('empty-auth', `The entry ${shownKey(key)} has no "auth".`, key);
      const decoded = decodeAuth(auth);
      if (!decoded.ok)
        return broken(decoded.code, `The entry ${shownKey(key)} is broken. ${decoded.what}`, key);
      logins.set(key, { user: decoded.user, password: decoded.password });
    }
  }
  return { state: 'read', logins };
}
