import type { HistoryState } from '@pull-doctor/contract/history';
import type { HistoryFile } from '@pull-doctor/database';
import { msOfStored } from './time-order.ts';

/** How much of the history there is. */
export interface HistorySize {
  /** Bytes of the file that hold something: what was deleted is used again before the file grows. */
  usedBytes(): number;
  attempts(): number;
  kept(): Pick<HistoryState['kept'], 'attempts' | 'fileBytes' | 'oldestAt' | 'sumsSince'>;
}

const hourMs = 3_600_000;

export function historySize(db: HistoryFile): HistorySize {
  const pragma = (name: string) => db.pragma(name, { simple: true }) as number;
  const count = db.prepare<[], number | null>('SELECT sum(uses) FROM PullKind').pluck();
  const oldest = db.prepare<[], string>('SELECT startedAt FROM PullAttempt ORDER BY seq LIMIT 1').pluck();
  const firstHour = db.prepare<[], number | null>('SELECT min(hour) FROM PullHour').pluck();
  const attempts = () => count.get() ?? 0;
  return {
    usedBytes: () => (pragma('page_count') - pragma('freelist_count')) * pragma('page_size'),
    attempts,
    kept() {
      const oldestAt = oldest.get();
      const hour = firstHour.get() ?? null;
      return {
        attempts: attempts(),
        fileBytes: pragma('page_count') * pragma('page_size'),
        oldestAt: oldestAt === undefined ? null : new Date(msOfStored(oldestAt)).toISOString(),
        sumsSince: hour === null ? null : new Date(hour * hourMs).toISOString(),
      };
    },
  };
}
