import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { Cause } from '@pull-doctor/contract/causes';

export interface FailedCause {
  cause: Cause;
  count: number;
  /** Failed pulls in each of the last 24 hours, the present one last. */
  hours: number[];
  /** The registries that it struck, the most frequent first. */
  registries: string[];
}

export interface FailedPullsOfDay {
  failed: number;
  /** Pulls that came to an end, well or not. */
  seen: number;
  causes: FailedCause[];
  /** There are more attempts of that day than were fetched. */
  isPartial: boolean;
}

const hourMs = 3_600_000;
const hours = 24;

/** What failed in the 24 h before `now`, by cause, as far as these attempts tell. */
export function failedPullsOfDay(
  { items, nextCursor }: { items: readonly PullAttempt[]; nextCursor: string | null },
  now: number,
): FailedPullsOfDay {
  const since = now - hours * hourMs;
  const ofDay = items.filter(({ startedAt }) => Date.parse(startedAt) > since);
  const ended = ofDay.filter(({ outcome }) => outcome === 'pulled' || outcome === 'failed');
  const failed = ended.filter(({ outcome }) => outcome === 'failed');
  const byCause = Map.groupBy(failed, ({ cause }) => cause ?? ('unknown' as const));
  return {
    failed: failed.length,
    seen: ended.length,
    causes: [...byCause]
      .map(([cause, attempts]) => ({
        cause,
        count: attempts.length,
        hours: hoursOf(attempts, now),
        registries: byFrequency(attempts.flatMap(({ registry }) => registry ?? [])),
      }))
      .sort((a, b) => b.count - a.count),
    // newest first: where the last of them is of this day, what follows may be too
    isPartial: nextCursor !== null && ofDay.length === items.length,
  };
}

function hoursOf(attempts: readonly PullAttempt[], now: number): number[] {
  const counts = new Array<number>(hours).fill(0);
  for (const { startedAt } of attempts) {
    const ago = Math.max(Math.floor((now - Date.parse(startedAt)) / hourMs), 0);
    const index = hours - 1 - ago;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

function byFrequency(names: readonly string[]): string[] {
  const groups = [...Map.groupBy(names, (name) => name)];
  return groups.sort(([, a], [, b]) => b.length - a.length).map(([name]) => name);
}
