import type { PingEvidence } from '@pull-doctor/contract/evidence/registry';
import { failureInWords } from '../facts/failure.ts';
import { lowerFirst } from '../words/sentence.ts';
import { done, failed, type StepDescribed } from './described.ts';

export function describePing({ exchange, isRegistry, why }: PingEvidence): StepDescribed {
  const { answer, failure } = exchange;
  if (failure) return failed(`/v2/: the registry ${failureInWords(failure)}`);
  const status = answer?.status ?? 0;
  if (status >= 500 || status === 429) return failed(`/v2/ answers ${status}`);
  if (isRegistry === 'no') return failed(`/v2/ answers ${status}: ${lowerFirst(why)}`);
  return done(status === 401 ? '/v2/ answers 401: a registry that wants a login' : `/v2/ answers ${status}`);
}
