import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { registryEndpoint } from '@pull-doctor/diagnosis/reference/registry-endpoint';
import type { Discovered } from '@pull-doctor/docker-config/discover-registries';
import { watchConfig } from '@pull-doctor/docker-config/watch-config';
import type { FastifyBaseLogger } from 'fastify';
import type { LocalImage } from '../../daemon/docker-daemon.ts';
import type { Edges } from '../../edges.ts';
import type { DaemonPool, endpointOf, readSurroundings, Surroundings } from '../diagnoses/surroundings.ts';
import type { Hub } from '../live/hub.ts';
import { checkRegistry, findLogin } from './check.ts';
import { readUsers, type WatchedUser } from './config-users.ts';
import { namedInConfig, registriesOf } from './discover.ts';
import { type HostSources, hostSources } from './host-sources.ts';
import { type LiveRows, liveRows } from './live-rows.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { pacer } from './pacer.ts';
import type { PullHistory } from './pull-history.ts';
import { type Choice, type RegistriesStore, rowKey, type StoredLogin } from './registries.store.ts';
import { retryAfterMsOf } from './retry-after.ts';
import type { LastCheck, Row } from './rows.ts';
import { type CheckEnd, type Schedule, schedule } from './schedule.ts';

/** Which registries are in use, how each login stands, and the checks that find it out. */
export interface Registries {
  /** Reads what is there, watches the configuration, and begins to check. Ends when everything was read once. */
  start(): Promise<void>;
  /** Ends within 3 s, whatever runs. */
  stop(): Promise<void>;
  /** What is known, as new as it can be had without a check. */
  known(): Promise<Known>;
  /** Looks again which are in use, as after a person's decision. */
  readAgain(): Promise<void>;
  checkSoon: Schedule['checkSoon'];
  nextAt: Schedule['nextAt'];
  isRunning: Schedule['isRunning'];
}

export interface Known {
  rows: readonly Row[];
  users: readonly [WatchedUser, ...WatchedUser[]];
  choices: ReadonlyMap<string, Choice>;
  images: HostSources['images'];
  /** By folder: why the credential store of that configuration did not say what it holds. */
  storeFaults: ReadonlyMap<string, string>;
  notes: readonly string[];
}

export interface RegistriesParts {
  edges: Edges;
  host: { id: string };
  daemons: DaemonPool;
  readSurroundings: typeof readSurroundings;
  endpointOf: typeof endpointOf;
  store: RegistriesStore;
  history: PullHistory;
  hub: Hub;
  log: FastifyBaseLogger;
  /** Told of every check that ended, `failed` where the registry gave no usable answer. */
  checked: (evidence: CheckEvidence, failed: boolean) => void;
}

const tickMs = 60_000;
// One look at the daemon and the files serves all checks that begin together.
const lookValidMs = 1_000;
const lookMsMax = 5_000;
const readMsMax = 30_000;
const keptMs = 36 * 3_600_000;
const loginsAtOnce = 8;
const stopMsMax = 3_000;

