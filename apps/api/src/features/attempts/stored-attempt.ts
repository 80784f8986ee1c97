import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { HostNames } from './host-names.ts';
import { msOfStored } from './time-order.ts';

/** A row of PullAttempt, as SQLite gives it. */
export interface AttemptRow extends Omit<PullAttempt, 'host' | 'startedAt'> {
  seq: number;
  hostId: string;
  doors: string;
  startedAt: string;
  key: string | null;
  kindId: number;
  textId: number;
}

export function asAttempt(row: AttemptRow, hosts: Pick<HostNames, 'nameOf'>): PullAttempt {
  const { seq: _, doors: __, key: ___, kindId: ____, textId: _____, hostId, startedAt, ...attempt } = row;
  return {
    ...attempt,
    host: hosts.nameOf(hostId),
    startedAt: new Date(msOfStored(startedAt)).toISOString(),
  };
}
