import * as z from 'zod';

/**
 * One entry of `journalctl -o json` (systemd.journal-fields(7), "Journal JSON Format"): a field that is not UTF-8 is an
 * array of bytes, one that was given several times an array of values.
 */
const Entry = z.object({
  __CURSOR: z.string(),
  __REALTIME_TIMESTAMP: z.coerce.number().optional().catch(undefined),
  MESSAGE: z.unknown(),
});

export interface JournalEntry {
  cursor: string;
  at: string | null;
  text: string;
}

/** Null for a line that is no entry. */
export function journalEntry(line: string): JournalEntry | null {
  const parsed = Entry.safeParse(parse(line));
  if (!parsed.success) return null;
  const { __CURSOR: cursor, __REALTIME_TIMESTAMP: micros, MESSAGE } = parsed.data;
  return {
    cursor,
    at: micros === undefined ? null : new Date(micros / 1000).toISOString(),
    text: textOf(MESSAGE),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Cut off where journalctl ended in the middle of it: it comes again with the next one.
    return null;
  }
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  if (!Array.isArray(message)) return '';
  return message.every((part) => typeof part === 'number')
    ? Buffer.from(message).toString('utf8')
    : message.map(textOf).join('\n');
}
