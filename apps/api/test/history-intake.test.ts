import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announcer } from '../src/features/attempts/announce.ts';
import { fingerprint } from '../src/features/attempts/fingerprint.ts';
import { attempt, image, startHistory, type TestHistory } from './history-file.ts';

const now = new Date('2026-11-27T12:00:00Z');
const at = (seconds: number) => new Date(now.getTime() - 3_600_000 + seconds * 1000);
let history: TestHistory;
beforeEach(async () => {
  history = await startHistory({ now: () => now });
});
afterEach(() => history.end());

const rows = () => history.attempts.page({ filter: {}, order: 'time', after: null, limit: 200 }).items;
const record = async (...attempts: Parameters<typeof attempt>) => {
  const [recorded] = await history.intake.record([attempt(...attempts)]);
  if (!recorded) throw new Error('nothing was recorded');
  return recorded;
};
const failures = () =>
  history.failures.page({ filter: {}, states: undefined, after: null, limit: 50, nowMs: now.getTime() })
    .items;

describe('an attempt', () => {
  it('is on disk when it is acknowledged, with the cause that its message tells', async () => {
    const { id, state } = await record({
      message: 'manifest for ghcr.io/acme/api:1 not found: manifest unknown: manifest unknown',
    });
    expect(state).toBe('recorded');
    expect(history.db.prepare('SELECT id FROM PullAttempt').pluck().all()).toEqual([id]);
    expect(history.attempts.find(id)).toMatchObject({
      host: 'build-01',
      cause: 'tag-not-found',
      certainty: 'likely',
      registry: 'ghcr.io',
      repository: 'acme/api',
      tag: '1',
      fingerprint: expect.stringMatching(/^v1:[0-9a-f]{20}$/),
    });
  });

  it('keeps no secret, wherever it stood', async () => {
    const secret = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';
    await record({
      canonical: `alice:${secret}@ghcr.io/acme/api`,
      reference: null,
      message: `denied: token ${secret} is not valid`,
      user: `alice ${secret}`,
      client: `curl -H "Authorization: Bearer ${secret}"`,
      key: `job of ${secret}`,
      host: `build ${secret}`,
      platform: secret,
      digest: secret,
    });
    expect(await record({ key: `job of ${secret}` })).toMatchObject({ state: 'known' });
    expect(await record({ key: `job of ${secret.replace('z', 'y')}` })).toMatchObject({ state: 'recorded' });
    const tables = ['DockerHost', 'PullAttempt', 'PullKind', 'PullText', 'PullFailure', 'PullFailurePart'];
    for (const table of tables)
      expect(JSON.stringify(history.db.prepare(`SELECT * FROM ${table}`).all())).not.toContain(
        '0123456789abcdef',
      );
  });

  it('keeps 64 KB of a message whole, and of more the beginning and the end', async () => {
    const whole = `denied ${'ä'.repeat(65_529)}`;
    const { id } = await record({ message: whole });
    expect(history.attempts.find(id)?.message).toBe(whole);
    const more = await record({ message: `first ${'x'.repeat(100_000)} last` });
    const kept = history.attempts.find(more.id)?.message ?? '';
    expect(kept.length).toBeLessThanOrEqual(65_536);
    expect(kept).toMatch(/^first .*\n\[…\]\n.* last$/s);
  });

  it('of what is no image is one with that cause, its text kept', async () => {
    const { id } = await record({ reference: null, canonical: 'UPPER/Case:1', registry: null });
    expect(history.attempts.find(id)).toMatchObject({
      reference: 'UPPER/Case:1',
      repository: null,
      cause: 'invalid-reference',
      certainty: 'confirmed',
    });
  });

  it('that is told of late lies where it began, and one of the future is one of now', async () => {
    const order = [at(50), at(10), at(30), new Date('2031-01-01T00:00:00Z'), at(20)];
    for (const [index, startedAt] of order.entries())
      await record({ ...image('ghcr.io', `acme/${index}`, '1'), startedAt });
    expect(rows().map(({ repository }) => repository)).toEqual([
      'acme/1',
      'acme/4',
      'acme/2',
      'acme/0',
      'acme/3',
    ]);
    expect(rows().at(-1)?.startedAt).toBe(now.toISOString());
    expect(rows().map(({ id }) => id)).toEqual(
      rows()
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it('is one of thousands in one millisecond, each of which has its place', async () => {
    for (let batch = 0; batch < 5; batch += 1)
      await history.intake.record(
        Array.from({ length: 1000 }, () => attempt({ startedAt: at(0), door: 'pasted' })),
      );
    expect(history.db.prepare('SELECT count(*), count(DISTINCT seq) FROM PullAttempt').raw().get()).toEqual([
      5000, 5000,
    ]);
    expect(history.kept().attempts).toBe(5000);
  });

  it('of another host makes that host, once', async () => {
    for (const host of ['edge-01', 'edge-02', 'edge-01', 'build-01', undefined]) await record({ host });
    expect(
      rows()
        .map(({ host }) => host)
        .toSorted(),
    ).toEqual(['build-01', 'build-01', 'edge-01', 'edge-01', 'edge-02']);
    expect(history.db.prepare('SELECT count(*) FROM DockerHost').pluck().get()).toBe(3);
  });
});

describe('what is told again', () => {
  it('under its key is recorded once, in the same batch, later, and while it is being written', async () => {
    const twice = [attempt({ key: 'a' }), attempt({ key: 'a' }), attempt({ key: 'b' })];
    const all = await Promise.all([history.intake.record(twice), history.intake.record(twice)]);
    expect(all.map((results) => results.map(({ state }) => state))).toEqual([
      ['recorded', 'known', 'recorded'],
      ['known', 'known', 'known'],
    ]);
    expect(new Set(all.flat().map(({ id }) => id)).size).toBe(2);
    expect(rows()).toHaveLength(2);
  });

  it('is written with how far its source was read, or neither is', async () => {
    await history.intake.record([attempt({ key: 'a' })], { source: 'journal', cursor: 's=1' });
    expect(await history.intake.cursorOf('journal')).toBe('s=1');
    expect(await history.intake.cursorOf('events')).toBeNull();
    const broken = history.intake.record([attempt({ key: 'b' }), attempt({ diagnosisId: 'no-such' })], {
      source: 'journal',
      cursor: 's=2',
    });
    await expect(broken).rejects.toThrow(/FOREIGN KEY/);
    expect(await history.intake.cursorOf('journal')).toBe('s=1');
    expect(rows()).toHaveLength(1);
    await history.intake.record([], { source: 'journal', cursor: 's=3' });
    expect(await history.intake.cursorOf('journal')).toBe('s=3');
  });

  it('by one who is wrong does not take along what others tell at the same time', async () => {
    const all = await Promise.allSettled([
      history.intake.record([attempt({ key: 'a' })]),
      history.intake.record([attempt({ diagnosisId: 'no-such' })]),
      history.intake.record([attempt({ key: 'c' })]),
    ]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(rows()).toHaveLength(2);
    // What was rolled back left nothing that is counted.
    expect(history.kept().attempts).toBe(2);
    expect(await record({ key: 'd' })).toMatchObject({ state: 'recorded' });
  });
});

describe('two doors that tell of one pull', () => {
  const log = { door: 'daemon-log', message: 'dial tcp: lookup ghcr.io: no such host' } as const;

  it('make one row, in which each fills in what the other did not know', async () => {
    const first = await record({ ...log, startedAt: at(0), tookMs: 2000 });
    const second = await record({
      key: 'ci-1',
      user: 'ci',
      client: 'GitLab CI',
      message: 'pull failed',
      startedAt: at(6),
      bytes: 7,
    });
    expect(second).toEqual({ id: first.id, state: 'merged' });
    expect(rows()).toMatchObject([
      {
        door: 'daemon-log',
        user: 'ci',
        client: 'GitLab CI',
        cause: 'dns-failure',
        message: log.message,
        tookMs: 2000,
        bytes: 7,
      },
    ]);
    expect(await record({ key: 'ci-1' })).toEqual({ id: first.id, state: 'known' });
    expect(failures()).toMatchObject([{ count: 1, cause: 'dns-failure', users: ['ci'] }]);
    expect(history.kept().attempts).toBe(1);
    expect(history.db.prepare('SELECT sum(count) FROM PullHour').pluck().get()).toBe(1);
  });

  it('whichever comes first, also where the log names the registry only, or nothing', async () => {
    for (const [index, named] of [
      { ...image('ghcr.io', 'acme/api', '1') },
      { reference: null, canonical: null, registry: 'ghcr.io' },
      { reference: null, canonical: null, registry: null },
    ].entries()) {
      const base = index * 100;
      await record({ startedAt: at(base), user: 'ci' });
      expect(await record({ ...log, ...named, startedAt: at(base + 3) })).toMatchObject({ state: 'merged' });
      await record({ ...log, ...named, startedAt: at(base + 50) });
      expect(await record({ startedAt: at(base + 52), user: 'ci' })).toMatchObject({ state: 'merged' });
    }
    expect(rows().map(({ reference, user }) => [reference, user])).toEqual(
      Array.from({ length: 6 }, () => ['ghcr.io/acme/api:1', 'ci']),
    );
  });

  it('take the cause of the one whose words tell it', async () => {
    await record({ message: 'exit status 1', startedAt: at(0) });
    await record({ ...log, startedAt: at(1) });
    expect(rows()).toMatchObject([{ cause: 'dns-failure', message: log.message, door: 'report' }]);
    expect(failures()).toMatchObject([{ cause: 'dns-failure', count: 1 }]);
  });

  it('pair off one by one where an image is pulled again and again', async () => {
    for (const second of [0, 2, 4]) await record({ ...log, startedAt: at(second) });
    const merged = [];
    for (const second of [4.5, 0.5, 2.5])
      merged.push(await record({ startedAt: at(second), key: `r${second}` }));
    expect(merged.map(({ state }) => state)).toEqual(['merged', 'merged', 'merged']);
    expect(new Set(merged.map(({ id }) => id)).size).toBe(3);
    expect(await record({ startedAt: at(3), key: 'one more' })).toMatchObject({ state: 'recorded' });
  });

  it.each([
    ['another outcome', { outcome: 'pulled' as const }],
    ['another image', image('ghcr.io', 'acme/api', '2')],
    [
      'another registry, which is all that is known',
      { reference: null, canonical: null, registry: 'quay.io' },
    ],
    ['another host', { host: 'edge-01' }],
    ['more than five seconds', { startedAt: at(5.001) }],
    ['more than five seconds before', { startedAt: at(-5.001) }],
    ['the same door', { door: 'daemon-log' as const }],
    ['a pasted text', { door: 'pasted' as const }],
  ])('are two pulls where they differ by %s', async (_, other) => {
    await record({ ...log, startedAt: at(0) });
    expect(await record({ startedAt: at(0), ...other })).toMatchObject({ state: 'recorded' });
    expect(rows()).toHaveLength(2);
  });

  it('five seconds after the end of a long pull are still together', async () => {
    await record({ ...log, startedAt: at(0), tookMs: 600_000 });
    expect(await record({ startedAt: at(605) })).toMatchObject({ state: 'merged' });
    await record({ startedAt: at(1000) });
    expect(await record({ ...log, startedAt: at(300), tookMs: 695_000 })).toMatchObject({ state: 'merged' });
  });

  it('with a key each are both known by their keys', async () => {
    const { id } = await record({ ...log, key: 'log-1', startedAt: at(0) });
    await record({ key: 'ci-1', startedAt: at(0) });
    for (const key of ['log-1', 'ci-1']) expect(await record({ key })).toEqual({ id, state: 'known' });
  });
});

describe('a diagnosis that explains an attempt', () => {
  it('moves it to the failure of its cause', async () => {
    const one = await record({ message: 'exit status 1', startedAt: at(0) });
    await record({ message: 'exit status 1', startedAt: at(100) });
    await history.intake.explain(one.id, 'rate-limited', 'confirmed');
    expect(history.attempts.find(one.id)).toMatchObject({ cause: 'rate-limited', certainty: 'confirmed' });
    expect(failures().map(({ cause, count, certainty }) => [cause, count, certainty])).toEqual([
      ['unknown', 1, 'guess'],
      ['rate-limited', 1, 'confirmed'],
    ]);
    expect(failures()[0]).toMatchObject({
      firstSeenAt: at(100).toISOString(),
      lastSeenAt: at(100).toISOString(),
    });
    const stats = history.stats.read({
      filter: { from: at(-7200).toISOString() },
      steps: 48,
      nowMs: now.getTime(),
    });
    expect(stats.total.causes).toEqual([
      { cause: 'rate-limited', count: 1 },
      { cause: 'unknown', count: 1 },
    ]);
  });

  it('leaves a pull that worked as it is', async () => {
    const { id } = await record({ outcome: 'pulled', message: null });
    await history.intake.explain(id, 'rate-limited', 'confirmed');
    expect(history.attempts.find(id)).toMatchObject({ cause: null, fingerprint: null });
  });
});

describe('what is told of new attempts', () => {
  it('is the newest one, four times a second at most, the first at once', async () => {
    const told: [string, number][] = [];
    const begun = performance.now();
    const { announce, stop } = announcer((id) => told.push([id, performance.now() - begun]));
    for (let n = 0; n < 40; n += 1) {
      announce(String(n));
      await sleep(20);
    }
    await sleep(300);
    stop();
    expect(told[0]).toEqual(['0', expect.toSatisfy((ms: number) => ms < 15)]);
    expect(told.at(-1)?.[0]).toBe('39');
    expect(told.length).toBeGreaterThan(2);
    for (const [index, [, ms]] of told.entries())
      if (index > 0) expect(ms - (told[index - 1]?.[1] ?? 0)).toBeGreaterThan(240);
  });

  it('is of a batch its last one', async () => {
    const recorded = await history.intake.record([1, 2, 3].map((n) => attempt({ startedAt: at(n) })));
    expect(history.told).toEqual([recorded[2]?.id]);
  });
});

describe('a fingerprint', () => {
  const of = {
    cause: 'rate-limited',
    registry: 'docker.io',
    repository: 'library/nginx',
    hostId: 'H',
  } as const;

  it('is the same for the same, in every version of Pull Doctor', () => {
    // Changed only together with the version in front of it: stored ones would not be found any more.
    expect(fingerprint(of)).toBe('v1:5b7dfd03605c1cb9c2b7');
  });

  it('differs where one part does, and parts do not run into each other', () => {
    const others = [
      { ...of, cause: 'access-denied' as const },
      { ...of, registry: null },
      { ...of, registry: 'null' },
      { ...of, repository: 'library' },
      { ...of, hostId: 'I' },
      { ...of, registry: 'docker.io,library', repository: 'nginx' },
    ];
    expect(new Set([of, ...others].map(fingerprint)).size).toBe(7);
  });
});
