/** What is used of the browser; a test brings its own. */
export interface Clocks {
  wall: () => number;
  monotonic: () => number;
  isHidden: () => boolean;
}

const browser: Clocks = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  isHidden: () => document.hidden,
};

const lookMs = 2000;
// a busy page may be late by some seconds; a suspended machine by more
const gapMs = 10_000;
const driftMs = 5000;

/**
 * Tells when the machine has slept: where time passed that the monotonic clock did not count, or where a look of every
 * two seconds came much too late on a page that is seen. A page in the background is slowed down by the browser, and
 * that alone is no sleep.
 *
 * @returns how to end it.
 */
export function watchForSleep(onWake: () => void, clocks: Clocks = browser): () => void {
  let wall = clocks.wall();
  let monotonic = clocks.monotonic();
  let wasHidden = clocks.isHidden();
  const timer = setInterval(() => {
    const passed = clocks.wall() - wall;
    const drift = passed - (clocks.monotonic() - monotonic);
    const isGap = passed > gapMs && !wasHidden && !clocks.isHidden();
    wall += passed;
    monotonic = clocks.monotonic();
    wasHidden = clocks.isHidden();
    if (isGap || drift > driftMs) onWake();
  }, lookMs);
  return () => clearInterval(timer);
}
