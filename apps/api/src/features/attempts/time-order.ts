/** Rows of one millisecond that can be told apart; with it, numbers stay exact in JavaScript until the year 2109. */
export const perMillisecond = 2048;

/** The first number that a row of that millisecond can have: rows lie in the order of time. */
export function firstSeqOf(ms: number): number {
  return ms * perMillisecond;
}

export function msOfSeq(seq: number): number {
  return Math.floor(seq / perMillisecond);
}

/** A time as Prisma writes it into SQLite, which sorts as text. */
export function asStoredTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00');
}

export function msOfStored(time: string): number {
  return Date.parse(time);
}
