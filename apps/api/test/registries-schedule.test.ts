import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atOnceMax, nextDueAt, type Planned, pick, spread } from '../src/features/registries/plan.ts';
import { type CheckEnd, type Schedule, schedule } from '../src/features/registries/schedule.ts';

const half = () => 0.5;
const row = (key: string, more: Partial<Planned> = {}): Planned => ({
  key,
  host: key,
  dueAt: 0,
  urgent: false,
  ...more,
});
const keys = (rows: readonly Planned[]) => rows.map(({ key }) => key);

describe('which checks begin', () => {
  it('those that are due, the longest first; and it looks again when the next one is', () => {
    const rows = [row('b', { dueAt: 5 }), row('a', { dueAt: 3 }), row('c', { dueAt: 90 })];
    expect(pick(rows, new Map(), 10, 0)).toMatchObject({ wakeAt: 90 });
    expect(keys(pick(rows, new Map(), 10, 0).start)).toEqual(['a', 'b']);
  });

  it('what a person waits for goes first, also where nothing is due by itself', () => {
    const rows = [row('a', { dueAt: 3 }), row('b', { dueAt: null, urgent: true })];
    expect(keys(pick(rows, new Map(), 10, 0).start)).toEqual(['b', 'a']);
  });

  it('two at once for each host, whoever they are for, and a row never twice', () => {
    const rows = ['1', '2', '3', '4'].map((key) => row(key, { host: 'ghcr.io' }));
    expect(keys(pick(rows, new Map(), 10, 0).start)).toEqual(['1', '2']);
    expect(keys(pick(rows, new Map([['1', 'ghcr.io']]), 10, 0).start)).toEqual(['2']);
    expect(pick(rows, new Map([['1', 'ghcr.io']]), 10, 0).wakeAt).toBeNull();
  });

  it('no more than as many at once as there are sockets for', () => {
    const rows = Array.from({ length: 200 }, (_, index) => row(String(index)));
    expect(pick(rows, new Map(), 10, 0).start).toHaveLength(atOnceMax);
  });

  it('only what a person waits for while it pauses', () => {
    const rows = [row('a'), row('b', { urgent: true })];
    expect(pick(rows, new Map(), 10, 50)).toMatchObject({ start: [{ key: 'b' }], wakeAt: 50 });
  });
});

describe('the first checks of all', () => {
  it('begin one after the other: 200 within 20 s, and no three within 200 ms', () => {
    const times = spread(200, 1000, 300_000, Math.random);
    expect(times[0]).toBe(1000);
    expect(times.at(-1)).toBeLessThanOrEqual(21_000);
    for (let index = 3; index < times.length; index += 1)
      expect((times[index] ?? 0) - (times[index - 3] ?? 0)).toBeGreaterThan(200);
  });

  it('begin within two seconds where there are a few', () => {
    expect(spread(6, 0, 300_000, half).at(-1)).toBeLessThan(2000);
  });
});

describe('the next check', () => {
  const next = (more: Partial<Parameters<typeof nextDueAt>[0]>) =>
    nextDueAt({ endedAt: 0, everyMs: 300_000, failures: 0, retryAfterMs: null, random: half, ...more }) /
    1000;

  it('comes after the interval, give or take a tenth', () => {
    expect(next({})).toBe(300);
    expect(next({ random: () => 0 })).toBe(270);
    expect(next({ random: () => 0.999 })).toBeCloseTo(330, 0);
  });

  it('waits longer the longer a registry is down, yet not until the last result is too old to count', () => {
    expect([1, 2, 3, 10].map((failures) => next({ failures }))).toEqual([300, 600, 750, 750]);
    expect(next({ failures: 10, random: () => 0.999 })).toBeLessThan(900);
  });

  it('comes no earlier than the registry asked for, and within a day whatever it asks for', () => {
    expect(next({ retryAfterMs: 1_200_000 })).toBeGreaterThanOrEqual(1200);
    expect(next({ retryAfterMs: 5_000 })).toBe(300);
    expect(next({ retryAfterMs: 1e12 })).toBeLessThan(86_400);
  });
});

