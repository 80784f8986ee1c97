import type { Page, Route } from '@playwright/test';
import type { AttemptPage, AttemptStats, PullAttempt } from '@pull-doctor/contract/attempts';
import { type Cause, causeFacts, type Family } from '@pull-doctor/contract/causes';
import type { PullFailure } from '@pull-doctor/contract/failures';
import type { HistoryState } from '@pull-doctor/contract/history';

/** A history in memory that stands in for the server's in one page. */
export interface HistoryDouble {
  attempts: PullAttempt[];
  state: HistoryState;
  /** The requests that came, as path and query. */
  asked: string[];
}

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

/**
 * Answers the history's requests of a page from memory, by the same contract as the server: a double, for what a real
 * server is not brought to in a second, such as 10,000 rows, a full disk, a door whose lines are not understood. What
 * the server itself does with filters is tested at the server.
 */
export async function doubleHistory(page: Page, attempts: PullAttempt[]): Promise<HistoryDouble> {
  const double: HistoryDouble = { attempts, state: stateOf(attempts), asked: [] };
  const answer = (route: Route, json: unknown, status = 200) => route.fulfill({ status, json });
  await page.route(/\/api\/v1\/(attempts|failures|history)(\/|\?|$)/, async (route) => {
    const url = new URL(route.request().url());
    double.asked.push(`${url.pathname}${url.search}`);
    const path = url.pathname.replace('/api/v1/', '');
    if (path === 'attempts') return answer(route, pageOf(double.attempts, url.searchParams));
    if (path === 'attempts/stats') return answer(route, statsOf(double.attempts, url.searchParams));
    if (path === 'failures')
      return answer(route, { items: failuresOf(double.attempts, url.searchParams), nextCursor: null });
    if (path === 'history') return answer(route, double.state);
    const [, kind, id = ''] = /^(attempts|failures)\/(.+)$/.exec(path) ?? [];
    const found =
      kind === 'attempts'
        ? double.attempts.find((attempt) => attempt.id === id)
        : failuresOf(double.attempts, new URLSearchParams()).find(
            ({ fingerprint }) => fingerprint === decodeURIComponent(id),
          );
    return found
      ? answer(route, found)
      : answer(
          route,
          {
            type: 'about:blank',
            title: 'Not found',
            status: 404,
            code: 'not-found',
            detail: 'There is no such attempt.',
            todo: 'See the list.',
          },
          404,
        );
  });
  return double;
}

function filtered(attempts: readonly PullAttempt[], query: URLSearchParams): PullAttempt[] {
  const from = Date.parse(query.get('from') ?? '1970-01-01T00:00Z');
  const to = Date.parse(query.get('to') ?? '2999-01-01T00:00Z');
  const list = (key: string) => query.get(key)?.split(',') ?? null;
  const [causes, families, outcomes] = [list('cause'), list('family'), list('outcome')];
  const q = query.get('q')?.toLowerCase();
  const is = (key: string, value: string | null) => query.get(key) === null || query.get(key) === value;
  return attempts.filter((attempt) => {
    const ms = Date.parse(attempt.startedAt);
    const family = attempt.cause && causeFacts[attempt.cause].family;
    return (
      ms >= from &&
      ms < to &&
      is('host', attempt.host) &&
      is('registry', attempt.registry) &&
      is('fingerprint', attempt.fingerprint) &&
      (!causes || (attempt.cause !== null && causes.includes(attempt.cause))) &&
      (!families || (family !== null && families.includes(family))) &&
      (!outcomes || outcomes.includes(attempt.outcome)) &&
      (!q || `${attempt.reference} ${attempt.user} ${attempt.message}`.toLowerCase().includes(q))
    );
  });
}

function pageOf(attempts: readonly PullAttempt[], query: URLSearchParams): AttemptPage {
  const up = query.get('sort') === 'time' ? 1 : -1;
  const all = filtered(attempts, query).sort(
    (a, b) => up * (Date.parse(a.startedAt) - Date.parse(b.startedAt)),
  );
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? 50);
  return { items: all.slice(start, end), nextCursor: end < all.length ? String(end) : null };
}

