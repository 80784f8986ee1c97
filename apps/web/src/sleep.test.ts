import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchForSleep } from './sleep.ts';

describe('a machine that slept', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Clocks that are set by hand, two seconds further before each look. */
  function watched() {
    const at = { wall: 1000, monotonic: 1000, isHidden: false };
    const woke = vi.fn();
    const stop = watchForSleep(woke, {
      wall: () => at.wall,
      monotonic: () => at.monotonic,
      isHidden: () => at.isHidden,
    });
    const look = (wallMs: number, monotonicMs: number) => {
      at.wall += wallMs;
      at.monotonic += monotonicMs;
      vi.advanceTimersByTime(2000);
    };
    return { at, woke, look, stop };
  }

  it('is noticed once, by time that the monotonic clock did not count', () => {
    const { woke, look, stop } = watched();
    look(2000, 2000);
    expect(woke).not.toHaveBeenCalled();
    look(3_600_000, 2000);
    look(2000, 2000);
    expect(woke).toHaveBeenCalledTimes(1);
    stop();
  });

  it('is noticed where the monotonic clock goes on too, by a look that came too late', () => {
    const { woke, look } = watched();
    look(60_000, 60_000);
    expect(woke).toHaveBeenCalledTimes(1);
  });

  it('is not a page in the background, which the browser slows down', () => {
    const { at, woke, look } = watched();
    at.isHidden = true;
    look(2000, 2000);
    look(60_000, 60_000);
    at.isHidden = false;
    look(60_000, 60_000);
    look(2000, 2000);
    expect(woke).not.toHaveBeenCalled();
  });
});
