import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AttemptFilter, PullAttempt } from '@pull-doctor/contract/attempts';
import { stringify } from 'csv-stringify/sync';
import type { AttemptsStore, Place } from './attempts.store.ts';

export const exportFormats = {
  csv: { type: 'text/csv; charset=utf-8; header=present', ending: 'csv' },
  jsonl: { type: 'application/jsonl; charset=utf-8', ending: 'jsonl' },
} as const;
export type ExportFormat = keyof typeof exportFormats;

const columns = Object.keys(PullAttempt.shape);
// Few enough that a page of them is small and quickly read, whatever their messages.
const rowsAtOnce = 200;

/**
 * Attempts as the text of a file, piece by piece: the next one is read when the one before was taken, so that a slow
 * reader costs no memory. Rows that arrive meanwhile are newer than the first one and left out.
 *
 * CSV follows RFC 4180. A field that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export async function* exported(
  attempts: Pick<AttemptsStore, 'page'>,
  filter: AttemptFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield csv([columns]);
  for (let after: Place | null = null; ; ) {
    const { items, end }: ReturnType<AttemptsStore['page']> = attempts.page({
      filter,
      order: '-time',
      after,
      limit: rowsAtOnce,
    });
    if (items.length > 0) yield format === 'csv' ? csv(items.map(fields)) : items.map(line).join('');
    if (end === null) return;
    after = end;
    // Reading is one stretch of code: requests that wait have their turn in between.
    await nextTurn();
  }
}

function csv(rows: unknown[][]): string {
  return stringify(rows, { record_delimiter: 'windows', escape_formulas: true });
}

function fields(attempt: PullAttempt): unknown[] {
  return columns.map((column) => attempt[column as keyof PullAttempt]);
}

function line(attempt: PullAttempt): string {
  return `${JSON.stringify(attempt)}\n`;
}
