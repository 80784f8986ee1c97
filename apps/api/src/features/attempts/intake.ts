import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { HistoryState } from '@pull-doctor/contract/history';
import type { ImageReference } from '@pull-doctor/contract/image-reference';
import { redactText } from '@pull-doctor/contract/redact';
import type { PrismaClient } from '@pull-doctor/database';
import { readMessage } from '@pull-doctor/diagnosis/message/read-message';
import { ulid } from 'ulid';

/** A pull as a door heard of it. Secrets are hidden, and the cause is read, on the way in. */
export interface NewAttempt {
  /** Null: the image is not known, or its name is none. */
  reference: ImageReference | null;
  /** As Docker reads it; where it is no reference, the text as it was given; null where no image was named. */
  canonical: string | null;
  /** Of a pull whose image was not named, the registry may have been. */
  registry: string | null;
  platform: string | null;
  user: string | null;
  client: string | null;
  digest: string | null;
  door: PullAttempt['door'];
  outcome: PullAttempt['outcome'];
  message: string | null;
  startedAt: Date;
  tookMs: number | null;
  bytes: number | null;
  /** What is told twice under one key is recorded once. */
  key: string | null;
  diagnosisId: string | null;
  /** The name of the machine that pulled; this one where it is left out. */
  host?: string;
}

export interface Recorded {
  id: string;
  /** `known`: its key was recorded before. `merged`: another door told of the same pull, and its row was completed. */
  state: 'recorded' | 'known' | 'merged';
}

/** The one way into the history. */
export interface Intake {
  /**
   * Ends when all of it is on disk, in one transaction with how far its source was read, so that nothing is lost and
   * nothing comes twice.
   *
   * @throws HistoryTrouble where nothing can be written at the moment; nothing was recorded then.
   */
  record(attempts: readonly NewAttempt[], readUpTo?: { source: string; cursor: string }): Promise<Recorded[]>;
  cursorOf(source: string): Promise<string | null>;
  trouble(): HistoryState['trouble'];
}

export function intake(
  db: PrismaClient,
  host: { id: string },
  { now, changed }: { now: () => Date; changed: (id: string) => void },
): Intake {
  const asRow = ({ reference, canonical, host: _, ...attempt }: NewAttempt) => {
    const message = attempt.message && redactText(attempt.message).text;
    const read = attempt.outcome === 'failed' ? readMessage(message ?? '').causes[0] : undefined;
    const startedAt = attempt.startedAt > now() ? now() : attempt.startedAt;
    return {
      ...attempt,
      ...reference,
      registry: reference?.registry ?? attempt.registry,
      digest: reference?.digest ?? attempt.digest,
      reference: canonical && redactText(canonical).text,
      id: ulid(startedAt.getTime()),
      hostId: host.id,
      cause: read?.cause ?? null,
      certainty: read?.certainty ?? null,
      message,
      startedAt,
    };
  };
  return {
    async record(attempts, readUpTo) {
      const rows = attempts.map(asRow);
      const keys = rows.flatMap(({ key }) => key ?? []);
      const results = await db.$transaction(async (inside) => {
        const before = await inside.pullAttempt.findMany({
          where: { key: { in: keys } },
          select: { id: true, key: true },
        });
        const known = new Map(before.map(({ id, key }) => [key, id]));
        const states = rows.map(({ id, key }): Recorded => {
          const first = key === null ? undefined : known.get(key);
          if (first) return { id: first, state: 'known' };
          if (key !== null) known.set(key, id);
          return { id, state: 'recorded' };
        });
        await inside.pullAttempt.createMany({
          data: rows.filter((_, index) => states[index]?.state === 'recorded'),
        });
        if (readUpTo) {
          const { source, cursor } = readUpTo;
          await inside.logCursor.upsert({
            where: { source },
            create: { source, cursor, at: now() },
            update: { cursor, at: now() },
          });
        }
        return states;
      });
      const last = results.findLast(({ state }) => state === 'recorded');
      if (last) changed(last.id);
      return results;
    },
    async cursorOf(source) {
      return (await db.logCursor.findUnique({ where: { source } }))?.cursor ?? null;
    },
    trouble: () => null,
  };
}
