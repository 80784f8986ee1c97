import type { RateLimit } from '@pull-doctor/contract/evidence/registry';
import { headerOf, type RawHeaders } from './raw-headers.ts';

/**
 * What an answer says about how many requests are left. Docker Hub: `ratelimit-limit: 100;w=21600`,
 * `ratelimit-remaining: 76;w=21600`, `docker-ratelimit-source`. Others: `RateLimit-*` and `X-RateLimit-*` with bare
 * numbers, and `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
 */
export function readRateLimit(headers: RawHeaders, now: Date): RateLimit | null {
  const limit = first(headers, ['ratelimit-limit', 'x-ratelimit-limit']);
  const remaining = first(headers, ['ratelimit-remaining', 'x-ratelimit-remaining']);
  const retryAfter = readRetryAfter(first(headers, ['retry-after', 'x-retry-after']), now);
  const source = headerOf(headers, 'docker-ratelimit-source');
  if (limit === null && remaining === null && retryAfter === null && source === null) return null;
  return {
    limit: wholeNumber(limit),
    remaining: wholeNumber(remaining),
    windowSeconds: window(limit) ?? window(remaining),
    source: source?.slice(0, 200) ?? null,
    retryAfterSeconds: retryAfter,
  };
}

/**
 * Whether another GET of a manifest would take from little: Pull Doctor must not be the one that uses up a limit.
 * HEAD costs nothing.
 */
export function isNearlyUsedUp(rate: RateLimit | null): boolean {
  if (rate?.remaining == null) return false;
  return rate.remaining <= 5 || (rate.limit !== null && rate.remaining <= rate.limit / 10);
}

function first(headers: RawHeaders, names: readonly string[]): string | null {
  for (const name of names) {
    const value = headerOf(headers, name);
    if (value !== null) return value;
  }
  return null;
}

function wholeNumber(value: string | null): number | null {
  const digits = /^\s*(\d{1,12})\b/.exec(value ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function window(value: string | null): number | null {
  const digits = /;\s*w=(\d{1,9})\b/.exec(value ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function readRetryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null;
  if (/^\s*\d{1,10}\s*$/.test(value)) return inSeconds(Number(value), now);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.round((at - now.getTime()) / 1000));
}

// Docker Hub's X-Retry-After is a Unix time.
function inSeconds(value: number, now: Date): number {
  const isUnixTime = value > 1_000_000_000;
  return isUnixTime ? Math.max(0, Math.round(value - now.getTime() / 1000)) : value;
}