describe('the schedule', () => {
  let checked: { key: string; at: number }[];
  let jumps: number;
  let end: (key: string) => CheckEnd;
  let checkMs: number;
  let plan: Schedule;
  const open = (everyMs: number | null = 300_000) =>
    schedule({
      everyMs,
      now: () => new Date(),
      random: half,
      clockJumped: () => {
        jumps += 1;
      },
      run: async (key, signal) => {
        checked.push({ key, at: performance.now() });
        await new Promise((resolve) => {
          setTimeout(resolve, checkMs);
          signal.addEventListener('abort', resolve);
        });
        return end(key);
      },
    });
  const watch = (...hosts: string[]) => plan.watch(hosts.map((host) => ({ key: host, host })));
  const countOf = (key: string) => checked.filter((one) => one.key === key).length;

  beforeEach(() => {
    vi.useFakeTimers();
    checked = [];
    jumps = 0;
    checkMs = 100;
    end = () => ({ failed: false, retryAfterMs: null });
    plan = open();
  });
  afterEach(async () => {
    const stopped = plan.stop();
    await vi.runAllTimersAsync();
    await stopped;
    vi.useRealTimers();
  });

  it('checks every registry once an interval', async () => {
    plan.start();
    watch('a', 'b', 'c');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(checked.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    await vi.advanceTimersByTimeAsync(302_000);
    expect(checked).toHaveLength(6);
    expect(plan.nextAt('a')?.getTime()).toBeGreaterThan(Date.now() + 290_000);
  });

  it('checks nothing by itself before the start, nor where checks are off; but what is asked for', async () => {
    watch('a');
    await vi.advanceTimersByTimeAsync(1_000_000);
    const off = open(null);
    off.start();
    off.watch([{ key: 'b', host: 'b' }]);
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(checked).toEqual([]);
    expect([plan.nextAt('a'), off.nextAt('b')]).toEqual([null, null]);
    const asked = off.checkSoon('b');
    await vi.advanceTimersByTimeAsync(200);
    await asked;
    expect(checked.map(({ key }) => key)).toEqual(['b']);
    await off.stop();
  });

  it('does not check what nobody uses any more', async () => {
    plan.start();
    watch('a', 'b');
    await vi.advanceTimersByTimeAsync(2_000);
    watch('b');
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(countOf('a')).toBe(1);
    expect(countOf('b')).toBe(4);
  });

  it('checks a new one at once', async () => {
    plan.start();
    watch('a');
    await vi.advanceTimersByTimeAsync(60_000);
    watch('a', 'new');
    await vi.advanceTimersByTimeAsync(10);
    expect(countOf('new')).toBe(1);
    expect(countOf('a')).toBe(1);
  });

  it('answers who asks with a check that began after the question', async () => {
    plan.start();
    watch('a');
    await vi.advanceTimersByTimeAsync(50);
    expect(plan.isRunning('a')).toBe(true);
    let isTold = false;
    const asked = plan.checkSoon('a').then(() => {
      isTold = true;
    });
    await vi.advanceTimersByTimeAsync(60);
    expect(isTold).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    await asked;
    expect(countOf('a')).toBe(2);
  });

  it('says whether somebody waits for a check', async () => {
    const asked: boolean[] = [];
    const told = schedule({
      everyMs: 300_000,
      now: () => new Date(),
      clockJumped: () => undefined,
      run: async (_, __, isAskedFor) => {
        asked.push(isAskedFor);
        return { failed: false, retryAfterMs: null };
      },
    });
    told.start();
    told.watch([{ key: 'a', host: 'a' }]);
    await vi.advanceTimersByTimeAsync(10);
    await told.checkSoon('a');
    expect(asked).toEqual([false, true]);
    await told.stop();
  });

  it('lets nobody wait for a row that is gone', async () => {
    plan.start();
    checkMs = 1_000;
    watch('a');
    await vi.advanceTimersByTimeAsync(1);
    const asked = plan.checkSoon('a');
    watch();
    await asked;
  });

  it('asks a registry that is down less often, and as before once it answers', async () => {
    plan.start();
    watch('a');
    end = () => ({ failed: true, retryAfterMs: null });
    await vi.advanceTimersByTimeAsync(3_600_000);
    const down = countOf('a');
    expect(down).toBeLessThan(7);
    end = () => ({ failed: false, retryAfterMs: null });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(countOf('a') - down).toBeGreaterThanOrEqual(10);
  });

  it('honours Retry-After', async () => {
    plan.start();
    watch('a');
    end = () => ({ failed: false, retryAfterMs: 3_600_000 });
    await vi.advanceTimersByTimeAsync(3_590_000);
    expect(countOf('a')).toBe(1);
  });

  it('goes on after a check that throws', async () => {
    plan.start();
    watch('a');
    end = () => {
      throw new Error('a fault of ours');
    };
    await vi.advanceTimersByTimeAsync(700_000);
    expect(countOf('a')).toBeGreaterThan(1);
  });

  it.each([
    ['forward', 3 * 3_600_000],
    ['back', -3_600_000],
  ])('pauses when the clock jumps %s, then goes on one after the other', async (_, jumpMs) => {
    plan.start();
    watch(...Array.from({ length: 20 }, (_, index) => `r${index}`));
    // Everything is due within the next seconds.
    await vi.advanceTimersByTimeAsync(299_000);
    checked = [];
    vi.setSystemTime(Date.now() + jumpMs);
    const jumpedAt = performance.now();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(jumps).toBe(1);
    expect(checked.length).toBeGreaterThanOrEqual(20);
    const starts = checked.map(({ at }) => at);
    expect((starts[0] ?? 0) - jumpedAt).toBeGreaterThanOrEqual(5_000);
    for (const at of starts)
      expect(starts.filter((other) => other >= at && other < at + 1_000).length).toBeLessThan(10);
  });

  it('stops running checks', async () => {
    plan.start();
    checkMs = 1_000_000;
    watch('a');
    await vi.advanceTimersByTimeAsync(10);
    await plan.stop();
    expect(plan.isRunning('a')).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(countOf('a')).toBe(1);
  });
});
