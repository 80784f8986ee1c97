import type { PullAttempt } from '@pull-doctor/contract/attempts';

/** Attempts that are one row, newest first. */
export interface AttemptRow {
  /** Of the newest when the row began; the row is known by it. */
  id: string;
  attempts: [PullAttempt, ...PullAttempt[]];
}

export const repeatMs = 10 * 60_000;

/**
 * Folds repeats: the same image that came out the same way for the same user on the same host, each within 10 minutes
 * of the next. What happened in between stays in rows of its own. Takes attempts in the order of time, either way;
 * a row stands where the first of its attempts stands.
 */
export function foldRepeats(attempts: readonly PullAttempt[]): AttemptRow[] {
  const rows: AttemptRow[] = [];
  const open = new Map<string, { row: AttemptRow; lastMs: number }>();
  for (const attempt of attempts) {
    const key = keyOf(attempt);
    const ms = Date.parse(attempt.startedAt);
    const last = key === null ? undefined : open.get(key);
    if (last && Math.abs(ms - last.lastMs) <= repeatMs) {
      last.row.attempts.push(attempt);
      last.lastMs = ms;
      continue;
    }
    const row: AttemptRow = { id: attempt.id, attempts: [attempt] };
    rows.push(row);
    if (key !== null) open.set(key, { row, lastMs: ms });
  }
  return rows;
}

/** Each attempt a row of its own. */
export const unfolded = (attempts: readonly PullAttempt[]): AttemptRow[] =>
  attempts.map((attempt) => ({ id: attempt.id, attempts: [attempt] }));

function keyOf({ outcome, cause, host, reference, registry, user }: PullAttempt): string | null {
  // what runs is one pull, and what has no name could be any
  if (outcome === 'running' || (reference === null && registry === null)) return null;
  return [outcome, cause, host, reference ?? registry, user].join('\n');
}
