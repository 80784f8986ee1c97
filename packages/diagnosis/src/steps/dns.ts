import type { DnsEvidence } from '@pull-doctor/contract/evidence/network';
import { failureInWords } from '../facts/failure.ts';
import { milliseconds } from '../words/duration.ts';
import { list } from '../words/sentence.ts';
import { done, failed, type StepDescribed, skipped } from './described.ts';

export function describeDns({ how, host, addresses, failure, ms }: DnsEvidence): StepDescribed {
  if (failure) return failed(`${host} ${failureInWords(failure)}`);
  if (how === 'address-literal') return skipped(`${host} is an address already`);
  if (how === 'left-to-proxy') return skipped('the proxy looks the name up');
  const shown = addresses.slice(0, 2).map(({ address }) => address);
  const more = addresses.length > 2 ? ` and ${addresses.length - 2} more` : '';
  return done(`${more ? shown.join(', ') : list(shown)}${more}, in ${milliseconds(ms)}`);
}
