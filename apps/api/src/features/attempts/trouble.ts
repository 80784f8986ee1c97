import type { HistoryState } from '@pull-doctor/contract/history';
import { Fault } from '../../fault.ts';

export type Trouble = NonNullable<HistoryState['trouble']>;

/** Nothing can be recorded at the moment, for a reason outside of Pull Doctor; nothing of the call was. */
export class HistoryTrouble extends Fault {
  constructor({ what, fix }: Trouble, cause: unknown) {
    super('not-recorded', 503, what, `${fix} Send it again: nothing of it was recorded.`, { cause });
  }
}

/** Another program has the file for itself at this moment. */
export function isLock(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/.test(codeOf(error));
}

/** What keeps the file from being written, in words; null where the error is not of that kind but a fault of ours. */
export function readTrouble(error: unknown, since: Date): Trouble | null {
  const code = codeOf(error);
  const at = since.toISOString();
  // The second is what SQLite says where its shared memory has no room on that disk.
  if (/^SQLITE_(?:FULL|IOERR_SHMSIZE)/.test(code))
    return {
      code: 'disk-full',
      what: 'The disk of the data folder is full, so no pull is recorded. What was recorded can be read.',
      fix: 'Free space on that disk, or move PULL_DOCTOR_DATA to a larger one; recording resumes by itself.',
      since: at,
    };
  if (isLock(error))
    return {
      code: 'database-locked',
      what: 'Another program has locked the database file, so no pull is recorded. What was recorded can be read.',
      fix: 'End the program that has pull-doctor.db open for writing; recording resumes by itself.',
      since: at,
    };
  if (/^SQLITE_(?:IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)/.test(code))
    return {
      code: 'not-written',
      what: `The database file cannot be written (${code}), so no pull is recorded.`,
      fix: 'See whether the disk of the data folder is healthy and may be written; recording resumes by itself.',
      since: at,
    };
  return null;
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}
