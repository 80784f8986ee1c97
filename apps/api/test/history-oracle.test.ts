import { type AttemptFilter, attemptOrders, type PullAttempt } from '@pull-doctor/contract/attempts';
import { causeFacts } from '@pull-doctor/contract/causes';
import type { PullFailure } from '@pull-doctor/contract/failures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttemptOrder, attemptsStore, type Place } from '../src/features/attempts/attempts.store.ts';
import { exported } from '../src/features/attempts/export.ts';
import { failureList } from '../src/features/attempts/failure-list.store.ts';
import { hostNames } from '../src/features/attempts/host-names.ts';
import type { NewAttempt } from '../src/features/attempts/intake.ts';
import { statsStore } from '../src/features/attempts/stats.store.ts';
import { textSearch } from '../src/features/attempts/text-search.store.ts';
import { attempt, image, startHistory, type TestHistory } from './history-file.ts';

// Every filter and order against the plainest code that can be written for it, over the same 2,000 attempts.

const now = new Date('2026-11-27T12:34:56.789Z');
const messages = [
  'Error response from daemon: pull access denied for acme/api, repository does not exist',
  'Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 10.0.0.2:53: no such host',
  'manifest for acme/web:9 not found: manifest unknown: manifest unknown',
  'toomanyrequests: You have reached your pull rate limit',
  'write /var/lib/docker/tmp/x: no space left on device',
  'something nobody has seen: ÄÖ %_x "quoted"',
];
const pick = seeded(7);
let history: TestHistory;
let all: PullAttempt[];
/** The stores as they are, and as they go about it where there is too much to gather. */
let ways: Record<'few' | 'many', Pick<TestHistory, 'attempts' | 'stats' | 'failures'>>;

beforeAll(async () => {
  history = await startHistory({ now: () => now });
  const made = Array.from({ length: 2000 }, generated);
  for (let at = 0; at < made.length; at += 250) await history.intake.record(made.slice(at, at + 250));
  const rows = history.db.prepare<[], { id: string }>('SELECT id FROM PullAttempt').all();
  all = rows.map(({ id }) => history.attempts.find(id) as PullAttempt);
  const id = history.db.prepare<[], string>('SELECT min(id) FROM DockerHost').pluck().get() ?? '';
  const hosts = hostNames(history.db, { id, name: () => 'build-01' });
  const texts = textSearch(history.db);
  ways = {
    few: history,
    many: {
      attempts: attemptsStore(history.db, hosts, texts, { gathered: 0, nearest: { kinds: 150, words: 150 } }),
      stats: statsStore(history.db, hosts, texts, 0),
      failures: failureList(history.db, hosts, texts, 0),
    },
  };
});
afterAll(() => history.end());

function generated(): NewAttempt {
  const outcome = pick(['failed', 'pulled', 'pulled', 'stopped'] as const);
  const named = pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) > 0;
  const one = image(
    pick(['ghcr.io', 'docker.io', 'registry.acme.dev:5000']),
    pick(['acme/api', 'acme/web', 'library/nginx']),
    pick(['1', '2', 'latest', '2026.11']),
  );
  return attempt({
    ...(named ? one : { reference: null, canonical: null, registry: pick([null, 'ghcr.io']) }),
    outcome,
    message: outcome === 'failed' ? pick(messages) : null,
    user: pick([null, 'ci', 'alice', 'Bob']),
    client: pick([null, 'docker pull', 'compose']),
    // One door, so that none is taken for another's.
    door: pick([0, 1, 2, 3]) === 0 ? 'pasted' : 'report',
    host: pick([undefined, 'edge-01', 'edge-02']),
    startedAt: new Date(now.getTime() - pick(spread)),
    tookMs: pick([null, 0, 5, 900, 12_345]),
    bytes: pick([null, 4_000_000_000]),
  });
}

const day = 86_400_000;
const spread = Array.from(
  { length: 500 },
  (_, index) => Math.floor((index * 20 * day) / 500) + (index % 7) * 13,
);

