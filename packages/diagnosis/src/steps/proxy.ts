import type { ProxyEvidence } from '@pull-doctor/contract/evidence/network';
import { failureInWords } from '../facts/failure.ts';
import { done, failed, type StepDescribed, skipped, warning } from './described.ts';

export function describeProxy(proxy: ProxyEvidence): StepDescribed {
  const { use, why, address, connect, failure, otherVantage } = proxy;
  const status = connect?.answer?.status;
  if (failure) {
    return failed(
      status
        ? `${address ?? 'The proxy'} answers ${status} to CONNECT`
        : `${address ?? 'The proxy'} ${failureInWords(failure)}`,
    );
  }
  if (otherVantage?.reached) return warning(otherVantage.what);
  if (use === 'none') return skipped('no proxy is set for this host');
  if (use === 'bypassed') return skipped(`${why}`);
  return done(`${address ?? 'The proxy'} lets the connection through`);
}
