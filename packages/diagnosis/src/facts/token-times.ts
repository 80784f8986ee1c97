import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { secondsBetween } from '../words/instant.ts';
import { dockerManifestAsk, dockerTokenAsk } from './asked.ts';
import { clockLeewaySeconds } from './clock.ts';

/** A bearer token that cannot be valid at the moment it is used. */
export interface TokenOutOfTime {
  kind: 'ended' | 'not-yet';
  /** By how much, in seconds. */
  seconds: number;
  /** When it ended, or when it begins. */
  at: string;
}

/**
 * Whether the token that Docker would get is out of its time, by the registry's own clock where that is known: the
 * registry is who compares, and our clock may be the one that is off.
 */
export function tokenOutOfTime(evidence: Evidence): TokenOutOfTime | null {
  const ask = dockerTokenAsk(evidence);
  const token = ask?.token;
  if (!token) return null;
  const asked = dockerManifestAsk(evidence)?.head.at ?? ask.exchange?.at ?? evidence.now;
  const offset = evidence.ping?.clockOffsetSeconds ?? 0;
  const begins = [token.notBefore, token.issuedAt]
    .filter((at) => at !== null)
    .sort()
    .at(-1);
  const early = begins ? secondsBetween(asked, begins) - offset : 0;
  if (begins && early > clockLeewaySeconds) return { kind: 'not-yet', seconds: early, at: begins };
  const late = token.expiresAt ? secondsBetween(token.expiresAt, asked) + offset : -1;
  if (token.expiresAt && late >= 0) return { kind: 'ended', seconds: late, at: token.expiresAt };
  return null;
}
