import type { LoginStatus, RegistryCheck } from '@pull-doctor/contract/registries';
import { loginOutcomes } from '../../../login-outcome.ts';
import { countText } from '../../../ui/time-text.ts';

const windowMs = 90 * 60_000;

/** From when on checks are shown. */
export const windowStart = (now: string): string => new Date(Date.parse(now) - windowMs).toISOString();

/** The checks of the last 90 minutes, oldest first. */
export const lastChecks = (checks: readonly RegistryCheck[], now: number): RegistryCheck[] =>
  checks.filter(({ at }) => now - Date.parse(at) <= windowMs);

/** `18 checks: 15 signed in, 3 expired`, and the share that signed in. */
export function checksSentence(checks: readonly RegistryCheck[]): { share: string; sentence: string } {
  const counts = [...Map.groupBy(checks, ({ status }) => status)].map(
    ([status, same]) => `${same.length} ${loginOutcomes[status].word.toLowerCase()}`,
  );
  const good = checks.filter(({ status }) => status === 'ok' || status === 'expiring').length;
  return {
    share: checks.length === 0 ? '' : `${shareText(good, checks.length)} signed in`,
    sentence: `${countText(checks.length, 'check')}: ${counts.join(', ')}`,
  };
}

// rounded down, so that one failed check of many never reads as all of them
const shareText = (part: number, whole: number): string => `${Math.floor((part / whole) * 1000) / 10}%`;

export interface FoldedChecks {
  first: RegistryCheck;
  last: RegistryCheck;
  times: number;
}

/** Checks that found the same one after the other, as one; the newest first. */
export function foldChecks(checks: readonly RegistryCheck[]): FoldedChecks[] {
  const folded: FoldedChecks[] = [];
  for (const check of checks) {
    const before = folded.at(-1);
    if (before && before.last.status === check.status && before.last.why === check.why) {
      before.last = check;
      before.times += 1;
    } else folded.push({ first: check, last: check, times: 1 });
  }
  return folded.reverse();
}

/** Whether a credential worked at that time, went without being asked, or did not. */
export const isGoodStatus = (status: LoginStatus): boolean => status === 'ok' || status === 'expiring';
