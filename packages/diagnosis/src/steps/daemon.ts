import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import { clockLeewaySeconds } from '../facts/clock.ts';
import { duration } from '../words/duration.ts';
import { count } from '../words/sentence.ts';
import { done, failed, type StepDescribed, warning } from './described.ts';

export function describeDaemon({ reached, address, info, failure, log }: DaemonEvidence): StepDescribed {
  if (!reached) return failed(`${address} does not answer: ${failure?.message ?? 'no reason was given'}`);
  const lines =
    log.state === 'read' && log.lines.length > 0 ? `, ${count(log.lines.length, 'line')} in its log` : '';
  const offset = info?.clockOffsetSeconds ?? 0;
  const docker = ['Docker', info?.version].filter(Boolean).join(' ');
  const what = `${docker} on ${info?.os ?? 'an unknown system'}/${info?.architecture ?? ''}${lines}`;
  if (Math.abs(offset) <= clockLeewaySeconds) return done(what);
  return warning(`${what}; its clock is ${duration(Math.abs(offset))} ${offset < 0 ? 'behind' : 'ahead'}`);
}
