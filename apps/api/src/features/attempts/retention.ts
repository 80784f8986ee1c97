import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { AttemptWriter } from './attempt-writer.store.ts';
import type { HistorySize } from './retention.store.ts';
import { isLock, readTrouble } from './trouble.ts';

/** Deletes what is older, or more, than is kept. */
export interface Retention {
  start(): void;
  /** Deletes all that is due; resolves with how many attempts that were. */
  run(): Promise<number>;
  stop(): Promise<void>;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const sumsDays = 400;
const everyMs = 10 * 60_000;
const firstAfterMs = 60_000;
// So many take a few milliseconds, and in the pauses everything else has its turn.
const stepRows = 200;
const pauseMs = 50;
const lockTries = 100;

export function retention(
  parts: {
    writer: Pick<AttemptWriter, 'deleteOldest' | 'deleteHours'>;
    size: HistorySize;
    now: () => Date;
    log: FastifyBaseLogger;
  },
  kept: { days: number; megabytes: number },
): Retention {
  const { writer, size, now, log } = parts;
  let running: Promise<number> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  const run = async () => {
    let deleted = 0;
    for (;;) {
      if (isStopped) return deleted;
      const nowMs = now().getTime();
      const isTooMuch = size.usedBytes() > kept.megabytes * 1024 * 1024;
      const { count, hours } = await whenUnlocked(() => ({
        count: writer.deleteOldest(stepRows, isTooMuch ? null : nowMs - kept.days * dayMs),
        hours: writer.deleteHours(stepRows, Math.floor((nowMs - sumsDays * dayMs) / hourMs)),
      }));
      deleted += count;
      // What else the file holds is no reason to wait here for ever.
      if (count === 0 && hours === 0) return deleted;
      await sleep(pauseMs);
    }
  };
  const once = () => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
  const again = (afterMs: number) => {
    timer = setTimeout(() => {
      once()
        .catch((error: unknown) => {
          // A full disk is told where pulls are recorded, and the next turn tries again.
          if (!readTrouble(error, now())) log.error({ err: error }, 'old pulls could not be deleted');
        })
        .finally(() => {
          if (!isStopped) again(everyMs);
        });
    }, afterMs).unref();
  };
  return {
    start: () => again(firstAfterMs),
    run: once,
    async stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
      await running?.catch(() => 0);
    },
  };
}

/** Another program, or a transaction of Prisma's, may have the file for a moment. */
async function whenUnlocked<Result>(work: () => Result): Promise<Result> {
  for (let tries = 1; ; tries += 1)
    try {
      return work();
    } catch (error) {
      if (!isLock(error) || tries >= lockTries) throw error;
      await sleep(pauseMs);
    }
}
