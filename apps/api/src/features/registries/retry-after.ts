import type { Header } from '@pull-doctor/contract/exchange';
import type { CheckEvidence } from '@pull-doctor/contract/registries';

/**
 * How long the registry, or its token server, wants to be left alone, in milliseconds; null where neither says so. The
 * form with a date (RFC 9110, section 10.2.3) is left to the next check, which hears of it again.
 */
export function retryAfterMsOf({ rateLimit, ping, token }: CheckEvidence): number | null {
  const exchanges = [
    ping?.exchange,
    token?.signedIn?.exchange,
    token?.anonymous?.exchange,
    token?.login?.exchange,
  ];
  const told = exchanges.flatMap((exchange) => exchange?.answer?.headers ?? []).map(secondsOf);
  const seconds = [rateLimit?.retryAfterSeconds ?? null, ...told].filter((value) => value !== null);
  return seconds.length === 0 ? null : Math.max(...seconds) * 1000;
}

function secondsOf({ name, value }: Header): number | null {
  return name.toLowerCase() === 'retry-after' && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
