import type { AttemptStats } from '@pull-doctor/contract/attempts';
import type { Cause } from '@pull-doctor/contract/causes';
import type { PullFailure } from '@pull-doctor/contract/failures';

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
}

const hours = 24;

/** What failed in the last 24 h: in all as it was counted, by cause with the kinds of failure of that day. */
export function failedPullsOfDay(
  { failed, pulled, causes }: AttemptStats['total'],
  failures: readonly Pick<PullFailure, 'cause' | 'registry' | 'hourly'>[],
): FailedPullsOfDay {
  return {
    failed,
    seen: pulled + failed,
    causes: causes.map(({ cause, count }) => {
      const kinds = failures.filter((failure) => failure.cause === cause);
      return { cause, count, hours: hoursOf(kinds), registries: registriesOf(kinds) };
    }),
  };
}

type Kind = Pick<PullFailure, 'registry' | 'hourly'>;

const hoursOf = (kinds: readonly Kind[]): number[] =>
  Array.from({ length: hours }, (_, hour) => kinds.reduce((sum, { hourly }) => sum + (hourly[hour] ?? 0), 0));

function registriesOf(kinds: readonly Kind[]): string[] {
  const counts = new Map<string, number>();
  for (const { registry, hourly } of kinds)
    if (registry !== null)
      counts.set(registry, (counts.get(registry) ?? 0) + hourly.reduce((sum, count) => sum + count, 0));
  return [...counts].sort(([, a], [, b]) => b - a).map(([registry]) => registry);
}
