import type { TlsEvidence } from '@pull-doctor/contract/evidence/network';
import { failureInWords } from '../facts/failure.ts';
import { day } from '../words/instant.ts';
import { list } from '../words/sentence.ts';
import { done, failed, type StepDescribed, warning } from './described.ts';

export function describeTls(tls: TlsEvidence): StepDescribed {
  const { use, protocol, chain, faults, failure, plain, serverName } = tls;
  const leaf = chain[0];
  switch (use) {
    case 'verified':
      return done(`${protocol ?? 'TLS'}, valid until ${leaf ? day(leaf.notAfter) : 'an unknown day'}`);
    case 'plain-http':
      return warning('Plain http, as the configuration of the daemon allows');
    case 'not-verified':
      return warning(
        `${protocol ?? 'TLS'}; the daemon checks no certificate here${faults.length > 0 ? `, which is ${faultsInWords(faults)}` : ''}`,
      );
    case 'failed':
      if (faults.length > 0) return failed(`The certificate is ${faultsInWords(faults)}`);
      if (plain && plain.speaks !== 'nothing')
        return failed(`${serverName} speaks no TLS: ${spoken[plain.speaks]}`);
      return failed(
        failure ? `The handshake failed: ${serverName} ${failureInWords(failure)}` : 'The handshake failed',
      );
  }
}

const spoken = { http: 'it answers plain HTTP', ssh: 'it greets like SSH', other: 'another service answers' };

const words: Record<TlsEvidence['faults'][number], string> = {
  untrusted: 'not trusted',
  'self-signed': 'signed by itself',
  'incomplete-chain': 'sent without the one that signed it',
  expired: 'expired',
  'not-yet-valid': 'not valid yet',
  'wrong-name': 'for another name',
  'no-names': 'without a name that counts',
  revoked: 'revoked',
  weak: 'too weak',
};

function faultsInWords(faults: TlsEvidence['faults']): string {
  return list(faults.map((fault) => words[fault]));
}