const filters: AttemptFilter[] = [
  {},
  { from: '2026-11-20T10:00:00Z' },
  { to: '2026-11-20T10:00:00Z' },
  { from: '2026-11-20T10:17:00+02:00', to: '2026-11-24T00:00:00.001Z' },
  { host: 'build-01' },
  { host: 'edge-01' },
  { host: 'nowhere' },
  { registry: 'ghcr.io' },
  { registry: 'ghcr.io', repository: 'acme/api' },
  { repository: 'library/nginx', outcome: ['failed', 'stopped'] },
  { cause: ['rate-limited'] },
  { cause: ['rate-limited', 'dns-failure'], host: 'edge-02' },
  { family: ['network', 'none'] },
  { family: ['reference'], cause: ['tag-not-found', 'dns-failure'] },
  { family: [] },
  { outcome: ['pulled'] },
  { door: ['pasted'] },
  { door: ['pasted', 'daemon-log'], user: 'ci' },
  { user: 'alice', client: 'compose' },
  { user: 'ALICE' },
  { q: 'acme' },
  { q: 'AcMe/Api' },
  { q: 'bob' },
  { q: '%' },
  { q: '_x' },
  { q: 'ÄÖ %_x "quoted"' },
  { q: 'no such host', host: 'edge-01' },
  { q: 'no such host', from: '2026-11-22T00:00:00Z', outcome: ['failed'] },
  { q: '2026.11', door: ['report'] },
  { q: 'nothing has this' },
  { q: "'; DROP TABLE PullAttempt; --" },
];

function passes(filter: AttemptFilter, one: PullAttempt): boolean {
  const at = Date.parse(one.startedAt);
  const has = (list: readonly string[] | undefined, value: string | null) =>
    !list || (value !== null && list.includes(value));
  const is = (wanted: string | undefined, value: string | null) => wanted === undefined || wanted === value;
  const ascii = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return (
    (filter.from === undefined || at >= Date.parse(filter.from)) &&
    (filter.to === undefined || at < Date.parse(filter.to)) &&
    is(filter.host, one.host) &&
    is(filter.registry, one.registry) &&
    is(filter.repository, one.repository) &&
    is(filter.user, one.user) &&
    is(filter.client, one.client) &&
    is(filter.fingerprint, one.fingerprint) &&
    has(filter.cause, one.cause) &&
    has(filter.family, one.cause && causeFacts[one.cause].family) &&
    has(filter.outcome, one.outcome) &&
    has(filter.door, one.door) &&
    (filter.q === undefined ||
      [one.reference, one.user, one.message].some(
        (text) => text !== null && ascii(text).includes(ascii(filter.q ?? '')),
      ))
  );
}

function sorted(order: AttemptOrder, rows: PullAttempt[]): PullAttempt[] {
  const sign = order.startsWith('-') ? -1 : 1;
  const value = (one: PullAttempt) =>
    order.endsWith('took') ? one.tookMs : order.endsWith('image') ? one.reference : Date.parse(one.startedAt);
  return rows.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return a === b ? 0 : (a < b ? -1 : 1) * sign;
  });
}

function allPages(
  filter: AttemptFilter,
  order: AttemptOrder,
  limit: number,
  attempts = history.attempts,
): PullAttempt[] {
  const found: PullAttempt[] = [];
  for (let after: Place | null = null; ; ) {
    const page: ReturnType<TestHistory['attempts']['page']> = attempts.page({
      filter,
      order,
      after,
      limit,
    });
    found.push(...page.items);
    if (page.end === null) return found;
    after = page.end;
  }
}

describe('the attempts that are generated', () => {
  it('are of every kind that is asked for', () => {
    expect(all).toHaveLength(2000);
    expect(new Set(all.map(({ cause }) => cause)).size).toBeGreaterThan(5);
    const empty = filters.filter((filter) => !all.some((one) => passes(filter, one)));
    expect(empty).toEqual([
      { host: 'nowhere' },
      { family: [] },
      { user: 'ALICE' },
      { q: 'nothing has this' },
      { q: "'; DROP TABLE PullAttempt; --" },
    ]);
  });
});

