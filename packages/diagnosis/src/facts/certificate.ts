import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Certificate, TlsEvidence } from '@pull-doctor/contract/evidence/network';
import { clocksSeen } from './clock.ts';

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
export function clockThatMakesItValid(evidence: Evidence): { whose: string; offsetSeconds: number } | null {
  const leaf = leafOf(evidence);
  if (!leaf) return null;
  const now = Date.parse(evidence.now);
  const isValidAt = (at: number) => at >= Date.parse(leaf.notBefore) && at <= Date.parse(leaf.notAfter);
  if (isValidAt(now)) return null;
  return clocksSeen(evidence).find(({ offsetSeconds }) => isValidAt(now + offsetSeconds * 1000)) ?? null;
}
