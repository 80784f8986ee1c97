import path from 'node:path';
import type { ConfigFault, ConfigFile } from '@pull-doctor/contract/evidence/credentials';
import { Secret } from '@pull-doctor/contract/secret';
import { decodeAuth } from './auth-value.ts';
import { readConfigFields, type WrittenEntry } from './config-schema.ts';
import { readFileWithin } from './file-text.ts';
import { parseJson } from './json-text.ts';
import { shownKey } from './shown-key.ts';
import { userNameOf, whoReads } from './user-names.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** An entry of `auths`, as far as Docker could use it. */
export interface AuthEntry {
  key: string;
  user: string | null;
  password: Secret | null;
  identityToken: Secret | null;
  registryToken: Secret | null;
  /** Whether user and password come out of `auth`, which Docker decodes after the whole file was read. */
  fromAuth: boolean;
  /** What is wrong with `auth`, if anything is. */
  fault: { code: 'bad-base64' | 'no-colon'; what: string } | null;
}

/** Docker's client configuration, as the docker CLI would have it in memory. */
export interface ClientConfig {
  /** Where config.json, contexts and certificates are. */
  folder: string;
  file: ConfigFile;
  entries: ReadonlyMap<string, AuthEntry>;
  credHelpers: ReadonlyMap<string, string>;
  credsStore: string | null;
  currentContext: string | null;
  /**
   * Which `auth` values Docker decodes. `none`: a value of the wrong type elsewhere in the file ends the loading before.
   * `some`: it stops at the first broken one, and it takes the entries in random order.
   */
  decodes: 'all' | 'some' | 'none';
}

// A configuration with a hundred registries has 30 KiB; what is larger by that much is something else.
const configBytesMax = 4 * 1024 * 1024;

/**
 * Reads config.json as the docker CLI does, and says everything that is wrong with it.
 *
 * Never throws for what the file is or is not: a missing, unreadable or broken file is a state. Docker only warns about
 * a broken file and goes on with what it has by then, mostly nothing.
 *
 * @param env decides by DOCKER_CONFIG (a folder), then HOME
 * @param homedir where HOME is not set
 */
export async function readClientConfig({
  env,
  homedir,
}: {
  env: Environment;
  homedir: string;
}): Promise<ClientConfig> {
  const folder = env.DOCKER_CONFIG || path.join(homeOf(env, homedir), '.docker');
  const file = path.join(folder, 'config.json');
  const read = await readFileWithin(file, configBytesMax);
  const owner = read.owner ? await userNameOf(read.owner.uid) : null;
  const about = { path: file, owner, mode: read.owner?.mode ?? null, readAs: whoReads() };
  const nothing = {
    folder,
    entries: new Map(),
    credHelpers: new Map(),
    credsStore: null,
    currentContext: null,
    decodes: 'all' as const,
  };
  const stop = (state: ConfigFile['state'], faults: ConfigFault[]): ClientConfig => ({
    ...nothing,
    file: { ...about, state, faults },
  });
  switch (read.outcome) {
    case 'absent':
      return stop('absent', []);
    case 'not-permitted':
      return stop('unreadable', [
        fault('unreadable', `${about.readAs} may not read the file: ${read.message}.`),
      ]);
    case 'unreadable':
      return stop('unreadable', [fault('unreadable', `The file cannot be read: ${read.message}.`)]);
    case 'too-large':
      return stop('unreadable', [
        fault('too-large', 'The file has more than 4 MiB. Docker reads it; Pull Doctor does not.'),
      ]);
    case 'folder':
      return stop('malformed', [fault('is-a-directory', 'There is a folder where the file should be.')]);
    case 'parent-is-a-file':
      return stop('malformed', [
        fault(
          'parent-is-a-file',
          `${folder} is a file. ${env.DOCKER_CONFIG ? 'DOCKER_CONFIG names the folder that holds config.json.' : 'It should be a folder.'}`,
        ),
      ]);
    case 'read':
      break;
  }
  const { text } = read;
  if (text.trim() === '')
    return stop('malformed', [
      fault('empty-file', 'The file is empty. Docker says nothing about it and has no login.'),
    ]);
  const parsed = parseJson(text);
  if (!parsed.ok) return stop('malformed', [parsed.fault]);
  const written = readConfigFields(parsed.root, parsed.place);
  const entries = new Map([...written.auths].map(([key, entry]) => [key, readEntry(entry)]));
  const authFaults = [...written.auths.values()].flatMap((entry): ConfigFault[] => {
    const fault = entries.get(entry.key)?.fault;
    return fault
      ? [{ ...fault, key: shownKey(entry.key), ...(entry.fields.auth?.place ?? entry.place) }]
      : [];
  });
  const faults = [...written.faults, ...authFaults];
  return {
    folder,
    file: { ...about, state: faults.length === 0 ? 'read' : 'malformed', faults },
    entries,
    credHelpers: written.credHelpers,
    credsStore: written.credsStore,
    currentContext: written.currentContext,
    decodes: written.faults.length > 0 ? 'none' : authFaults.length > 0 ? 'some' : 'all',
  };
}

/** The user's home as Docker has it. */
export function homeOf(env: Environment, homedir: string): string {
  return (process.platform === 'win32' ? env.USERPROFILE : env.HOME) || homedir;
}

function readEntry({ key, fields }: WrittenEntry): AuthEntry {
  const secret = (name: 'password' | 'identitytoken' | 'registrytoken') => {
    const text = fields[name]?.text;
    return text ? new Secret(text) : null;
  };
  const entry: AuthEntry = {
    key,
    user: fields.username?.text || null,
    password: secret('password'),
    identityToken: secret('identitytoken'),
    registryToken: secret('registrytoken'),
    fromAuth: false,
    fault: null,
  };
  const auth = fields.auth?.text;
  if (!auth) return entry;
  const decoded = decodeAuth(auth);
  if (!decoded.ok) return { ...entry, fromAuth: true, fault: { code: decoded.code, what: decoded.what } };
  return { ...entry, user: decoded.user, password: decoded.password, fromAuth: true };
}

function fault(code: ConfigFault['code'], what: string): ConfigFault {
  return { code, what, key: null, line: null, column: null };
}
