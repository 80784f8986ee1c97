import type { TcpEvidence } from '@pull-doctor/contract/evidence/network';
import { failureInWords } from '../facts/failure.ts';
import { milliseconds } from '../words/duration.ts';
import { done, failed, type StepDescribed, warning } from './described.ts';

export function describeTcp({
  tried,
  connectedTo,
  failure,
  target,
  plainHttp,
  ms,
}: TcpEvidence): StepDescribed {
  const last = tried.at(-1);
  const whose = target === 'proxy' ? 'The proxy ' : '';
  if (failure) {
    const who = last ? `${last.address} port ${last.port}` : target === 'proxy' ? '' : 'The registry';
    const http = plainHttp?.answer ? '; plain http is answered there' : '';
    return failed(`${whose}${who} ${failureInWords(failure)}${http}`.replace('  ', ' '));
  }
  const lost = tried.filter((one) => one.failure).length;
  const answered = `${whose}${connectedTo ?? 'The registry'} answered in ${milliseconds(last?.ms ?? ms)}`;
  return lost > 0 ? warning(`${answered}, after ${lost} of its addresses did not`) : done(answered);
}
