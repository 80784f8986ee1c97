import type { HistoryFile } from '@pull-doctor/database';
import { firstSeqOf, msOfSeq } from './time-order.ts';

export interface RegistryUsed {
  registry: string;
  times: number;
  last: Date;
}

export interface FailedOne {
  id: string;
  startedAt: Date;
  reference: string | null;
  repository: string | null;
}

/** What the pulls of this host tell of registries. */
export interface RegistryUse {
  /** Registries of pulls since then that worked, or failed for other causes than those. */
  since(time: Date, notFor: readonly string[]): RegistryUsed[];
  /** How many pulls of each registry failed since then. */
  failures(since: Date): Map<string, number>;
  /** Those of one registry, newest first. */
  failuresOf(registry: string, since: Date, limit: number): FailedOne[];
}

const hourMs = 3_600_000;

export function registryUse(db: HistoryFile, host: { id: string }): RegistryUse {
  const used = db.prepare<[unknown], { registry: string; times: number }>(`
    SELECT h.registry, sum(h.count) AS times FROM PullHour h WHERE h.hour >= @hour AND h.hostId = @hostId AND h.registry <> ''
      AND (h.outcome = 'pulled' OR (h.cause <> '' AND h.cause NOT IN (SELECT value FROM json_each(@notFor))))
    GROUP BY h.registry`);
  const last = db.prepare<[unknown], { registry: string; seq: number }>(`
    SELECT k.registry, max((SELECT a.seq FROM PullAttempt a WHERE a.kindId = k.id ORDER BY a.seq DESC LIMIT 1)) AS seq
    FROM PullKind k WHERE k.hostId = @hostId AND k.registry IS NOT NULL
      AND (k.outcome = 'pulled' OR (k.cause IS NOT NULL AND k.cause NOT IN (SELECT value FROM json_each(@notFor))))
    GROUP BY k.registry`);
  const failed = db.prepare<[unknown], { registry: string; times: number }>(`
    SELECT k.registry, sum((SELECT count(*) FROM PullAttempt a WHERE a.kindId = k.id AND a.seq >= @from)) AS times
    FROM PullKind k WHERE k.hostId = @hostId AND k.outcome = 'failed' AND k.registry IS NOT NULL
    GROUP BY k.registry HAVING times > 0`);
  const failedOf = db.prepare<
    [unknown],
    { id: string; seq: number; reference: string | null; repository: string | null }
  >(`SELECT a.id, a.seq, a.reference, a.repository FROM PullKind k
    CROSS JOIN PullAttempt a INDEXED BY PullAttempt_kindId_idx ON a.kindId = k.id
    WHERE k.hostId = @hostId AND k.outcome = 'failed' AND k.registry = @registry AND a.seq >= @from
    ORDER BY a.seq DESC LIMIT @limit`);
  return {
    since(time, notFor) {
      const asked = { hostId: host.id, notFor: JSON.stringify(notFor) };
      const lasts = new Map(last.all(asked).map(({ registry, seq }) => [registry, msOfSeq(seq)]));
      return used
        .all({ ...asked, hour: Math.floor(time.getTime() / hourMs) })
        .flatMap(({ registry, times }) => {
          const lastMs = lasts.get(registry);
          return lastMs === undefined || lastMs < time.getTime()
            ? []
            : [{ registry, times, last: new Date(lastMs) }];
        });
    },
    failures: (since) =>
      new Map(
        failed
          .all({ hostId: host.id, from: firstSeqOf(since.getTime()) })
          .map(({ registry, times }) => [registry, times]),
      ),
    failuresOf: (registry, since, limit) =>
      failedOf
        .all({ hostId: host.id, registry, from: firstSeqOf(since.getTime()), limit })
        .map(({ seq, ...row }) => ({ ...row, startedAt: new Date(msOfSeq(seq)) })),
  };
}
