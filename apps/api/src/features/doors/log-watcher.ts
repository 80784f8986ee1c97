import { setTimeout as sleep } from 'node:timers/promises';
import { type HeardPull, pullsInLog } from '@pull-doctor/diagnosis/daemon-log/pulls-in-log';
import type { FastifyBaseLogger } from 'fastify';
import type { LogNews, LogSource } from '../../daemon/log/log-source.ts';
import type { Intake } from '../attempts/intake.ts';
import type { DoorBoard } from './door-board.ts';
import { attemptOfLog } from './heard-attempt.ts';
import { keepRecording } from './keep-recording.ts';

/** How the daemon is set up, as far as it changes what its lines mean. */
export interface DaemonWays {
  mirrors: string[];
  insecureRegistries: string[];
}

// So many lines, none of which is known, are no daemon's that this version understands.
const linesNotUnderstood = 200;
// Without a pull the cursor is only saved so often: lines that are read again say nothing new.
const saveMs = 1_000;
// A late line of a pull that was told must not be the first that is read after a restart: it would be taken for another.
const lateMs = 2_500;
// On a daemon that pulls without a pause some pull is always open. What was read so long ago is settled.
const settledMs = 60_000;

/**
 * Follows the daemon's log and records the pulls that it tells of. The cursor goes to disk with them, and never beyond
 * a line whose pull is not settled: a restart reads such lines again, and their keys keep them single.
 *
 * @param ways Asked before the first line, and again when `refresh` was called.
 */
export function logWatcher(
  source: LogSource,
  parts: {
    intake: Intake;
    board: DoorBoard;
    ways: () => Promise<DaemonWays>;
    nowMs: () => number;
    log: FastifyBaseLogger;
  },
) {
  const { intake, board, nowMs, log } = parts;
  let isStale = false;

  async function run(signal: AbortSignal): Promise<void> {
    const from = await intake.cursorOf(source.id);
    const news = source.follow(from, signal);
    let pulls = pullsInLog(await parts.ways());

    let stands: { open: boolean; says: string } | null = null;
    let gap = '';
    // A clock that stands still while something is written: what waits in the source meanwhile has not come late.
    let stoodMs = 0;
    const clock = () => nowMs() - stoodMs;
    const place = settledPlace(clock);
    // So that where it begins is saved at once.
    let savedMs = Number.NEGATIVE_INFINITY;
    let toldMs = Number.NEGATIVE_INFINITY;

    const show = () => {
      if (!stands) return;
      const { lines, known } = pulls.understood;
      const isUnknown = stands.open && lines >= linesNotUnderstood && known === 0;
      board.set('daemon-log', {
        state: !stands.open ? 'shut' : isUnknown ? 'not-understood' : 'open',
        says: isUnknown
          ? `${stands.says} None of its last ${lines} lines is of a form that is known, so it is not seen whether a pull fails.`
          : `${stands.says}${gap && ` ${gap}`}`,
      });
    };
    const isSettled = () => pulls.settlesAtMs === null && clock() - toldMs >= lateMs;
    const record = async (heard: readonly HeardPull[]) => {
      if (isSettled()) place.allSettled();
      const cursor = place.unsaved();
      if (heard.length === 0 && (cursor === null || nowMs() - savedMs < saveMs)) return;
      const readUpTo = cursor === null ? undefined : { source: source.id, cursor };
      const begunMs = nowMs();
      if (!(await keepRecording(intake, heard.map(attemptOfLog), readUpTo, { log, signal }))) return;
      savedMs = nowMs();
      stoodMs += savedMs - begunMs;
      place.saved();
    };

    try {
      // The next news is asked for once the last is on disk, so that nothing piles up.
      let next = news.next();
      while (!signal.aborted) {
        const one = await within(next, waitMs(), signal);
        if (one === 'time') {
          const heard = pulls.settle(clock());
          if (heard.length > 0) toldMs = clock();
          await record(heard);
          continue;
        }
        if (one.done) break;
        const heard = await take(one.value);
        show();
        await record(heard);
        next = news.next();
      }
    } finally {
      await news.return();
    }

    /** Until a pull is settled, or a cursor is to be saved. */
    function waitMs(): number {
      const never = Number.POSITIVE_INFINITY;
      const savesIn = place.unsaved() === null ? never : savedMs + saveMs - nowMs();
      const lateIn = place.isBehind() ? toldMs + lateMs - clock() : never;
      const settlesIn = pulls.settlesAtMs === null ? lateIn : pulls.settlesAtMs - clock();
      return Math.max(0, Math.min(settlesIn, savesIn));
    }

    async function take(one: LogNews): Promise<HeardPull[]> {
      if (one.kind === 'state') stands = one;
      if (one.kind === 'gap') {
        gap = one.says;
        log.warn(one.says);
      }
      if (one.kind === 'begin') place.read(one.cursor, true);
      if (one.kind !== 'lines') return [];
      const heard: HeardPull[] = [];
      for (const { at, text, cursor } of one.lines) {
        if (isStale && pulls.settlesAtMs === null) {
          isStale = false;
          pulls = pullsInLog(await parts.ways());
        }
        const settled = pulls.add({ at: at ?? new Date(nowMs()).toISOString(), text }, clock());
        if (settled.length > 0) toldMs = clock();
        heard.push(...settled);
        place.read(cursor, isSettled());
      }
      board.came('daemon-log');
      return heard;
    }
  }

  return {
    run,
    /** The daemon may be set up in another way from now on. */
    refresh() {
      isStale = true;
    },
  };
}

/** Up to which cursor every line is settled, and whether that is on disk. */
function settledPlace(nowMs: () => number) {
  let settled: string | null = null;
  let saved: string | null = null;
  let last: string | null = null;
  // One place a second, of those that may not be settled yet.
  let open: { cursor: string; readMs: number }[] = [];
  return {
    read(cursor: string | null, isSettled: boolean) {
      if (cursor === null) return;
      last = cursor;
      if (isSettled) {
        settled = cursor;
        open = [];
        return;
      }
      const readMs = nowMs();
      const lastOpen = open.at(-1);
      if (!lastOpen || readMs - lastOpen.readMs > 1_000) open.push({ cursor, readMs });
      while (open[0] && readMs - open[0].readMs > settledMs) settled = open.shift()?.cursor ?? settled;
    },
    allSettled() {
      if (last !== null) settled = last;
      open = [];
    },
    /** Something was read that is not known to be settled. */
    isBehind: () => last !== settled,
    unsaved: () => (settled === saved ? null : settled),
    saved() {
      saved = settled;
    },
  };
}

async function within<Value>(next: Promise<Value>, ms: number, signal: AbortSignal): Promise<Value | 'time'> {
  if (ms === Number.POSITIVE_INFINITY) return next;
  const stop = new AbortController();
  const either = AbortSignal.any([stop.signal, signal]);
  try {
    return await Promise.race([
      next,
      sleep(ms, 'time' as const, { signal: either }).catch(() => 'time' as const),
    ]);
  } finally {
    stop.abort();
  }
}
