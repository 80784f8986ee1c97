import type { Environment } from './client-config.ts';
import { failureText, notFoundText, runHelper, startFailure } from './helper-program.ts';
import { parseJson, propertiesOf } from './json-text.ts';
import { shownKey } from './shown-key.ts';

/** What a credential store says it holds. */
export interface StoreList {
  /**
   * `none`: no store is set. `no-list`: it has no list to give, which is no fault. `elsewhere`: it cannot be asked from
   * here. `failed`: it should have a list, and none came.
   */
  state: 'none' | 'listed' | 'no-list' | 'elsewhere' | 'failed';
  /** One sentence. */
  says: string;
  /** Keys of the store; empty in all states but `listed`. */
  servers: readonly string[];
}

// Half of what `get` may take: nobody waits for the list but the board.
const listTimeoutMs = 5_000;
const saysCharactersMax = 300;

/** The user that gcloud's helper lists for every registry of Google there is, in use or not. */
const servesAnyway = '_dcgcloud_token';

/**
 * Asks `docker-credential-NAME list`: a JSON object of keys and user names, and no secret
 * (github.com/docker/docker-credential-helpers, credentials.go). Helpers of clouds often have no list.
 *
 * Never throws for what the helper is or does.
 */
export async function listStore({
  name,
  env,
  signal,
  elsewhere,
  timeoutMs = listTimeoutMs,
}: {
  name: string;
  env: Environment;
  signal: AbortSignal;
  /** Whether the store that docker asks is out of reach: one of the same name here would be another. */
  elsewhere: boolean;
  timeoutMs?: number;
}): Promise<StoreList> {
  const program = `docker-credential-${shownKey(name)}`;
  const answer = (state: StoreList['state'], says: string): StoreList => ({ state, says, servers: [] });
  const failed = (why: string) => answer('failed', `${program} gave no list of what it holds: ${why}`);
  if (elsewhere)
    return answer(
      'elsewhere',
      `${program} lives where docker runs and cannot be asked from here what it holds.`,
    );

  const end = await runHelper(name, 'list', { input: '', env, signal, timeoutMs });
  switch (end.outcome) {
    case 'name-refused':
      return failed('it can be no program on the PATH and was not run.');
    case 'missing':
      return failed('it is in no folder of PATH.');
    case 'not-executable':
      return failed('it may not be executed.');
    case 'no-program':
      return failed('it is no program for this machine.');
    case 'not-started':
      return failed(sentence(startFailure(end.code)));
    case 'timed-out':
      return failed(`it did not answer within ${timeoutMs / 1000} s.`);
    case 'stopped':
      return failed('it was stopped before it answered.');
    case 'too-much-output':
      return failed('it printed more than 1 MiB.');
    case 'ended':
      break;
  }
  if (end.exitStatus !== 0) {
    if (end.stdout.trim() === notFoundText) return answer('listed', `${program} holds no login.`);
    const text = failureText(end);
    if (
      text &&
      /not (?:implemented|supported)|unimplemented|unsupported|unknown (?:action|command|verb|credential action)/i.test(
        text,
      )
    )
      return answer('no-list', `${program} has no list of what it holds.`);
    if (text) return failed(sentence(text));
    return failed(end.exitStatus === null ? 'it was killed.' : `it ended with status ${end.exitStatus}.`);
  }
  const held = readList(end.stdout);
  if (held === null) return failed('it printed something else.');
  const servers = [...held].filter(([, user]) => user !== servesAnyway).map(([key]) => key);
  if (servers.length === 0 && held.size > 0)
    return answer('no-list', `${program} lists what it can serve, not what is used.`);
  const what =
    servers.length === 0 ? 'no login' : servers.length === 1 ? '1 login' : `${servers.length} logins`;
  return { state: 'listed', says: `${program} holds ${what}.`, servers };
}

/** The first JSON value of the output, as Go decodes it into a map of texts; null where that fails. */
function readList(stdout: string): Map<string, string> | null {
  if (stdout.trim() === '') return null;
  const parsed = parseJson(stdout);
  if (!parsed.ok) return null;
  if (parsed.root.type === 'null') return new Map();
  if (parsed.root.type !== 'object') return null;
  const properties = propertiesOf(parsed.root);
  if (properties.some(({ value }) => value.type !== 'string' && value.type !== 'null')) return null;
  return new Map(
    properties.map(({ name, value }) => [name, value.type === 'string' ? String(value.value) : '']),
  );
}

/** What a program printed, on one line, with a full stop. */
function sentence(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').trim();
  const cut = line.length > saysCharactersMax ? `${line.slice(0, saysCharactersMax)}…` : line;
  return /[.!?…]$/.test(cut) ? cut : `${cut}.`;
}
