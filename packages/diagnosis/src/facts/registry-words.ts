import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { quoted } from '../words/sentence.ts';
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
  return `${who} answers ${refusal.status ?? 'with a refusal'}${code}${words}.`;
}
