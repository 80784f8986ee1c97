import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import { count } from '../words/sentence.ts';
import { done, failed, type StepDescribed } from './described.ts';

export function describeDaemon({ reached, address, info, failure, log }: DaemonEvidence): StepDescribed {
  if (!reached) return failed(`${address} does not answer: ${failure?.message ?? 'no reason was given'}`);
  const lines =
    log.state === 'read' && log.lines.length > 0 ? `, ${count(log.lines.length, 'line')} in its log` : '';
  return done(
    `Docker ${info?.version ?? ''} on ${info?.os ?? 'an unknown system'}/${info?.architecture ?? ''}${lines}`.replace(
      'Docker  ',
      'Docker ',
    ),
  );
}
