import type { HistoryFile } from '@pull-doctor/database';

const hourMs = 3_600_000;

/** About how many attempts began in a span of time, from what is counted by the hour: to choose a way to them. */
export function rowCount(db: HistoryFile): (fromMs: number, toMs: number) => number {
  const counted = db
    .prepare<[number, number], number | null>('SELECT sum(count) FROM PullHour WHERE hour >= ? AND hour < ?')
    .pluck();
  return (fromMs, toMs) => {
    const [from, to] = [Math.floor(fromMs / hourMs), Math.ceil(toMs / hourMs)];
    if (to <= from) return 0;
    const share = (toMs - fromMs) / ((to - from) * hourMs);
    return (counted.get(from, to) ?? 0) * share;
  };
}
