import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Certificate, TlsEvidence } from '@pull-doctor/contract/evidence/network';
import { type ClockSeen, clockLeewaySeconds, clocksSeen } from './clock.ts';

/** The registry's own certificate, where one was received. */
export function leafOf({ tls }: Evidence): Certificate | null {
  return tls?.chain[0] ?? null;
}

type Fault = TlsEvidence['faults'][number];
const faultsOfLeaf: readonly Fault[] = [
  'expired',
  'not-yet-valid',
  'wrong-name',
  'no-names',
  'revoked',
  'weak',
];
const faultsOfTrust: readonly Fault[] = ['untrusted', 'self-signed', 'incomplete-chain'];

/**
 * What is wrong with the certificate and counts: nothing where the daemon does not check it. Go looks at time and name
 * before it looks for the issuer, so Docker reports the leaf's faults first; so does this list.
 */
export function certificateFaults({ tls }: Evidence): { leaf: Fault[]; trust: Fault[] } {
  if (tls?.use !== 'failed') return { leaf: [], trust: [] };
  return {
    leaf: tls.faults.filter((fault) => faultsOfLeaf.includes(fault)),
    trust: tls.faults.filter((fault) => faultsOfTrust.includes(fault)),
  };
}

/**
 * The clock by which the certificate would be valid, where it is out of its time by ours: then the clock is at fault,
 * not the certificate.
 */
export function clockThatMakesItValid(evidence: Evidence): ClockSeen | null {
  const leaf = leafOf(evidence);
  if (!leaf) return null;
  const now = Date.parse(evidence.now);
  if (isValidAt(leaf, now)) return null;
  return (
    clocksSeen(evidence).find(({ offsetSeconds }) => isValidAt(leaf, now + offsetSeconds * 1000)) ?? null
  );
}

/** The daemon's clock, where the certificate is valid by ours and out of its time by that one. */
export function daemonClockThatRefuses(evidence: Evidence): ClockSeen | null {
  const leaf = leafOf(evidence);
  const clock = clocksSeen(evidence).find(({ step }) => step === 'daemon');
  if (!leaf || !clock || Math.abs(clock.offsetSeconds) <= clockLeewaySeconds) return null;
  if (evidence.tls?.use !== 'verified') return null;
  return isValidAt(leaf, Date.parse(evidence.now) + clock.offsetSeconds * 1000) ? null : clock;
}

function isValidAt({ notBefore, notAfter }: Certificate, at: number): boolean {
  return at >= Date.parse(notBefore) && at <= Date.parse(notAfter);
}