function statsOf(attempts: readonly PullAttempt[], query: URLSearchParams): AttemptStats {
  const all = filtered(attempts, query);
  const to = Date.parse(query.get('to') ?? new Date().toISOString());
  const from = Date.parse(query.get('from') ?? new Date(to - dayMs).toISOString());
  const count = Number(query.get('steps') ?? 48);
  const stepMs = Math.max(Math.round((to - from) / count / minuteMs), 1) * minuteMs;
  const start = Math.floor(from / stepMs) * stepMs;
  const steps: AttemptStats['steps'] = [];
  for (let at = start; at < to; at += stepMs)
    steps.push({ at: new Date(at).toISOString(), pulled: 0, failed: {} });
  for (const { startedAt, outcome, cause } of all) {
    const step = steps[Math.floor((Date.parse(startedAt) - start) / stepMs)];
    if (!step) continue;
    const family: Family = causeFacts[cause ?? 'unknown'].family;
    if (outcome === 'pulled') step.pulled += 1;
    if (outcome === 'failed') step.failed[family] = (step.failed[family] ?? 0) + 1;
  }
  const failed = all.filter(({ outcome }) => outcome === 'failed');
  const by = <Key extends string>(items: readonly PullAttempt[], key: (attempt: PullAttempt) => Key | null) =>
    [...Map.groupBy(items, key)]
      .flatMap(([name, group]) => (name === null ? [] : [[name, group] as const]))
      .sort((a, b) => b[1].length - a[1].length);
  const failedIn = (group: readonly PullAttempt[]) =>
    group.filter(({ outcome }) => outcome === 'failed').length;
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    stepSeconds: stepMs / 1000,
    steps,
    total: {
      attempts: all.length,
      pulled: all.filter(({ outcome }) => outcome === 'pulled').length,
      failed: failed.length,
      stopped: 0,
      causes: by(failed, ({ cause }) => cause).map(([cause, group]) => ({ cause, count: group.length })),
      registries: by(all, ({ registry }) => registry).map(([registry, group]) => ({
        registry,
        attempts: group.length,
        failed: failedIn(group),
      })),
      hosts: by(all, ({ host }) => host).map(([host, group]) => ({
        host,
        attempts: group.length,
        failed: failedIn(group),
      })),
    },
    before: { attempts: 0, failed: 0 },
    exact: true,
  };
}

function failuresOf(attempts: readonly PullAttempt[], query: URLSearchParams): PullFailure[] {
  const failed = filtered(attempts, query).filter(({ fingerprint }) => fingerprint !== null);
  return [...Map.groupBy(failed, ({ fingerprint }) => fingerprint ?? '')].flatMap(([fingerprint, group]) => {
    const [last] = group.sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
    if (!last) return [];
    const hourly = new Array<number>(24).fill(0);
    for (const { startedAt } of group) {
      const hour = 23 - Math.floor((Date.now() - Date.parse(startedAt)) / 3_600_000);
      if (hour >= 0 && hour < 24) hourly[hour] = (hourly[hour] ?? 0) + 1;
    }
    const images = [...new Set(group.flatMap(({ reference }) => reference ?? []))];
    return {
      fingerprint,
      host: last.host,
      registry: last.registry,
      repository: last.repository,
      cause: last.cause ?? ('unknown' as const),
      certainty: last.certainty,
      state: 'open' as const,
      count: group.length,
      firstSeenAt: group.at(-1)?.startedAt ?? last.startedAt,
      lastSeenAt: last.startedAt,
      images: images.slice(0, 5),
      imageCount: images.length,
      users: [],
      hourly,
      fixed: null,
      lastAttemptId: last.id,
      diagnosisId: null,
    };
  });
}

const stateOf = (attempts: readonly PullAttempt[]): HistoryState => ({
  doors: [
    {
      door: 'pull-doctor',
      state: 'open',
      says: 'Pulls that are started here.',
      unseen: null,
      since: null,
      lastAt: null,
    },
    {
      door: 'daemon-log',
      state: 'open',
      says: 'journald, unit docker.service.',
      unseen: null,
      since: null,
      lastAt: attempts[0]?.startedAt ?? null,
    },
    {
      door: 'daemon-events',
      state: 'open',
      says: 'The events of the daemon.',
      unseen: null,
      since: null,
      lastAt: null,
    },
    {
      door: 'report',
      state: 'open',
      says: 'POST /api/v1/attempts.',
      unseen: null,
      since: null,
      lastAt: null,
    },
    {
      door: 'pasted',
      state: 'open',
      says: 'Texts that a person keeps.',
      unseen: null,
      since: null,
      lastAt: null,
    },
  ],
  trouble: null,
  kept: {
    days: 90,
    megabytes: 2000,
    attempts: attempts.length,
    fileBytes: 4_200_000,
    oldestAt: attempts.at(-1)?.startedAt ?? null,
    sumsSince: null,
  },
});

