import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { Cause, Certainty } from '@pull-doctor/contract/causes';
import type { HistoryState } from '@pull-doctor/contract/history';
import type { ImageReference } from '@pull-doctor/contract/image-reference';
import type { FastifyBaseLogger } from 'fastify';
import type { AttemptWriter, Batch } from './attempt-writer.store.ts';
import { prepareAttempt } from './prepare-attempt.ts';
import { HistoryTrouble, isLock, readTrouble, type Trouble } from './trouble.ts';

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
  /** Of a diagnosis that is stored. */
  diagnosisId: string | null;
  /** The name of the machine that pulled; this one where it is left out. */
  host?: string | undefined;
  /** Where it is known already; otherwise it is read from the message. */
  cause?: Cause | null;
  certainty?: Certainty | null;
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
   * nothing comes twice. At most 1,000 at once, since a transaction holds up other writers.
   *
   * @throws HistoryTrouble where nothing can be written at the moment; nothing of the call was recorded then, and a
   * door tells the same again later. Readiness to write again is tried every two seconds, whoever asks.
   */
  record(attempts: readonly NewAttempt[], readUpTo?: { source: string; cursor: string }): Promise<Recorded[]>;
  /** Gives a failed attempt the cause that its diagnosis found. */
  explain(id: string, cause: Cause, certainty: Certainty | null): Promise<void>;
  /** Gives a failed attempt the diagnosis that was made of it; its cause stays what its own words tell. */
  link(id: string, diagnosisId: string): Promise<void>;
  cursorOf(source: string): Promise<string | null>;
  trouble(): HistoryState['trouble'];
  /** Ends when what waits is written; what comes later is refused. */
  close(): Promise<void>;
}

/** What waits is written together, up to this many, so that one wait for the disk serves many. */
const togetherMax = 500;
const lockWaitMs = 5_000;
const lockPauseMs = 25;
const probeEveryMs = 2_000;

interface Waiting extends Batch {
  resolve(results: Recorded[]): void;
  reject(error: unknown): void;
}

export function intake(
  writer: AttemptWriter,
  parts: {
    now: () => Date;
    announce: (id: string) => void;
    /** Told of each failed attempt that has a row of its own, once it is on disk. */
    failed?: (id: string) => void;
    log: FastifyBaseLogger;
  },
): Intake {
  const { now, announce, failed, log } = parts;
  const queue: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let trouble: Trouble | null = null;
  let probe: NodeJS.Timeout | null = null;
  let isClosed = false;

  const settle = () => {
    if (trouble) log.warn('pulls are recorded again');
    trouble = null;
    if (probe) clearInterval(probe);
    probe = null;
  };
  /** The error that callers get: trouble with the disk is told as such, anything else is a fault of ours. */
  const asTold = (error: unknown): unknown => {
    const found = readTrouble(error, trouble ? new Date(trouble.since) : now());
    if (!found) return error;
    if (!trouble) log.error({ err: error }, found.what);
    trouble = found;
    probe ??= setInterval(() => {
      try {
        writer.probe();
        settle();
      } catch (again) {
        const still = readTrouble(again, new Date(trouble?.since ?? now()));
        if (still) trouble = still;
      }
    }, probeEveryMs).unref();
    return new HistoryTrouble(found, error);
  };
  /** Waits for another program's lock without holding up anything else. */
  const whenUnlocked = async <Result>(work: () => Result): Promise<Result> => {
    const end = performance.now() + (trouble ? 0 : lockWaitMs);
    for (;;)
      try {
        const result = work();
        settle();
        return result;
      } catch (error) {
        if (!isLock(error) || performance.now() > end) throw asTold(error);
        await sleep(lockPauseMs);
      }
  };

  const writeTogether = async (batches: Waiting[]): Promise<void> => {
    try {
      const results = await whenUnlocked(() => writer.write(batches, now().getTime()));
      for (const [index, { resolve }] of batches.entries()) resolve(results[index] ?? []);
      const last = results.flat().findLast(({ state }) => state !== 'known');
      if (last) announce(last.id);
      for (const [index, { attempts }] of batches.entries())
        for (const [at, { outcome }] of attempts.entries()) {
          const result = results[index]?.[at];
          if (outcome === 'failed' && result?.state === 'recorded') failed?.(result.id);
        }
    } catch (error) {
      // A fault of one must not be told to the others.
      if (batches.length > 1 && !(error instanceof HistoryTrouble))
        for (const batch of batches) await writeTogether([batch]);
      else for (const { reject } of batches) reject(error);
    }
  };
  const drain = async () => {
    // Whatever else arrived in this turn of the event loop comes along.
    await nextTurn();
    while (queue.length > 0) {
      const batches = [];
      for (let size = 0; queue[0] && (size === 0 || size + queue[0].attempts.length <= togetherMax); ) {
        size += Math.max(1, queue[0].attempts.length);
        batches.push(queue.shift() as Waiting);
      }
      await writeTogether(batches);
      await nextTurn();
    }
    writing = null;
  };

  return {
    record(attempts, readUpTo) {
      if (isClosed) return Promise.reject(new Error('The history is closed.'));
      const nowMs = now().getTime();
      const prepared = attempts.map((attempt) => prepareAttempt(attempt, nowMs));
      return new Promise((resolve, reject) => {
        queue.push({ attempts: prepared, readUpTo, resolve, reject });
        writing ??= drain();
      });
    },
    async explain(id, cause, certainty) {
      if (await whenUnlocked(() => writer.explain(id, cause, certainty))) announce(id);
    },
    async link(id, diagnosisId) {
      if (await whenUnlocked(() => writer.link(id, diagnosisId))) announce(id);
    },
    async cursorOf(source) {
      return writer.cursorOf(source);
    },
    trouble: () => trouble,
    async close() {
      isClosed = true;
      await writing;
      if (probe) clearInterval(probe);
    },
  };
}
