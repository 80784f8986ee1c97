import type { Judged } from '@pull-doctor/diagnosis/board/judge-login';
import type { FastifyBaseLogger } from 'fastify';
import type { Hub } from '../live/hub.ts';
import type { FoundRegistry } from './discover.ts';
import { type RegistriesStore, rowKey } from './registries.store.ts';
import { judge, type Moment, newRow, type Row, turnsAt } from './rows.ts';

/** The rows of every user in memory: judged as time passes, and told of when they stand otherwise. */
export interface LiveRows {
  get(key: string): Row | undefined;
  all(): Row[];
  /** Brings the rows up to what was found, and gives those that are new. */
  keep(found: readonly FoundRegistry[]): Row[];
  /** Judges a row anew. What is new of it is told at once; that it was looked at, in a while or `at-once`. */
  settle(row: Row, told?: 'at-once' | 'in-a-while'): Judged;
  settleAll(): void;
  /** From now on rows change with time alone. */
  start(): void;
  stop(): void;
}

export interface LiveRowsParts {
  momentOf: (row: Row) => Moment;
  store: Pick<RegistriesStore, 'turn'>;
  write: (work: Promise<unknown>, host: string) => void;
  hub: Hub;
  log: FastifyBaseLogger;
  now: () => Date;
}

// A configuration of this many registries is a mistake, and each costs memory and requests.
const rowsMax = 1_000;
// A timer that slept longer would wake at the wrong time after a jump of the clock.
const sleepMsMax = 60_000;
// What only got older is told together: a page then fetches all ages in one request.
const unchangedMs = 10_000;

export function liveRows({ momentOf, store, write, hub, log, now }: LiveRowsParts): LiveRows {
  const rows = new Map<string, Row>();
  const unchanged = new Set<string>();
  let unchangedTimer: NodeJS.Timeout | undefined;
  let turnTimer: NodeJS.Timeout | undefined;
  let turnsNext = Number.POSITIVE_INFINITY;
  let isRunning = false;

  const publish = (host: string) => hub.publish({ kind: 'registry-changed', id: host });

  function publishSoon(host: string): void {
    unchanged.add(host);
    if (unchangedTimer) return;
    unchangedTimer = setTimeout(() => {
      unchangedTimer = undefined;
      for (const one of unchanged) publish(one);
      unchanged.clear();
    }, unchangedMs);
    unchangedTimer.unref();
  }

  function settle(row: Row, otherwise: (host: string) => void): Judged {
    const moment = momentOf(row);
    const judged = judge(row, moment);
    for (const turn of turnsAt(judged, row, moment)) wakeAt(turn);
    if (judged.status !== row.status || row.since === null) {
      const { endsAt } = judged.end;
      // It ended when it ended, whenever that was noticed.
      const endedAt =
        judged.status === 'expired' && endsAt !== null ? Date.parse(endsAt) : Number.POSITIVE_INFINITY;
      row.since = new Date(Math.min(endedAt, moment.now.getTime()));
      row.status = judged.status;
      if (row.last) write(store.turn(row.folder, row.host, row.status, row.since), row.host);
    }
    const { status, cause, login, end, credential } = judged;
    const told = JSON.stringify([
      status,
      cause,
      login,
      end.state,
      end.endsAt,
      credential,
      row.sources,
      row.deadKeys,
    ]);
    if (told !== row.told) {
      row.told = told;
      publish(row.host);
    } else otherwise(row.host);
    return judged;
  }

  function settleAll(): void {
    for (const row of rows.values()) settle(row, () => undefined);
  }

  /** One timer for everything that happens with time alone. */
  function wakeAt(at: number): void {
    if (!isRunning || at >= turnsNext) return;
    turnsNext = at;
    clearTimeout(turnTimer);
    // A millisecond later, so that the moment has passed.
    turnTimer = setTimeout(wake, Math.max(0, at - now().getTime()) + 1);
    turnTimer.unref();
  }

  function wake(): void {
    turnsNext = Number.POSITIVE_INFINITY;
    wakeAt(now().getTime() + sleepMsMax);
    settleAll();
  }

  return {
    get: (key) => rows.get(key),
    all: () => [...rows.values()],
    keep(found) {
      if (found.length > rowsMax)
        log.warn({ found: found.length, watched: rowsMax }, 'more registries are named than are watched');
      const wanted = new Map(found.slice(0, rowsMax).map((one) => [rowKey(one.folder, one.host), one]));
      for (const [key, { host }] of rows)
        if (!wanted.has(key)) {
          rows.delete(key);
          publish(host);
        }
      const added: Row[] = [];
      for (const [key, { folder, host, sources, deadKeys }] of wanted) {
        const known = rows.get(key);
        const row = known ?? newRow(key, folder, host);
        Object.assign(row, { sources, deadKeys });
        if (known) continue;
        rows.set(key, row);
        added.push(row);
      }
      return added;
    },
    settle: (row, told = 'in-a-while') => settle(row, told === 'at-once' ? publish : publishSoon),
    settleAll,
    start() {
      isRunning = true;
      wake();
    },
    stop() {
      isRunning = false;
      clearTimeout(turnTimer);
      clearTimeout(unchangedTimer);
    },
  };
}
