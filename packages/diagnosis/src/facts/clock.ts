import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Exchange } from '@pull-doctor/contract/exchange';
import type { StepName } from '@pull-doctor/contract/steps';
import { secondsBetween } from '../words/instant.ts';
import { dockerTokenAsk } from './asked.ts';

/** Another clock, compared with ours. */
export interface ClockSeen {
  /** Whose clock, in words: `the registry`, `the token server`, `the daemon`. */
  whose: string;
  step: StepName;
  /** That clock minus ours, in seconds. */
  offsetSeconds: number;
}

// The leeway that the distribution registry gives to tokens (registry/auth/token), and more than a Date header's
// second of rounding and a slow answer explain.
export const clockLeewaySeconds = 60;

/** Every clock that was seen beside ours. */
export function clocksSeen(evidence: Evidence): ClockSeen[] {
  const clocks: (ClockSeen | null)[] = [
    offset('the registry', 'ping', evidence.ping?.clockOffsetSeconds ?? dateOffset(evidence.ping?.exchange)),
    offset('the token server', 'token', dateOffset(dockerTokenAsk(evidence)?.exchange)),
    offset('the daemon', 'daemon', evidence.daemon?.info?.clockOffsetSeconds),
  ];
  return clocks.filter((clock) => clock !== null);
}

/** The clock that differs most from ours, where the difference is more than a token's leeway. */
export function clockThatDiffers(evidence: Evidence): ClockSeen | null {
  const off = clocksSeen(evidence).filter(
    ({ offsetSeconds }) => Math.abs(offsetSeconds) > clockLeewaySeconds,
  );
  return off.sort((a, b) => Math.abs(b.offsetSeconds) - Math.abs(a.offsetSeconds))[0] ?? null;
}

function offset(whose: string, step: StepName, offsetSeconds: number | null | undefined): ClockSeen | null {
  return offsetSeconds === null || offsetSeconds === undefined ? null : { whose, step, offsetSeconds };
}

function dateOffset(exchange: Exchange | null | undefined): number | null {
  const date = exchange?.answer?.headers.find(({ name }) => name.toLowerCase() === 'date')?.value;
  const at = date ? Date.parse(date) : Number.NaN;
  if (!exchange || Number.isNaN(at)) return null;
  return Math.round(secondsBetween(exchange.at, new Date(at).toISOString()));
}
