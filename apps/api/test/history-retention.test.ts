import { describe, expect, it } from 'vitest';
import { attempt, image, startHistory } from './history-file.ts';

const day = 86_400_000;

/** Every table that hangs on attempts, by what it counts. */
const left = (db: Awaited<ReturnType<typeof startHistory>>['db']) => ({
  attempts: db.prepare('SELECT count(*) FROM PullAttempt').pluck().get(),
  kinds: db.prepare('SELECT coalesce(sum(uses), 0) FROM PullKind').pluck().get(),
  texts: db.prepare('SELECT coalesce(sum(uses), 0) FROM PullText').pluck().get(),
  failures: db.prepare('SELECT count(*) FROM PullFailure').pluck().get(),
  parts: db.prepare('SELECT count(*) FROM PullFailurePart').pluck().get(),
  keys: db.prepare('SELECT count(*) FROM MergedKey').pluck().get(),
  summed: db.prepare('SELECT coalesce(sum(count), 0) FROM PullHour').pluck().get(),
});

describe('retention by age', () => {
  it('deletes rows, texts, parts and keys, keeps the sums, and says that they stand in', async () => {
    const now = new Date('2026-11-27T12:00:00Z');
    const history = await startHistory({ now: () => now, days: 30 });
    const ago = (days: number) => new Date(now.getTime() - days * day);
    const old = Array.from({ length: 700 }, (_, n) =>
      attempt({
        ...image('ghcr.io', `acme/old-${n % 5}`, `${n}`),
        startedAt: ago(40 + (n % 20)),
        message: `denied, request ${n}`,
      }),
    );
    await history.intake.record(old);
    await history.intake.record([
      attempt({ startedAt: ago(35), door: 'daemon-log', key: 'x', ...image('ghcr.io', 'acme/twice', '1') }),
      attempt({ startedAt: ago(35), key: 'y', ...image('ghcr.io', 'acme/twice', '1') }),
    ]);
    const young = [1, 2, 3].map((days) => attempt({ startedAt: ago(days) }));
    await history.intake.record([...young, attempt({ startedAt: ago(50) })]);

    expect(await history.retention.run()).toBe(702);
    expect(left(history.db)).toEqual({
      attempts: 3,
      kinds: 3,
      texts: 3,
      failures: 1,
      parts: 2,
      keys: 0,
      summed: 705,
    });
    history.db.exec("INSERT INTO PullTextIndex (PullTextIndex) VALUES ('integrity-check')");
    expect(
      history.attempts.page({ filter: { q: 'old-3' }, order: '-time', after: null, limit: 5 }).items,
    ).toEqual([]);
    const asked = {
      filter: { from: ago(100).toISOString(), to: now.toISOString() },
      steps: 100,
      nowMs: now.getTime(),
    };
    expect(history.stats.read(asked)).toMatchObject({ exact: false, total: { attempts: 705, failed: 705 } });
    const since = { ...asked, filter: { ...asked.filter, from: ago(10).toISOString() } };
    expect(history.stats.read(since)).toMatchObject({ exact: true, total: { attempts: 3 } });
    const [failure] = history.failures.page({
      filter: {},
      states: undefined,
      after: null,
      limit: 5,
      nowMs: now.getTime(),
    }).items;
    expect(failure).toMatchObject({ count: 3, imageCount: 1, firstSeenAt: ago(50).toISOString() });
    expect(history.kept()).toMatchObject({ attempts: 3, days: 30, oldestAt: ago(3).toISOString() });
    expect(await history.retention.run()).toBe(0);
    await history.end();
  });

  it('keeps sums for 400 days', async () => {
    let now = new Date('2026-11-27T12:00:00Z');
    const history = await startHistory({ now: () => now, days: 30 });
    await history.intake.record([attempt({ startedAt: now })]);
    now = new Date(now.getTime() + 399 * day);
    await history.retention.run();
    expect(left(history.db)).toMatchObject({ attempts: 0, failures: 0, summed: 1 });
    now = new Date(now.getTime() + 2 * day);
    await history.retention.run();
    expect(left(history.db)).toMatchObject({ summed: 0 });
    await history.end();
  });
});

describe('retention by size', () => {
  it('deletes the oldest rows until the file is small enough, in steps that others come between', async () => {
    const now = new Date('2026-11-27T12:00:00Z');
    const history = await startHistory({ now: () => now, megabytes: 2 });
    const made = Array.from({ length: 2000 }, (_, n) =>
      attempt({
        startedAt: new Date(now.getTime() - n * 60_000),
        door: 'pasted',
        message: `${'denied '.repeat(120)}${n}`,
      }),
    );
    for (let at = 0; at < made.length; at += 500) await history.intake.record(made.slice(at, at + 500));
    const used = () => {
      const [pages, free] = [
        history.db.pragma('page_count', { simple: true }),
        history.db.pragma('freelist_count', { simple: true }),
      ];
      return (Number(pages) - Number(free)) * 4096;
    };
    expect(used()).toBeGreaterThan(3 * 1024 * 1024);
    const deleting = history.retention.run();
    let between = 0;
    let longest = 0;
    let isDone = false;
    void deleting.then(() => {
      isDone = true;
    });
    for (let last = performance.now(); !isDone; between += 1) {
      await history.intake.record([attempt({ startedAt: now, door: 'pasted', message: 'meanwhile' })]);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    const deleted = await deleting;
    expect(deleted).toBeGreaterThan(200);
    expect(deleted % 200).toBe(0);
    expect(between).toBeGreaterThan(deleted / 200);
    expect(longest).toBeLessThan(1000);
    expect(used()).toBeLessThan(2.2 * 1024 * 1024);
    const { items } = history.attempts.page({ filter: {}, order: 'time', after: null, limit: 1 });
    expect(items[0]?.startedAt).toBe(made[made.length - deleted - 1]?.startedAt.toISOString());
    await history.end();
  });
});
