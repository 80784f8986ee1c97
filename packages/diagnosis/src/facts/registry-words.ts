import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { StepName } from '@pull-doctor/contract/steps';
import { quoted, stop } from '../words/sentence.ts';
import { refusalOf } from './refusal.ts';
import { subjectOf } from './subject.ts';

/** How the refusal sounded: `ghcr.io answers 403 DENIED: "requested access …".` */
export function refusalInWords(evidence: Evidence): string {
  const refusal = refusalOf(evidence);
  if (!refusal) return '';
  const { host } = subjectOf(evidence);
  const who = refusal.at === 'token' ? `The sign-in at ${host}` : host;
  const code = refusal.codes[0] ? ` ${refusal.codes[0]}` : '';
  const words = refusal.words ? `: ${quoted(refusal.words)}` : '';
  return stop(`${who} answers ${refusal.status ?? 'with a refusal'}${code}${words}`);
}

/** The steps that a refusal rests on: who refused, and what was sent. */
export function stepsOfRefusal(evidence: Evidence): StepName[] {
  return refusalOf(evidence)?.at === 'token'
    ? ['credentials', 'token']
    : ['credentials', 'token', 'manifest'];
}
