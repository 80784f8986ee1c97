import { setTimeout as sleep } from 'node:timers/promises';

/** Waits longer each time, from one second to thirty, until told that it went well. */
export function backOff(signal: AbortSignal, leastMs = 1_000, mostMs = 30_000) {
  let ms = leastMs;
  return {
    /** Ends early where the signal says so. */
    async wait(): Promise<void> {
      await sleep(ms, undefined, { signal }).catch(() => {});
      ms = Math.min(2 * ms, mostMs);
    },
    reset() {
      ms = leastMs;
    },
  };
}