/** An attempt with what is usual, `ago` in milliseconds before now. */
export function attemptOf(id: string, ago: number, parts: Partial<PullAttempt> = {}): PullAttempt {
  const { registry = 'docker.io', repository = 'library/postgres', tag = '17.2', cause = null } = parts;
  return {
    id,
    host: 'build-01',
    reference: `${registry}/${repository}:${tag}`,
    registry,
    repository,
    tag,
    digest: null,
    platform: 'linux/amd64',
    user: 'deploy',
    client: 'docker pull',
    door: 'daemon-log',
    outcome: cause ? 'failed' : 'pulled',
    cause,
    certainty: cause ? 'likely' : null,
    message: cause ? 'Error response from daemon: denied: Your authorization token has expired.' : null,
    startedAt: new Date(Date.now() - ago).toISOString(),
    tookMs: 400,
    bytes: null,
    fingerprint: cause ? `v1:${cause}:${registry}/${repository}` : null,
    diagnosisId: null,
    ...parts,
  };
}

const ecr = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

/** One afternoon of a build host: 12 repeats of one failure, others in between, and what works. */
export function storyAttempts(): PullAttempt[] {
  const failed: [number, Cause, Partial<PullAttempt>][] = [
    [
      6,
      'connection-failure',
      {
        registry: 'harbor.corp.example',
        repository: 'base/jre',
        tag: '21',
        client: 'compose',
        user: 'ci',
        tookMs: 30_000,
        message:
          'Error response from daemon: Get "https://harbor.corp.example/v2/": dial tcp 10.2.0.9:443: i/o timeout',
      },
    ],
    [
      12,
      'connection-failure',
      {
        registry: 'harbor.corp.example',
        repository: 'base/jre',
        tag: '21',
        client: 'compose',
        user: 'ci',
        tookMs: 30_000,
      },
    ],
    [
      13,
      'connection-failure',
      {
        registry: 'harbor.corp.example',
        repository: 'base/jre',
        tag: '21',
        client: 'compose',
        user: 'ci',
        tookMs: 30_000,
      },
    ],
    [22, 'credentials-invalid', { registry: 'ghcr.io', repository: 'acme/web', tag: 'main', tookMs: 600 }],
    [
      100,
      'tag-not-found',
      { registry: 'docker.io', repository: 'acme/web', tag: 'v2.19-rc', user: 'mira', tookMs: 900 },
    ],
    [
      470,
      'rate-limited',
      {
        registry: 'docker.io',
        repository: 'library/node',
        tag: '22-alpine',
        client: 'buildkit',
        user: 'ci',
        tookMs: 300,
      },
    ],
    [700, 'unknown', { registry: 'quay.io', repository: 'acme/tool', tag: '1' }],
  ];
  const attempts = failed.map(([minutes, cause, parts], index) =>
    attemptOf(`at_f${index}`, minutes * minuteMs, { ...parts, cause }),
  );
  for (let index = 0; index < 12; index += 1)
    attempts.push(
      attemptOf(`at_t${index}`, 8000 + index * 15_000, {
        registry: ecr,
        repository: 'acme/api',
        tag: '1.42.0',
        cause: 'credentials-expired',
        certainty: 'confirmed',
      }),
    );
  for (let index = 0; index < 380; index += 1)
    attempts.push(
      attemptOf(`at_p${index}`, 20_000 + index * 225_000, {
        repository: ['library/postgres', 'library/redis', 'acme/edge', 'platform/tools'][index % 4] ?? '',
        tag: `${index % 9}.${index % 5}`,
        client: index % 3 ? 'docker pull' : 'compose',
        user: index % 2 ? 'deploy' : 'ci',
        tookMs: 900 + ((index * 7919) % 14_000),
      }),
    );
  return attempts.sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
}

/** Very many attempts, one in ten failed, none a repeat of another. */
export function manyAttempts(count: number): PullAttempt[] {
  return Array.from({ length: count }, (_, index) =>
    attemptOf(`at_m${index}`, 1000 + index * 8000, {
      repository: `acme/service-${index}`,
      tag: `${index % 50}`,
      ...(index % 10 === 0 ? { cause: 'credentials-expired' as const } : {}),
    }),
  );
}
