import type { DaemonConfig } from '@pull-doctor/docker-config/daemon-config';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allowance } from '../src/features/registries/allowance.ts';
import { badge } from '../src/features/registries/badge.ts';
import { hostSources } from '../src/features/registries/host-sources.ts';
import { oneAtATime } from '../src/features/registries/one-at-a-time.ts';
import { pacer } from '../src/features/registries/pacer.ts';

describe('the pace of requests', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const never = new AbortController().signal;

  it('is two a second for each host, whoever asks, and hosts do not wait for each other', async () => {
    const pace = pacer();
    const passed: { host: string; at: number }[] = [];
    const begun = performance.now();
    for (let index = 0; index < 10; index += 1)
      for (const host of ['a', 'b'])
        void pace.turn(host, never).then(() => passed.push({ host, at: performance.now() - begun }));
    await vi.advanceTimersByTimeAsync(60_000);
    for (const host of ['a', 'b']) {
      const times = passed.filter((one) => one.host === host).map(({ at }) => at);
      expect(times).toHaveLength(10);
      expect(times.slice(0, 2)).toEqual([0, 0]);
      for (let index = 2; index < 10; index += 1)
        expect((times[index] ?? 0) - (times[index - 2] ?? 0)).toBeGreaterThan(1_000);
    }
  });

  it('lets those who give up go at once', async () => {
    const pace = pacer();
    await Promise.all([pace.turn('a', never), pace.turn('a', never)]);
    const stop = new AbortController();
    const waiting = pace.turn('a', stop.signal);
    stop.abort();
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what is allowed by hand', () => {
  it('is three times at once, then once each span; each name by itself', () => {
    let at = 0;
    const checks = allowance({ atOnce: 3, eachMs: 10_000 }, () => at);
    expect([1, 2, 3, 4].map(() => checks.take('a'))).toEqual([null, null, null, 10]);
    expect(checks.take('b')).toBeNull();
    at = 9_000;
    expect(checks.take('a')).toBe(1);
    at = 10_000;
    expect([1, 2].map(() => checks.take('a'))).toEqual([null, 10]);
    at = 100_000;
    expect([1, 2, 3, 4].map(() => checks.take('a'))).toEqual([null, null, null, 10]);
  });
});

describe('work that runs once at a time', () => {
  it('runs again, once, for all who asked meanwhile, and thoroughly where one of them asked for that', async () => {
    const runs: boolean[] = [];
    let end = () => {};
    const work = oneAtATime(async (thorough) => {
      runs.push(thorough);
      await new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    const first = work(false);
    const others = [work(false), work(true), work(false)];
    expect(runs).toEqual([false]);
    end();
    await first;
    await vi.waitFor(() => expect(runs).toEqual([false, true]));
    end();
    await Promise.all(others);
    const last = work(false);
    expect(runs).toEqual([false, true, false]);
    end();
    await last;
  });

  it('runs again after a failure', async () => {
    let runs = 0;
    const work = oneAtATime(async () => {
      runs += 1;
      if (runs === 1) throw new Error('once');
    });
    const first = work(false);
    const second = work(false);
    await expect(first).rejects.toThrow('once');
    await second;
    expect(runs).toBe(2);
  });
});

describe('what this host knows of registries', () => {
  const none: DaemonConfig = {
    path: '/etc/docker/daemon.json',
    state: 'absent',
    fault: null,
    insecureRegistries: [],
    registryMirrors: [],
    proxies: null,
    dataRoot: null,
  };
  const away = { reached: false as const, failure: { code: 'other' as const, message: '', owner: null } };
  const digest = `sha256:${'0'.repeat(64)}`;

  it('is which ones images came from, and not which ones a local build only has the name of', () => {
    const { sources, images } = hostSources(
      [
        { tags: ['ghcr.io/acme/app:1', 'ghcr.io/acme/app:2'], digests: [`ghcr.io/acme/app@${digest}`] },
        { tags: ['built-here:latest'], digests: [] },
        { tags: ['retagged:1', 'quay.io/acme/web:9'], digests: [`quay.io/acme/web@${digest}`] },
        { tags: [], digests: [`registry.corp:5000/a/b@${digest}`] },
      ],
      [],
      away,
      none,
    );
    expect([...sources.keys()].sort()).toEqual(['ghcr.io', 'quay.io', 'registry.corp:5000']);
    expect(images.get('ghcr.io')?.get('acme/app')).toEqual(['1', '2']);
    expect(images.get('quay.io')?.get('acme/web')).toEqual(['9']);
    expect(sources.get('registry.corp:5000')).toEqual([
      { kind: 'local-images', says: '1 image of it is on this host.' },
    ]);
  });

  it('is mirrors and insecure registries, but no ranges of addresses and no address with a password', () => {
    const daemonConfig = {
      ...none,
      registryMirrors: ['https://mirror.corp/', 'https://user:pw@other.corp/', 'nonsense://'],
      insecureRegistries: ['10.0.0.0/8', 'registry.corp:5000', '192.0.2.7'],
    };
    const { sources } = hostSources([], [], away, daemonConfig);
    expect([...sources].map(([host, [first]]) => [host, first?.kind])).toEqual([
      ['mirror.corp', 'mirror'],
      ['registry.corp:5000', 'insecure'],
      ['192.0.2.7', 'insecure'],
    ]);
  });
});

describe('a badge', () => {
  it('has the host and the word of its status', () => {
    const svg = badge('ghcr.io', 'ok');
    expect([...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words)).toEqual([
      'ghcr.io',
      'Signed in',
    ]);
    expect(badge('ghcr.io', null)).toContain('Not watched');
  });

  it.each([
    '"><script>alert(1)</script>',
    "' onload='alert(1)",
    '</text></svg><svg onload=alert(1)>',
    '&lt;x&#x3c;',
    ']]>\u0000\u0008\ud800\ufffe',
  ])('of %j is one text and nothing else', (host) => {
    const svg = badge(host, 'ok');
    expect([...svg.matchAll(/<(\w+)/g)].map(([, tag]) => tag)).toEqual(
      [...badge('a', 'ok').matchAll(/<(\w+)/g)].map(([, tag]) => tag),
    );
    expect(svg).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)|\p{Cc}|\p{Cs}|\ufffe/u);
  });
});
