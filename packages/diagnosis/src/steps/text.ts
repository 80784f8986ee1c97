import type { TextEvidence } from '@pull-doctor/contract/evidence/evidence';
import { clientName } from '../words/client-name.ts';
import { count, upperFirst } from '../words/sentence.ts';
import { done, type StepDescribed, warning } from './described.ts';

/** What was read from an error text: who printed it, how many known phrases it has, and of how many failures it tells. */
export function describeText({ causes, client, groups }: TextEvidence): StepDescribed {
  // Words that fit several causes are one phrase.
  const phrases = new Set(causes.flatMap(({ signs }) => signs.map(({ start, end }) => `${start}-${end}`)));
  const from = client ? `${clientName(client)}: ` : '';
  if (causes.every(({ cause }) => cause === 'unknown')) return warning(upperFirst(`${from}no known phrase`));
  const failures = groups.length > 1 ? ` of ${groups.length} failures` : '';
  const known = phrases.size > 0 ? count(phrases.size, 'known phrase') : 'known words';
  return done(upperFirst(`${from}${known}${failures}`));
}
