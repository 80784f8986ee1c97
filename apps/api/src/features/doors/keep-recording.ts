import type { FastifyBaseLogger } from 'fastify';
import type { Intake, NewAttempt } from '../attempts/intake.ts';
import { HistoryTrouble } from '../attempts/trouble.ts';
import { backOff } from './back-off.ts';

const togetherMax = 500;
// What fails so often for no trouble of the disk fails because of what it is.
const triesMax = 3;

/**
 * Records until it is on disk, or the signal ends it: what was heard waits meanwhile, and its source is not read on. One
 * pull that can never be recorded is told in the log and left out, so that it does not hold up all that follow.
 *
 * @returns False where the signal came first; a part of it may be recorded then, and the place is not.
 */
export async function keepRecording(
  intake: Intake,
  attempts: readonly NewAttempt[],
  readUpTo: { source: string; cursor: string } | undefined,
  { log, signal }: { log: FastifyBaseLogger; signal: AbortSignal },
): Promise<boolean> {
  const again = backOff(signal);
  let done = 0;
  let size = togetherMax;
  let failed = 0;
  while (!signal.aborted) {
    const part = attempts.slice(done, done + size);
    const isLast = done + part.length === attempts.length;
    try {
      await intake.record(part, isLast ? readUpTo : undefined);
      done += part.length;
      failed = 0;
      again.reset();
      if (isLast) return true;
    } catch (error) {
      const isTrouble = error instanceof HistoryTrouble;
      // Once: the page says for how long.
      if (failed === 0)
        log.error({ err: error }, 'what the daemon told of pulls cannot be recorded; it is kept');
      failed += 1;
      await again.wait();
      if (isTrouble || failed < triesMax) continue;
      failed = 0;
      again.reset();
      if (size > 1) size = 1;
      else if (part.length === 1) {
        log.error({ err: error, image: part[0]?.canonical }, 'a pull could not be recorded and is left out');
        done += 1;
      }
    }
  }
  return false;
}
