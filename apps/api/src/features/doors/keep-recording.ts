import type { FastifyBaseLogger } from 'fastify';
import type { Intake, NewAttempt, Recorded } from '../attempts/intake.ts';
import { backOff } from './back-off.ts';

const togetherMax = 500;

/**
 * Records until it is on disk, or the signal ends it: what was heard waits meanwhile, and its source is not read on.
 *
 * @returns Null where the signal came first; then nothing was recorded.
 */
export async function keepRecording(
  intake: Intake,
  attempts: readonly NewAttempt[],
  readUpTo: { source: string; cursor: string } | undefined,
  { log, signal }: { log: FastifyBaseLogger; signal: AbortSignal },
): Promise<Recorded[] | null> {
  const again = backOff(signal);
  const results: Recorded[] = [];
  let isTold = false;
  while (!signal.aborted)
    try {
      // In parts, since a transaction holds up others; the last has the place, so a restart repeats parts at most.
      while (attempts.length - results.length > togetherMax)
        results.push(...(await intake.record(attempts.slice(results.length, results.length + togetherMax))));
      results.push(...(await intake.record(attempts.slice(results.length), readUpTo)));
      return results;
    } catch (error) {
      // Once: the page says for how long.
      if (!isTold)
        log.error({ err: error }, 'pulls that the daemon told of cannot be recorded; they are kept');
      isTold = true;
      await again.wait();
    }
  return null;
}
