import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { FastifyBaseLogger } from 'fastify';
import type { Examiner } from '../diagnoses/examiner.ts';

/** Diagnoses by itself what failed in a new way, so that the answer is there when a person comes. */
export interface FollowUp {
  /** To be called with the first failed attempt of a kind; returns at once. */
  newFailure(attemptId: string): void;
  stop(): Promise<void>;
}

// A diagnosis asks a registry with a real credential. Six an hour are below every quota, and a host on which more
// things break at once has one reason for most of them.
const hourlyMax = 6;
const hourMs = 3_600_000;
// What failed longer ago was read late; things may stand otherwise by now, and nobody waits for it.
const recentMs = 15 * 60_000;
// Beyond these a person decides what is looked at first.
const waitingMax = 20;

/**
 * @param isHere Whether an attempt was made on the host that Pull Doctor sees: elsewhere are other credentials and
 * another network.
 */
export function followUp(parts: {
  examiner: Pick<Examiner, 'start'>;
  find: (attemptId: string) => PullAttempt | null;
  isHere: (attempt: PullAttempt) => boolean;
  /** Gives the attempt its diagnosis. */
  link: (attemptId: string, diagnosisId: string) => Promise<void>;
  nowMs: () => number;
  log: FastifyBaseLogger;
}): FollowUp {
  const { examiner, nowMs, log } = parts;
  const waiting: string[] = [];
  const begunMs: number[] = [];
  let working: Promise<void> | null = null;
  let isStopped = false;

  async function work(): Promise<void> {
    for (let id = waiting.shift(); id !== undefined && !isStopped; id = waiting.shift())
      try {
        await diagnose(id);
      } catch (error) {
        log.warn({ err: error, attempt: id }, 'a new failure was not diagnosed');
      }
    working = null;
  }

  async function diagnose(id: string): Promise<void> {
    const attempt = parts.find(id);
    if (attempt?.outcome !== 'failed' || attempt.reference === null || attempt.diagnosisId) return;
    if (!parts.isHere(attempt) || nowMs() - Date.parse(attempt.startedAt) > recentMs) return;
    while (begunMs[0] !== undefined && nowMs() - begunMs[0] > hourMs) begunMs.shift();
    if (begunMs.length >= hourlyMax) return;
    begunMs.push(nowMs());
    const begun = await examiner.start({
      // The text as well: the finding says whether Pull Doctor sees what the daemon said.
      input: attempt.message ?? attempt.reference,
      image: attempt.reference,
      ...(attempt.platform && { platform: attempt.platform }),
      pull: false,
      waits: false,
    });
    await parts.link(id, begun.id);
    await begun.finished;
  }

  return {
    newFailure(attemptId) {
      if (isStopped || waiting.length >= waitingMax) return;
      waiting.push(attemptId);
      working ??= work();
    },
    async stop() {
      isStopped = true;
      waiting.length = 0;
      await working;
    },
  };
}
