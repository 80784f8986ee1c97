import type { TlsEvidence } from '@pull-doctor/contract/evidence/network';
import type { Outcome } from '../../../outcome.ts';
import type { IconId } from '../../../ui/Icon.tsx';
import type { Tone } from '../../../ui/tone.ts';

const faultWords: Record<TlsEvidence['faults'][number], string> = {
  untrusted: 'its issuer is not trusted',
  'self-signed': 'it is signed by itself',
  'incomplete-chain': 'its chain is not complete',
  expired: 'it has ended',
  'not-yet-valid': 'it is not valid yet',
  'wrong-name': 'it is for another name',
  'no-names': 'it names no host',
  revoked: 'it was revoked',
  weak: 'its signature is too weak',
};

/** Whether the daemon's host trusts the certificate, in a word and a sentence. */
export function trustOf({
  use,
  faults,
  interception,
  trust,
  failure,
}: TlsEvidence): Outcome & { says: string } {
  const from = `${trust.authorities.toLocaleString('en')} authorities, from ${trust.sources.join(', ') || 'no file'}.`;
  if (use === 'plain-http')
    return {
      tone: 'warning',
      icon: 'warn',
      word: 'Plain HTTP',
      says: 'There is no certificate: nothing is encrypted.',
    };
  const wrong = faults.map((fault) => faultWords[fault]).join(', ');
  if (interception.suspected)
    return {
      tone: 'warning',
      icon: 'proxy',
      word: 'Opened on the way',
      says: `A proxy shows a certificate of its own: ${interception.why.join(' ')}${wrong ? ` Besides, ${wrong}.` : ''}`,
    };
  if (use === 'not-verified')
    return {
      tone: 'warning',
      icon: 'warn',
      word: 'Not verified',
      says: `The daemon is told not to check this registry.${wrong ? ` It would refuse it: ${wrong}.` : ''}`,
    };
  if (use === 'failed')
    return {
      tone: 'invalid',
      icon: 'invalid',
      word: faults.length > 0 ? 'Not trusted' : 'No TLS',
      says: wrong ? `Docker refuses it: ${wrong}. Trusted are ${from}` : (failure?.message ?? ''),
    };
  return { tone: 'ok', icon: 'ok', word: 'Trusted', says: `By one of ${from}` };
}

export interface ChainLink {
  sha256: string;
  name: string;
  kind: string;
  notAfter: string;
  outcome: { tone: Tone; icon: IconId };
}

const soonMs = 14 * 86_400_000;

/** The certificates, leaf first, each with what it is and whether its time is up. */
export function chainOf({ chain, use }: Pick<TlsEvidence, 'chain' | 'use'>, now: number): ChainLink[] {
  return chain.map(({ sha256, subject, notAfter, notBefore, selfSigned, isCa }, index) => {
    const isOver = Date.parse(notAfter) <= now || Date.parse(notBefore) > now;
    const isSoon = Date.parse(notAfter) - now < soonMs;
    const kind = index === 0 && !isCa ? 'leaf' : selfSigned ? 'root' : 'intermediate';
    return {
      sha256,
      name: commonName(subject),
      kind: `${kind}, SHA-256 ${sha256.slice(0, 8)}…${sha256.slice(-2)}`,
      notAfter,
      outcome: isOver
        ? { tone: 'expired', icon: 'expired' }
        : isSoon
          ? { tone: 'expiring', icon: 'expiring' }
          : use === 'failed'
            ? { tone: 'unknown', icon: 'cert' }
            : { tone: 'ok', icon: 'ok' },
    };
  });
}

/** `CN` of a subject, or the whole of it. */
function commonName(subject: string): string {
  return /(?:^|[,\n/]\s*)CN\s*=\s*([^,\n/]+)/.exec(subject)?.[1]?.trim() ?? subject;
}
