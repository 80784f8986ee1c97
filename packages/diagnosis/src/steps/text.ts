import type { TextEvidence } from '@pull-doctor/contract/evidence/evidence';
import { clientName } from '../words/client-name.ts';
import { count } from '../words/sentence.ts';
import { done, type StepDescribed, warning } from './described.ts';

export function describeText({ causes, client, groups }: TextEvidence): StepDescribed {
  const phrases = causes.flatMap(({ signs }) => signs).length;
  const from = client ? `${clientName(client)}: ` : '';
  if (causes[0]?.cause === 'unknown') return warning(`${from}no known phrase`);
  const others = groups.length > 1 ? `, ${groups.length} failures` : '';
  return done(`${from}${count(phrases, 'known phrase')}${others}`);
}
