import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { Cause, Certainty } from '@pull-doctor/contract/causes';
import type { ImageReference } from '@pull-doctor/contract/image-reference';
import type { PrismaClient } from '@pull-doctor/database';
import { ulid } from 'ulid';

export interface NewAttempt {
  reference: ImageReference;
  /** As Docker reads it. */
  canonical: string;
  platform: string | null;
  door: PullAttempt['door'];
  outcome: PullAttempt['outcome'];
  /** Secrets hidden. */
  message: string | null;
  startedAt: Date;
  tookMs: number | null;
  bytes: number | null;
  diagnosisId: string | null;
}

export interface AttemptsStore {
  record(attempt: NewAttempt): Promise<string>;
  /** Gives an attempt the cause that its diagnosis found. */
  explain(id: string, cause: Cause | null, certainty: Certainty | null): Promise<void>;
  find(id: string): Promise<PullAttempt | null>;
  /** Newest first; `before` is the id of the last one of the page before. */
  list(page: { limit: number; before: string | null }): Promise<PullAttempt[]>;
}

export function attemptsStore(db: PrismaClient, host: { id: string; name(): string }): AttemptsStore {
  type Row = NonNullable<Awaited<ReturnType<typeof db.pullAttempt.findUnique>>>;
  // What is stored was written by `record` and `explain`, so the narrower types hold.
  const asAttempt = ({ hostId: _, seq: __, key: ___, ...row }: Row): PullAttempt => ({
    ...row,
    host: host.name(),
    door: row.door as PullAttempt['door'],
    outcome: row.outcome as PullAttempt['outcome'],
    cause: row.cause as Cause | null,
    certainty: row.certainty as Certainty | null,
    startedAt: row.startedAt.toISOString(),
  });
  return {
    async record({ reference, canonical, ...attempt }) {
      const id = ulid(attempt.startedAt.getTime());
      await db.pullAttempt.create({
        data: { id, hostId: host.id, ...reference, reference: canonical, ...attempt },
      });
      return id;
    },
    async explain(id, cause, certainty) {
      await db.pullAttempt.update({ where: { id }, data: { cause, certainty } });
    },
    async find(id) {
      const row = await db.pullAttempt.findFirst({ where: { id, hostId: host.id } });
      return row && asAttempt(row);
    },
    async list({ limit, before }) {
      const rows = await db.pullAttempt.findMany({
        where: { hostId: host.id, ...(before && { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: limit,
      });
      return rows.map(asAttempt);
    },
  };
}