describe.each(filters)('the filter %j', (filter) => {
  it.each(attemptOrders)(
    'in the order %s gives the rows that a plain filter gives, page by page',
    (order) => {
      const expected = sorted(
        order,
        all.filter((one) => passes(filter, one)),
      );
      for (const { attempts } of Object.values(ways)) {
        const found = allPages(filter, order, 97, attempts);
        expect(found.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
        // Rows that are equal in the order may come in any, the same one on every page.
        expect(sorted(order, found)).toEqual(found);
        expect(found).toEqual(expect.arrayContaining(expected.slice(0, 3)));
      }
    },
  );

  it('counts what a plain count counts', () => {
    for (const [steps, span] of [
      [48, filter],
      [7, { ...filter, from: filter.from ?? '2026-11-10T05:30:00Z' }],
      [200, { ...filter, from: '2026-11-26T09:12:13.456Z', to: '2026-11-27T11:00:00Z' }],
    ] as const) {
      const stats = ways.few.stats.read({ filter: span, steps, nowMs: now.getTime() });
      expect(ways.many.stats.read({ filter: span, steps, nowMs: now.getTime() })).toEqual(stats);
      const [from, to] = [Date.parse(stats.from), Date.parse(stats.to)];
      const within = (begin: number, end: number) =>
        all.filter((one) => {
          const at = Date.parse(one.startedAt);
          return passes({ ...span, from: undefined, to: undefined }, one) && at >= begin && at < end;
        });
      const inside = within(from, to);
      const count = (rows: PullAttempt[], outcome: string) =>
        rows.filter((one) => one.outcome === outcome).length;
      expect(stats.total).toMatchObject({
        attempts: inside.length,
        pulled: count(inside, 'pulled'),
        failed: count(inside, 'failed'),
        stopped: count(inside, 'stopped'),
      });
      expect(stats.exact).toBe(true);
      const before = within(from - (to - from), from);
      expect(stats.before).toEqual({ attempts: before.length, failed: count(before, 'failed') });
      expect(
        Object.fromEntries(stats.total.registries.map(({ registry, attempts }) => [registry, attempts])),
      ).toEqual(counts(inside.flatMap(({ registry }) => registry ?? [])));
      expect(Object.fromEntries(stats.total.hosts.map(({ host, failed }) => [host, failed]))).toMatchObject(
        counts(inside.filter(({ outcome }) => outcome === 'failed').map(({ host }) => host)),
      );
      expect(Object.fromEntries(stats.total.causes.map(({ cause, count }) => [cause, count]))).toEqual(
        counts(inside.flatMap(({ cause }) => cause ?? [])),
      );
      for (const step of stats.steps) {
        const begin = Date.parse(step.at);
        const rows = within(Math.max(begin, from), Math.min(begin + stats.stepSeconds * 1000, to));
        expect(step.pulled).toBe(count(rows, 'pulled'));
        expect(step.failed).toEqual(
          counts(
            rows.flatMap(({ outcome, cause }) =>
              outcome === 'failed' && cause ? causeFacts[cause].family : [],
            ),
          ),
        );
      }
      expect(stats.steps.length).toBeLessThanOrEqual(steps + 1);
    }
  });
});

describe('failures', () => {
  const expected = () => {
    const groups = Map.groupBy(
      all.filter(({ outcome }) => outcome === 'failed'),
      ({ cause, registry, repository, host }) => JSON.stringify([cause, registry, repository, host]),
    );
    return [...groups.values()].map((rows) => {
      const times = rows.map(({ startedAt }) => startedAt).sort();
      const [first, last] = [times[0] ?? '', times.at(-1) ?? ''];
      const { registry, repository, host, cause } = rows[0] as PullAttempt;
      const worked = all
        .filter(
          (one) =>
            one.outcome === 'pulled' &&
            one.registry === registry &&
            one.repository === repository &&
            one.host === host &&
            repository !== null,
        )
        .map(({ startedAt }) => startedAt)
        .sort();
      const fixedAt = worked.find((time) => time > last) ?? null;
      const isRecent = Date.parse(last) >= now.getTime() - day;
      const cameBack = worked.some((time) => time > first && time < last);
      return {
        ...{ registry, repository, host, cause },
        count: rows.length,
        firstSeenAt: first,
        lastSeenAt: last,
        imageCount: new Set(rows.flatMap(({ reference }) => reference ?? [])).size,
        images: lastOf(rows, ({ reference }) => reference),
        users: lastOf(rows, ({ user }) => user),
        state: fixedAt ? 'fixed' : !isRecent ? 'quiet' : cameBack ? 'came-back' : 'open',
        fixedAt,
        hourly: Array.from({ length: 24 }, (_, index) => {
          const hour = Math.floor(now.getTime() / 3_600_000) - 23 + index;
          return rows.filter(({ startedAt }) => Math.floor(Date.parse(startedAt) / 3_600_000) === hour)
            .length;
        }),
      };
    });
  };
  const listed = (filter: object, states?: PullFailure['state'][]) => {
    const found: PullFailure[] = [];
    type After = Parameters<TestHistory['failures']['page']>[0]['after'];
    for (let after: After = null; ; ) {
      const asked = { filter, states, after, limit: 7, nowMs: now.getTime() };
      const page: ReturnType<TestHistory['failures']['page']> = history.failures.page(asked);
      expect(ways.many.failures.page(asked)).toEqual(page);
      found.push(...page.items);
      if (page.end === null) return found;
      after = page.end;
    }
  };
  const byName = (one: {
    cause: string | null;
    host: string;
    registry: string | null;
    repository: string | null;
  }) => JSON.stringify([one.cause, one.registry, one.repository, one.host]);

  it('are what grouping the attempts gives', () => {
    const found = listed({});
    expect(found.map(({ lastSeenAt }) => lastSeenAt)).toEqual(
      found
        .map(({ lastSeenAt }) => lastSeenAt)
        .toSorted()
        .toReversed(),
    );
    expect(
      found
        .toSorted((a, b) => (byName(a) < byName(b) ? -1 : 1))
        .map(({ fixed, ...one }) => ({ ...one, fixedAt: fixed?.at ?? null })),
    ).toMatchObject(expected().toSorted((a, b) => (byName(a) < byName(b) ? -1 : 1)));
    expect(new Set(found.map(({ state }) => state)).size).toBeGreaterThan(1);
  });

  it('are filtered as their attempts are', () => {
    const groups = expected();
    const names = (
      rows: { cause: string | null; host: string; registry: string | null; repository: string | null }[],
    ) => rows.map(byName).sort();
    for (const state of ['open', 'quiet', 'fixed', 'came-back'] as const)
      expect(names(listed({}, [state]))).toEqual(names(groups.filter((one) => one.state === state)));
    expect(names(listed({ host: 'edge-01', family: ['network'] }))).toEqual(
      names(
        groups.filter(
          ({ host, cause }) => host === 'edge-01' && cause && causeFacts[cause].family === 'network',
        ),
      ),
    );
    const q = 'latest';
    const withWords = new Set(
      all.filter((one) => one.outcome === 'failed' && passes({ q }, one)).map(byName),
    );
    expect(names(listed({ q }))).toEqual([...withWords].sort());
    const [from, to] = ['2026-11-20T10:00:00Z', '2026-11-20T16:00:00Z'];
    const inSpan = new Set(
      all.filter((one) => one.outcome === 'failed' && passes({ from, to }, one)).map(byName),
    );
    expect(names(listed({ from, to }))).toEqual([...inSpan].sort());
  });

  it('are what their attempts carry as fingerprint', () => {
    for (const { fingerprint, lastAttemptId, count } of listed({})) {
      expect(history.failures.find(fingerprint, now.getTime())).toMatchObject({ lastAttemptId, count });
      expect(all.filter((one) => one.fingerprint === fingerprint)).toHaveLength(count);
      expect(allPages({ fingerprint }, '-time', 50)[0]?.startedAt).toBe(
        history.attempts.find(lastAttemptId)?.startedAt,
      );
    }
  });
});

describe('an export', () => {
  it('holds every row that the filter lets through, once, newest first', async () => {
    const filter = { registry: 'ghcr.io' };
    const pieces: string[] = [];
    for await (const piece of exported(history.attempts, filter, 'jsonl')) pieces.push(piece);
    const rows = pieces
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toEqual(allPages(filter, '-time', 200));
    expect(rows).toHaveLength(all.filter((one) => passes(filter, one)).length);
  });
});

describe('pages while rows arrive', () => {
  it.each(attemptOrders)('in the order %s skip none and show none twice', async (order) => {
    const own = await startHistory({ now: () => now });
    const record = (count: number) => own.intake.record(Array.from({ length: count }, generated));
    await record(300);
    const before = own.db.prepare<[], { id: string }>('SELECT id FROM PullAttempt').all();
    const seen: string[] = [];
    for (let after: Place | null = null; ; ) {
      const page: ReturnType<TestHistory['attempts']['page']> = own.attempts.page({
        filter: {},
        order,
        after,
        limit: 20,
      });
      seen.push(...page.items.map(({ id }) => id));
      if (page.end === null) break;
      after = page.end;
      await record(5);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
    await own.end();
  });
});

/** The five names that came last, the last one first. */
function lastOf(rows: PullAttempt[], nameOf: (one: PullAttempt) => string | null): string[] {
  const last = new Map<string, string>();
  for (const one of rows) {
    const name = nameOf(one);
    if (name !== null && one.startedAt > (last.get(name) ?? '')) last.set(name, one.startedAt);
  }
  return [...last]
    .sort(([name, time], [other, otherTime]) =>
      time === otherTime ? (name < other ? -1 : 1) : time > otherTime ? -1 : 1,
    )
    .slice(0, 5)
    .map(([name]) => name);
}

function counts(names: string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of names) found[name] = (found[name] ?? 0) + 1;
  return found;
}

/** Chooses alike in every run. */
function seeded(seed: number): <Value>(from: readonly Value[]) => Value {
  let state = seed;
  return (from) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return from[Math.floor((state / 2_147_483_648) * from.length)] as (typeof from)[number];
  };
}
