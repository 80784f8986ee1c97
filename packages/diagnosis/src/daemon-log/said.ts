import type { LogEntry } from './read-line.ts';

/**
 * What a line means for a pull.
 *
 * - `aside`: it belongs to a pull and decides nothing.
 * - `passed-over`: one endpoint failed; whether another is tried next depends on the daemon's mirrors.
 * - `failed`: the pull failed; a line about the request may follow.
 * - `answered`: the request was answered with an error; nothing follows.
 * - `harmless`: what another line told of did not end the pull.
 * - `pulled`: the pull worked.
 * - `no-pull`: the request was none for a pull, so the lines before it are about something else.
 */
export type Weight = 'aside' | 'passed-over' | 'failed' | 'answered' | 'harmless' | 'pulled' | 'no-pull';

/** What one line says of a pull. */
export interface Said {
  weight: Weight;
  /** The stable words of the line: two lines of one pull seldom have the same. */
  phrase: string;
  /** Why, in the daemon's words; null where the line does not say. */
  error: string | null;
  /** Whether the client went away, which is no failure of the pull. */
  isStopped: boolean;
}

export type Dialect = (entry: LogEntry) => Said | null;

/**
 * What follows these words, by which the daemon's programmers begin a line: older versions append the error to the message,
 * newer ones have it in the field `error`. Null where the line does not begin so.
 */
export function errorAfter(phrase: string, { message, error }: LogEntry): { error: string | null } | null {
  if (!message.startsWith(phrase)) return null;
  const rest = message.slice(phrase.length);
  if (rest === '') return { error };
  return rest.startsWith(': ') ? { error: rest.slice(2) } : null;
}

/** Whether an error says that whoever asked for the pull went away: `context canceled` at the end of the chain. */
export function saysStopped(error: string | null): boolean {
  return error !== null && /(?:^|: )context canceled\s*$/.test(error.slice(-200));
}

export function said(weight: Weight, phrase: string, error: string | null): Said {
  return { weight, phrase, error, isStopped: saysStopped(error) };
}
