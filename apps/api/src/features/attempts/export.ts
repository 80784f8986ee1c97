import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AttemptFilter, PullAttempt } from '@pull-doctor/contract/attempts';
import { stringify } from 'csv-stringify/sync';
import type { AttemptsStore } from './attempts.store.ts';

export const exportFormats = {
  csv: { type: 'text/csv; charset=utf-8; header=present', ending: 'csv' },
  jsonl: { type: 'application/jsonl; charset=utf-8', ending: 'jsonl' },
} as const;
export type ExportFormat = keyof typeof exportFormats;

const columns = Object.keys(PullAttempt.shape);
// One message may be as long; shorter ones are put together, since each piece costs a turn of the event loop.
const pieceCharacters = 65_536;

/**
 * Attempts as the text of a file, piece by piece: the next one is read when the one before was taken, so that a slow
 * reader costs no memory. Rows that arrive meanwhile are newer than the first one and left out.
 *
 * CSV follows RFC 4180. A field that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export async function* exported(
  attempts: Pick<AttemptsStore, 'walk'>,
  filter: AttemptFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  let piece = format === 'csv' ? csv([columns]) : '';
  for (const attempt of attempts.walk(filter)) {
    piece += format === 'csv' ? csv([fields(attempt)]) : line(attempt);
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = '';
    // Reading is one stretch of code: requests that wait have their turn in between.
    await nextTurn();
  }
  if (piece) yield piece;
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
