import type { RateLimit } from '@pull-doctor/contract/evidence/registry';
import type { Exchange } from '@pull-doctor/contract/exchange';
import { readRateLimit } from '../http/rate-limit.ts';

/**
 * What all answers of a check say together: the limit as the last of them tells it that tells one, and the longest time
 * that one of them wants to be left alone. Null where none says anything.
 */
export function rateLimitOfCheck(
  exchanges: readonly (Exchange | null | undefined)[],
  pullsLeft: RateLimit | null,
  now: Date,
): RateLimit | null {
  const told = exchanges
    .map((exchange) =>
      readRateLimit(exchange?.answer?.headers.map(({ name, value }) => [name, value]) ?? [], now),
    )
    .concat(pullsLeft)
    .filter((one) => one !== null);
  const withLimit = told.findLast(({ limit, remaining }) => limit !== null || remaining !== null);
  const [first] = told;
  if (!first) return null;
  const waits = told.map(({ retryAfterSeconds }) => retryAfterSeconds).filter((seconds) => seconds !== null);
  return { ...(withLimit ?? first), retryAfterSeconds: waits.length === 0 ? null : Math.max(...waits) };
}
