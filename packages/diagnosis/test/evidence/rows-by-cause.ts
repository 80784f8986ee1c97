import type { Cause } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { faultRows } from './fault-rows.ts';
import { evidenceOf } from './make-evidence.ts';

type Row = [name: string, evidence: Evidence];

/** What a rule must speak about. */
export function rowsOf(cause: Cause): Row[] {
  return faultRows.filter(([, , named]) => named === cause).map(([name, evidence]) => [name, evidence]);
}

/** What a rule must stay silent about: the pulls that work, and everything that another cause explains. */
export function rowsOfOthers(cause: Cause): Row[] {
  const others = faultRows.filter(([, , named]) => named !== cause);
  return [
    ['the pull works without a login', evidenceOf()],
    ['the pull works with a login', evidenceOf({ user: 'deploy' })],
    ...others.map(([name, evidence]): Row => [name, evidence]),
  ];
}
