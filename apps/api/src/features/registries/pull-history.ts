import type { PrismaClient } from '@pull-doctor/database';
import type { RegistryUse } from '../attempts/registry-use.store.ts';

/** Use of a registry in the past. */
export interface PastUse {
  registry: string;
  times: number;
  last: Date;
}

export interface FailedPull {
  id: string;
  at: Date;
  reference: string;
  repository: string;
}

/** What the history of pulls says of registries. */
export interface PullHistory {
  /** Registries of pulls and diagnoses of the last 30 days, as far as they were reached. */
  past(now: Date): Promise<PastUse[]>;
  /** How many pulls of each registry failed in the last 24 hours. */
  failures(now: Date): Promise<Map<string, number>>;
  /** Those of one registry, newest first. */
  failuresOf(registry: string, now: Date): Promise<FailedPull[]>;
}

const dayMs = 86_400_000;
const pastDays = 30;
/** A pull that failed for these reasons may have gone to a host that was mistyped. */
const mayBeMistyped = ['invalid-reference', 'dns-failure', 'connection-failure', 'not-a-registry', 'unknown'];
const failuresShown = 200;

export function pullHistory(db: PrismaClient, host: { id: string }, pulls: RegistryUse): PullHistory {
  const dayBefore = (now: Date) => new Date(now.getTime() - dayMs);
  return {
    async past(now) {
      const since = new Date(now.getTime() - pastDays * dayMs);
      const diagnoses = await db.diagnosis.groupBy({
        by: ['registry'],
        where: {
          hostId: host.id,
          startedAt: { gte: since },
          state: 'finished',
          OR: [{ cause: null }, { cause: { notIn: mayBeMistyped } }],
          attempts: { none: {} },
        },
        _count: true,
        _max: { startedAt: true },
      });
      return merged([
        ...pulls.since(since, mayBeMistyped),
        ...diagnoses.map(({ registry, _count: times, _max: { startedAt: last } }) => ({
          registry,
          times,
          last,
        })),
      ]);
    },

    async failures(now) {
      return pulls.failures(dayBefore(now));
    },

    async failuresOf(registry, now) {
      return pulls
        .failuresOf(registry, dayBefore(now), failuresShown)
        .map(({ id, startedAt: at, reference, repository }) => ({
          id,
          at,
          reference: reference ?? registry,
          repository: repository ?? '',
        }));
    },
  };
}

function merged(parts: { registry: string | null; times: number; last: Date | null }[]): PastUse[] {
  const past = new Map<string, PastUse>();
  for (const { registry, times, last } of parts) {
    if (registry === null || last === null) continue;
    const known = past.get(registry);
    past.set(registry, {
      registry,
      times: times + (known?.times ?? 0),
      last: known && known.last > last ? known.last : last,
    });
  }
  return [...past.values()];
}
