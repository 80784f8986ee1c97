import type { ReferenceEvidence } from '@pull-doctor/contract/evidence/evidence';
import { done, failed, type StepDescribed } from './described.ts';

export function describeReference({ reference, fault, canonical, text }: ReferenceEvidence): StepDescribed {
  if (fault) return failed(fault.what);
  if (!reference) return failed(`No image name was found in "${text.slice(0, 80)}".`);
  return done(`Docker reads it as ${canonical ?? reference.repository}`);
}