export function registries(parts: RegistriesParts): Registries {
  const { edges, store, history, hub, log } = parts;
  const { config, now } = edges;
  const everySeconds = config.checkSeconds;
  const stopping = new AbortController();
  const pace = pacer();
  const writing = new Set<Promise<void>>();
  let known: Omit<Known, 'rows'> | null = null;
  let look: { at: number; seen: Promise<Look> } | null = null;
  let watching: { folders: string; ready: Promise<void>; close(): void } | null = null;
  let ticking: NodeJS.Timeout | undefined;
  let changing = new AbortController();
  const named = new Map<string, Discovered[]>();
  let usersTold = '';
  let isReached: boolean | null = null;
  let localImages: readonly LocalImage[] = [];
  let isStarted = false;
  let readAt = Number.NEGATIVE_INFINITY;

  const rows: LiveRows = liveRows({
    momentOf: ({ host }) => ({
      now: now(),
      everySeconds,
      enteredEnd: known?.choices.get(host)?.endsAt ?? null,
    }),
    store,
    write,
    hub,
    log,
    now,
  });
  const plan = schedule({
    everyMs: everySeconds === null ? null : everySeconds * 1000,
    run: check,
    now,
    clockJumped: () => {
      log.warn('the clock jumped, or the process stood still: what is due is checked one after the other');
      rows.settleAll();
    },
  });
  const readOnce = oneAtATime(readEverything);

  /** What is not written is known all the same until the next start. */
  function write(work: Promise<unknown>, host: string): void {
    const one = work.then(
      () => undefined,
      (error: unknown) => log.error({ err: error, registry: host }, 'the state of registries was not stored'),
    );
    writing.add(one);
    void one.then(() => writing.delete(one));
  }

  interface Look {
    users: Known['users'];
    surroundings: Surroundings;
  }

  function lookAround(): Promise<Look> {
    if (look && performance.now() - look.at < lookValidMs) return look.seen;
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(lookMsMax)]);
    const reading = Promise.all([readUsers(edges), parts.readSurroundings(edges, parts.daemons, signal)]);
    const seen = reading.then(([users, surroundings]) => ({ users, surroundings }));
    look = { at: performance.now(), seen };
    return seen;
  }

  /** @param rereads whether the credentials of all rows are read again, as after a change of the configuration */
  async function readEverything(rereads: boolean): Promise<void> {
    if (rereads) look = null;
    changing = new AbortController();
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(readMsMax)]);
    const [{ users, surroundings }, chosen, past] = await Promise.all([
      lookAround(),
      store.choices(),
      history.past(now()),
    ]);
    const listing = AbortSignal.any([signal, AbortSignal.timeout(lookMsMax)]);
    // A daemon that is away for a while has its images all the same.
    localImages = (await surroundings.daemon.localImages(listing)) ?? localImages;
    const ofHost = hostSources(localImages, past, surroundings.look, surroundings.daemonConfig);
    // A store that hangs must not keep a change waiting.
    const context = {
      signal: AbortSignal.any([signal, changing.signal]),
      elsewhere: config.inContainer,
    };
    const storeFaults = new Map<string, string>();
    const found = await Promise.all(
      users.map(async (user, index) => {
        const inConfig = await namedInConfig(user, named.get(user.folder) ?? [], context);
        named.set(user.folder, inConfig.registries);
        if (inConfig.storeFault) storeFaults.set(user.folder, inConfig.storeFault);
        return registriesOf(user, index === 0, inConfig.registries, ofHost, chosen);
      }),
    );
    if (stopping.signal.aborted) return;
    const isFirst = known === null;
    const states = JSON.stringify(
      users.map(({ folder, client: { file } }) => [folder, file.state, file.faults, storeFaults.get(folder)]),
    );
    // Of no registry: the board as a whole tells how each configuration was read.
    if (states !== usersTold) hub.publish({ kind: 'registry-changed', id: '' });
    usersTold = states;
    if (isReached !== null && isReached !== surroundings.look.reached)
      hub.publish({ kind: 'host-changed', id: parts.host.id });
    isReached = surroundings.look.reached;
    known = {
      users,
      choices: new Map(chosen.map((choice) => [choice.registry, choice])),
      images: ofHost.images,
      storeFaults,
      notes: surroundings.notes,
    };
    const added = rows.keep(found.flat());
    if (isFirst) await remember();
    watchFiles(users);
    plan.watch(rows.all().map(({ key, host }) => ({ key, host: placeOf(host) })));
    await readLogins(rereads ? rows.all() : added, AbortSignal.any([signal, changing.signal]));
    rows.settleAll();
    readAt = performance.now();
  }

  /** What the checks before this start found. */
  async function remember(): Promise<void> {
    for (const { folder, registry, status, since, checkedAt, checkMs, evidence } of await store.logins()) {
      const row = rows.get(rowKey(folder, registry));
      if (row)
        Object.assign(row, { status, since, last: { evidence, at: checkedAt, ms: checkMs, print: null } });
    }
  }

  function watchFiles(users: Known['users']): void {
    const paths = users.map(({ folder }) => folder);
    const folders = JSON.stringify(paths);
    if (!isStarted || watching?.folders === folders) return;
    watching?.close();
    const watcher = watchConfig(paths, () => {
      // A helper that hangs must not keep the change waiting; what it was asked is asked again.
      changing.abort();
      void read(true);
    });
    watching = { folders, ...watcher };
  }

  /** Reads the credentials of these rows; those that changed are checked at once. */
  async function readLogins(some: readonly Row[], signal: AbortSignal): Promise<void> {
    const left = [...some];
    const readNext = async (): Promise<void> => {
      for (let row = left.pop(); row && !signal.aborted; row = left.pop()) {
        const user = known?.users.find(({ folder }) => folder === row?.folder);
        if (!user) continue;
        const { login } = await findLogin(row.host, user, edges, signal);
        // A helper that was stopped says nothing about the credential.
        if (signal.aborted) return;
        const isChanged = row.login !== null && row.login.print !== login.print;
        row.login = login;
        if (!isChanged) continue;
        row.told = '';
        rows.settle(row);
        if (isStarted && everySeconds !== null) void plan.checkSoon(row.key);
      }
    };
    await Promise.all(Array.from({ length: loginsAtOnce }, readNext));
  }

  async function check(key: string, stop: AbortSignal, isAskedFor: boolean): Promise<CheckEnd> {
    const row = rows.get(key);
    const begun = performance.now();
    const signal = AbortSignal.any([stop, AbortSignal.timeout(config.deadlineMs)]);
    try {
      const { users, surroundings } = await lookAround();
      const user = users.find(({ folder }) => folder === row?.folder);
      if (!row || !user) return nothingSeen;
      const loginBefore = row.login;
      const context = { edges, endpointOf: parts.endpointOf, pacer: pace };
      const checked = await checkRegistry(row, user, surroundings, context, signal);
      // Cut off by the end of the server it says nothing; and what nobody watches any more is not kept.
      if (stop.aborted || rows.get(key) !== row) return nothingSeen;
      row.last = {
        evidence: checked.evidence,
        at: now(),
        ms: performance.now() - begun,
        print: checked.login.print,
      };
      // What was read again meanwhile is newer.
      if (row.login === loginBefore) row.login = checked.login;
      const { why } = rows.settle(row, isAskedFor ? 'at-once' : 'in-a-while');
      write(store.record(asStored(row, row.last), why), row.host);
      const failed = row.status === 'unreachable';
      parts.checked(checked.evidence, failed);
      return { failed, retryAfterMs: retryAfterMsOf(checked.evidence) };
    } catch (error) {
      if (!stop.aborted) log.error({ err: error, registry: row?.host }, 'a check was cut off by a fault');
      throw error;
    }
  }

  async function read(rereads: boolean): Promise<void> {
    try {
      await readOnce(rereads);
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ err: error }, 'the registries in use were not read');
    }
  }

  async function prune(): Promise<void> {
    const before = new Date(now().getTime() - keptMs);
    const watched = new Set(rows.all().map(({ key }) => key));
    while (!stopping.signal.aborted && (await store.prune(before, watched))) await sleep(50);
  }

  return {
    async start() {
      isStarted = true;
      plan.start();
      rows.start();
      // What changes from here on is told; what is there is read below.
      watchFiles(await readUsers(edges));
      await watching?.ready;
      ticking = setInterval(() => {
        void read(false);
        write(prune(), '');
      }, tickMs);
      ticking.unref();
      await read(true);
    },
    async stop() {
      stopping.abort();
      clearInterval(ticking);
      rows.stop();
      watching?.close();
      const ended = plan.stop().then(() => Promise.all(writing));
      await Promise.race([ended, sleep(stopMsMax, undefined, { ref: false })]);
    },
    async known() {
      // Once it watches, it knows; before, it looks when it is asked.
      if (known === null || (!isStarted && performance.now() - readAt > lookValidMs)) await readOnce(false);
      if (known === null) throw new Error('the registries in use were not read');
      return { ...known, rows: rows.all() };
    },
    readAgain: () => readOnce(false),
    checkSoon: plan.checkSoon,
    nextAt: plan.nextAt,
    isRunning: plan.isRunning,
  };
}

const nothingSeen: CheckEnd = { failed: false, retryAfterMs: null };

function asStored({ folder, host, status, since }: Row, { evidence, at, ms }: LastCheck): StoredLogin {
  return { folder, registry: host, status, since: since ?? at, checkedAt: at, checkMs: ms, evidence };
}

/** Two rows of one place share its limits, whatever they are called. */
function placeOf(host: string): string {
  const { host: name, port } = registryEndpoint(host);
  return `${name}:${port}`;
}
