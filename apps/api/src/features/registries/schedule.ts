import { nextDueAt, type Planned, pick, spread } from './plan.ts';

/** What came of one check, as far as the next one depends on it. */
export interface CheckEnd {
  /** No usable answer. */
  failed: boolean;
  retryAfterMs: number | null;
}

/** Runs the checks of every registry in use, with one timer. */
export interface Schedule {
  /** From now on rows are checked by themselves. */
  start(): void;
  /** Those that are in use: new ones are checked at once, one after the other; those that are gone no more. */
  watch(rows: readonly Pick<Planned, 'key' | 'host'>[]): void;
  /**
   * Checks a row before all others. Ends with the end of a check that begins after this call, or when the row is gone.
   */
  checkSoon(key: string): Promise<void>;
  /** Null: not by itself. */
  nextAt(key: string): Date | null;
  isRunning(key: string): boolean;
  /** Ends running checks and waits for them. */
  stop(): Promise<void>;
}

export interface ScheduleParts {
  /** Null: only what is asked for. */
  everyMs: number | null;
  /** Never to be stopped by a failure: what it throws counts as a check without an answer. */
  run: (key: string, signal: AbortSignal, isAskedFor: boolean) => Promise<CheckEnd>;
  now: () => Date;
  /** The wall clock moved by itself: times were compared with the wrong one. */
  clockJumped: () => void;
  monotonic?: () => number;
  random?: () => number;
}

interface Row extends Planned {
  failures: number;
  /** Whoever waits for a check that has not begun. */
  waiting: (() => void)[];
}

// Sleeping longer would notice a jump of the clock late.
const sleepMsMax = 15_000;
const jumpMsMin = 2_000;
// A timer that is this late: the process stood still, and everything is due at once.
const lateMsMin = 10_000;
// After a jump or a sleep the network may still be on its way up.
const pauseMs = 5_000;

export function schedule(parts: ScheduleParts): Schedule {
  const { everyMs, run, now, clockJumped } = parts;
  const monotonic = parts.monotonic ?? (() => performance.now());
  const random = parts.random ?? Math.random;
  const rows = new Map<string, Row>();
  const running = new Map<string, string>();
  const ends = new Set<Promise<void>>();
  const stopping = new AbortController();
  let isStarted = false;
  let pausedUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let wakesAt: number | null = null;
  let drift = wallMinusMonotonic();

  function wallMinusMonotonic(): number {
    return now().getTime() - monotonic();
  }

  function lookAtClocks(at: number): void {
    const isLate = wakesAt !== null && at - wakesAt > lateMsMin;
    const driftNow = wallMinusMonotonic();
    const isJump = Math.abs(driftNow - drift) > jumpMsMin;
    drift = driftNow;
    if (!isLate && !isJump) return;
    pausedUntil = at + pauseMs;
    plan([...rows.values()].filter(({ dueAt }) => dueAt !== null && dueAt <= pausedUntil));
    clockJumped();
  }

  /** These are due now; they begin one after the other. */
  function plan(due: Row[]): void {
    if (everyMs === null || !isStarted || due.length === 0) return;
    const from = Math.max(monotonic(), pausedUntil);
    const times = spread(due.length, from, everyMs, random);
    for (const [index, row] of due.entries()) row.dueAt = times[index] ?? from;
  }

  function look(): void {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    const at = monotonic();
    lookAtClocks(at);
    const { start, wakeAt } = pick(rows.values(), running, at, pausedUntil);
    for (const row of start) begin(row as Row);
    const sleepMs = Math.min(wakeAt === null ? sleepMsMax : Math.ceil(wakeAt - at), sleepMsMax);
    wakesAt = at + sleepMs;
    timer = setTimeout(look, sleepMs);
    timer.unref();
  }

  function begin(row: Row): void {
    const waiting = row.waiting.splice(0);
    row.urgent = false;
    running.set(row.key, row.host);
    const end = run(row.key, stopping.signal, waiting.length > 0)
      .catch((): CheckEnd => ({ failed: true, retryAfterMs: null }))
      .then(({ failed, retryAfterMs }) => {
        running.delete(row.key);
        row.failures = failed ? row.failures + 1 : 0;
        if (everyMs !== null && isStarted)
          row.dueAt = nextDueAt({
            endedAt: monotonic(),
            everyMs,
            failures: row.failures,
            retryAfterMs,
            random,
          });
        ends.delete(end);
        for (const done of waiting) done();
        look();
      });
    ends.add(end);
  }

  return {
    start() {
      isStarted = true;
      drift = wallMinusMonotonic();
      wakesAt = null;
      plan([...rows.values()]);
      look();
    },
    watch(inUse) {
      const wanted = new Map(inUse.map((row) => [row.key, row]));
      for (const [key, { waiting }] of rows) {
        if (wanted.has(key)) continue;
        rows.delete(key);
        for (const done of waiting) done();
      }
      const added = [...wanted.values()]
        .filter(({ key }) => !rows.has(key))
        .map(({ key, host }): Row => ({ key, host, dueAt: null, urgent: false, failures: 0, waiting: [] }));
      for (const row of added) rows.set(row.key, row);
      plan(added);
      look();
    },
    checkSoon(key) {
      const row = rows.get(key);
      if (!row || stopping.signal.aborted) return Promise.resolve();
      row.urgent = true;
      const checked = new Promise<void>((resolve) => row.waiting.push(resolve));
      look();
      return checked;
    },
    nextAt(key) {
      const dueAt = rows.get(key)?.dueAt ?? null;
      if (dueAt === null) return null;
      return new Date(now().getTime() + Math.max(0, Math.max(dueAt, pausedUntil) - monotonic()));
    },
    isRunning: (key) => running.has(key),
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      for (const { waiting } of rows.values()) for (const done of waiting.splice(0)) done();
      await Promise.all(ends);
    },
  };
}
