import type { Credential } from '@pull-doctor/contract/credential';
import type { CredentialSource } from '@pull-doctor/contract/evidence/credentials';
import type { AuthEntry, ClientConfig } from './client-config.ts';
import { hostOfKey } from './registry-key.ts';
import { shownKey } from './shown-key.ts';

/** The entry of `auths` that docker takes for a key. */
export interface FileEntry {
  entry: AuthEntry | null;
  /** As it may be shown. */
  key: string;
  /** Said where docker's choice is not certain. */
  note: string | null;
}

/**
 * The entry under the exact key, else one whose host, without scheme and path, is the key. Of several such, docker takes
 * any (it walks through a Go map); the first in the file is taken here.
 */
export function fileEntryFor(config: ClientConfig, key: string): FileEntry {
  const exact = config.entries.get(key);
  if (exact) return { entry: exact, key, note: null };
  const [first, ...others] = [...config.entries.values()].filter((entry) => hostOfKey(entry.key) === key);
  if (!first) return { entry: null, key, note: null };
  const keys = [first, ...others].map(({ key }) => shownKey(key)).join(', ');
  const note =
    others.length > 0
      ? `Several entries of auths are for this registry (${keys}); docker takes one of them by chance.`
      : null;
  return { entry: first, key: shownKey(first.key), note };
}

export interface ReadEntry {
  credential: Credential | null;
  key: string;
  source: CredentialSource;
}

/** What docker gets out of the file for a key, and how that reads. */
export function readFileEntry(config: ClientConfig, lookupKey: string, { entry, key }: FileEntry): ReadEntry {
  const answer = (
    state: CredentialSource['state'],
    code: CredentialSource['code'],
    why: string,
    credential: Credential | null = null,
  ): ReadEntry => ({
    credential,
    key,
    source: { place: 'auths', key: entry ? key : lookupKey, state, code, why, helper: null },
  });
  const [fault] = config.file.faults;
  if (config.file.state === 'absent') return answer('absent', 'no-entry', `There is no ${config.file.path}.`);
  if (config.file.state === 'unreadable')
    return answer('broken', 'file-unreadable', fault?.what ?? 'The file cannot be read.');
  // tokens stand in the file as they are; only `auth` is decoded, and only after the whole file was read
  if (entry?.registryToken)
    return answer('used', 'used', 'The entry has a registry token.', {
      kind: 'registry-token',
      token: entry.registryToken,
    });
  if (entry?.identityToken)
    return answer('used', 'used', 'The entry has an identity token.', {
      kind: 'identity-token',
      token: entry.identityToken,
    });
  if (entry?.fault) return answer('broken', entry.fault.code, entry.fault.what);
  if (entry === null || entry.fromAuth) {
    const lost = lostToFault(config, entry !== null);
    if (lost) return answer('broken', lost.code, lost.why);
  }
  if (entry === null) return answer('absent', 'no-entry', `The file has no entry under ${lookupKey}.`);
  if (entry.user && entry.password && entry.password.reveal() !== '')
    return answer('used', 'used', 'The entry has a user and a password.', {
      kind: 'basic',
      user: entry.user,
      password: entry.password,
    });
  return answer(
    'passed-over',
    'empty-auth',
    'The entry holds no user and password. A credential store may have left it behind.',
  );
}

/** Whether a fault elsewhere in the file keeps docker from an entry. */
function lostToFault(
  config: ClientConfig,
  hasEntry: boolean,
): { code: CredentialSource['code']; why: string } | null {
  const { file, decodes } = config;
  const [fault] = file.faults;
  if (file.state !== 'malformed' || !fault) return null;
  if (fault.code === 'empty-file') return null;
  if (config.entries.size === 0)
    return { code: 'not-json', why: `Docker warns about the file and finds no login in it. ${fault.what}` };
  if (!hasEntry) return null;
  if (decodes === 'none')
    return { code: 'not-json', why: `Docker warns about the file and decodes no login in it. ${fault.what}` };
  if (decodes === 'some')
    return {
      code: fault.code === 'no-colon' ? 'no-colon' : 'bad-base64',
      why: `The entry ${fault.key} is broken. Docker stops there, and since it takes the entries in random order, this one is read or not by chance.`,
    };
  return null;
}
