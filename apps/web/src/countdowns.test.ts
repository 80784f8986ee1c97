import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countdownText } from './ui/countdown-text.ts';

/** The part of a page that the timer listens to. */
class FakePage extends EventTarget {
  hidden = false;
  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const start = Date.parse('2026-11-24T14:32:08.000Z');

describe('the timer of all countdowns', () => {
  let page: FakePage;
  let clock: typeof import('./clock.ts');
  let countdowns: typeof import('./countdowns.ts');

  beforeEach(async () => {
    vi.useFakeTimers({ now: start });
    vi.resetModules();
    page = new FakePage();
    vi.stubGlobal('document', page);
    clock = await import('./clock.ts');
    countdowns = await import('./countdowns.ts');
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** A countdown to `leftMs` from now; what it drew. */
  function countTo(leftMs: number): { drawn: string[]; stop: () => void } {
    const drawn: string[] = [];
    const stop = countdowns.startCounter((now) => {
      const { text, changesAt } = countdownText(start + leftMs, now, false);
      drawn.push(text.replaceAll('\u00a0', ' '));
      return changesAt;
    });
    return { drawn, stop };
  }

  it('is one for all, and wakes only when a text changes', () => {
    const minutes = countTo(31 * 60_000);
    const hours = countTo(3 * 86_400_000);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(60_000 + 5);
    expect(minutes.drawn).toEqual(['31 m', '30 m', '29 m']);
    expect(hours.drawn).toEqual(['3 d 0 h', '2 d 23 h']);
    expect(vi.getTimerCount()).toBe(1);
    minutes.stop();
    hours.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('counts each second under ten minutes, and on past the end', () => {
    const { drawn, stop } = countTo(2000);
    vi.advanceTimersByTime(33_005);
    expect(drawn).toEqual(['2 s', '1 s', 'ends now', 'expired 30 s ago', 'expired 31 s ago']);
    stop();
  });

  it('rests while the page is hidden, and is right at once when it is seen again', () => {
    const { drawn, stop } = countTo(90_000);
    page.turn(true);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(drawn).toEqual(['1 m 30 s']);
    page.turn(false);
    expect(drawn).toEqual(['1 m 30 s', '30 s']);
    stop();
  });

  it('goes by the server’s time, not by the browser’s clock', () => {
    const { drawn, stop } = countTo(90_000);
    // the browser was set back by a day: nothing about the countdown changes
    vi.setSystemTime(start - 86_400_000);
    vi.advanceTimersByTime(1005);
    expect(drawn).toEqual(['1 m 30 s', '1 m 29 s', '1 m 28 s']);
    // the server says that it is 20 s later than was counted
    clock.setServerTime(new Date(start + 21_005).toISOString());
    expect(drawn.at(-1)).toBe('1 m 8 s');
    stop();
  });

  it('does not draw anew for the few milliseconds that an answer takes', () => {
    const { drawn, stop } = countTo(3_600_000);
    clock.setServerTime(new Date(start + 100).toISOString());
    expect(drawn).toEqual(['1 h 0 m']);
    stop();
  });
});
