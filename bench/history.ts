import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '@pull-doctor/testkit/child-process';
import { type Figure, median } from './figures.ts';
import { killsUnderIntake } from './history-kills.ts';
import { fillHistory } from './history-million.ts';
import { type HistoryServer, startOn } from './history-server.ts';

const attempts = 1_000_000;
const rounds = 40;
const reportsPerSecond = 50;

/** One question to the history: at the API, and as SQL for the shell, of which the best is taken that one can write. */
interface Question {
  what: string;
  limitMs: number;
  addresses: string[];
  sql: string[];
}

/** A million attempts in the file: what asking takes while more are recorded, what recording takes, and what a kill costs. */
export async function pullHistory(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pull-doctor-bench-'));
  try {
    return [
      ...(await questions(path.join(folder, 'million'))),
      ...(await intake(path.join(folder, 'intake'))),
      ...(await killsUnderIntake(path.join(folder, 'kills'), 100)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function questions(data: string): Promise<Figure[]> {
  const empty = await startOn(data);
  await empty.stop();
  const begun = performance.now();
  fillHistory(empty.file, attempts, Date.now());
  const { size } = await stat(empty.file);
  console.log(
    `${attempts} attempts made in ${Math.round((performance.now() - begun) / 1000)} s; the file has ${Math.round(size / 1024 / 1024)} MB`,
  );
  const server = await startOn(data);
  const figures: Figure[] = [
    {
      what: 'start with a million attempts',
      measured: server.readyMs / 1000,
      limit: 2,
      unit: 's',
      detail: 'to /readyz',
    },
  ];
  const stop = new AbortController();
  const reporting = keepReporting(server, stop.signal);
  try {
    for (const question of asked(Date.now())) figures.push(...(await measure(server, question)));
  } finally {
    stop.abort();
    console.log(`${await reporting} attempts were reported meanwhile`);
    await server.stop();
  }
  return figures;
}

async function measure(
  server: HistoryServer,
  { what, limitMs, addresses, sql }: Question,
): Promise<Figure[]> {
  const each: number[][] = addresses.map(() => []);
  for (const address of addresses) await server.get(address);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, address] of addresses.entries()) {
      const begun = performance.now();
      await server.get(address);
      each[index]?.push(performance.now() - begun);
    }
  const all = each.flat();
  const figures: Figure[] = [
    {
      what: `${what}, p95`,
      measured: percentile(all, 95),
      limit: limitMs,
      unit: 'ms',
      detail: `p50 ${median(all).toFixed(1)} ms; ${all.length} requests`,
    },
  ];
  const shell = await inShell(server.file, sql);
  if (!shell) return figures;
  const ours = each.map(median);
  const sum = (values: number[]) => values.reduce((before, value) => before + value, 0);
  const list = (values: number[]) => values.map((value) => value.toFixed(1)).join(', ');
  figures.push({
    what: `${what} / sqlite3 shell`,
    measured: sum(ours) / sum(shell),
    limit: 3,
    unit: '',
    detail: `${list(ours)} ms against ${list(shell)} ms, medians of each question`,
  });
  return figures;
}

function asked(nowMs: number): Question[] {
  const iso = (ms: number) => new Date(ms).toISOString();
  const week = `from=${iso(nowMs - 7 * 86_400_000)}&to=${iso(nowMs)}`;
  const hour = Math.floor(nowMs / 3_600_000);
  const host = "(SELECT id FROM DockerHost WHERE name = 'node-7')";
  const page = (where: string) =>
    `SELECT * FROM PullAttempt WHERE seq IN (SELECT a.seq FROM PullKind k CROSS JOIN PullAttempt a ON a.kindId = k.id WHERE ${where} ORDER BY a.seq DESC LIMIT 51) ORDER BY seq DESC;`;
  const text = (words: string, where = 'true') =>
    `SELECT a.* FROM PullTextIndex i CROSS JOIN PullText t ON t.id = i.rowid CROSS JOIN PullAttempt a ON a.textId = t.id WHERE i.PullTextIndex MATCH '${trigrams(words)}' AND instr(lower(t.text), '${words}') > 0 AND ${where} ORDER BY a.seq DESC LIMIT 51;`;
  return [
    {
      what: 'filtered page',
      limitMs: 50,
      addresses: [
        '/api/v1/attempts?outcome=failed',
        '/api/v1/attempts?host=node-7&outcome=failed&family=network',
        '/api/v1/attempts?registry=ghcr.io&repository=acme/service-15',
        '/api/v1/attempts?cause=rate-limited,dns-failure&user=user-13',
        `/api/v1/attempts?${week}&door=report&client=compose&outcome=failed`,
      ],
      sql: [
        page("k.outcome = 'failed'"),
        page(
          `k.hostId = ${host} AND k.outcome = 'failed' AND k.cause IN ('dns-failure', 'connection-failure', 'proxy-failure', 'tls-untrusted', 'tls-invalid')`,
        ),
        page("k.registry = 'ghcr.io' AND k.repository = 'acme/service-15'"),
        page("k.cause IN ('rate-limited', 'dns-failure') AND k.user = 'user-13'"),
        page(
          `k.door = 'report' AND k.client = 'compose' AND k.outcome = 'failed' AND a.seq >= ${(nowMs - 7 * 86_400_000) * 2048}`,
        ),
      ],
    },
    {
      what: 'text search',
      limitMs: 150,
      addresses: [
        '/api/v1/attempts?q=service-217',
        '/api/v1/attempts?q=no%20space%20left',
        '/api/v1/attempts?q=acme/service-99:1.',
        '/api/v1/attempts?q=nothing-has-this',
        '/api/v1/attempts?q=user-13&outcome=failed',
      ],
      sql: [
        text('service-217'),
        text('no space left'),
        text('acme/service-99:1.'),
        text('nothing-has-this'),
        text('user-13', "a.outcome = 'failed'"),
      ],
    },
    {
      what: 'stats of 7 days',
      limitMs: 50,
      addresses: [
        `/api/v1/attempts/stats?${week}`,
        `/api/v1/attempts/stats?${week}&host=node-7`,
        `/api/v1/attempts/stats?${week}&repository=acme/service-15`,
      ],
      sql: [
        `SELECT hour / 6, hostId, registry, outcome, cause, sum(count) FROM PullHour WHERE hour >= ${hour - 168} AND hour < ${hour} GROUP BY 1, 2, 3, 4, 5;`,
        `SELECT hour / 6, hostId, registry, outcome, cause, sum(count) FROM PullHour WHERE hour >= ${hour - 168} AND hour < ${hour} AND hostId = ${host} GROUP BY 1, 2, 3, 4, 5;`,
        `SELECT k.id, a.seq / 44236800000, count(*) FROM PullKind k CROSS JOIN PullAttempt a ON a.kindId = k.id WHERE k.repository = 'acme/service-15' AND a.seq >= ${(nowMs - 7 * 86_400_000) * 2048} GROUP BY 1, 2;`,
      ],
    },
    {
      what: 'groups',
      limitMs: 100,
      addresses: [
        '/api/v1/failures',
        '/api/v1/failures?state=open,came-back&limit=200',
        '/api/v1/failures?registry=ghcr.io&family=registry',
      ],
      sql: [
        groups('true', 50),
        groups(`f.fixedAt IS NULL AND f.lastSeenAt >= '${iso(nowMs - 86_400_000)}'`, 200),
        groups(
          "f.registry = 'ghcr.io' AND f.cause IN ('plain-http-registry', 'not-a-registry', 'registry-unavailable', 'unsupported-image')",
          50,
        ),
      ],
    },
  ];
}

function groups(where: string, limit: number): string {
  const part = (kind: string) =>
    `(SELECT json_group_array(value) FROM (SELECT value FROM PullFailurePart p WHERE p.fingerprint = f.fingerprint AND kind = '${kind}' ORDER BY lastAt DESC LIMIT 5))`;
  return `SELECT f.*, ${part('image')}, ${part('user')}, (SELECT json_group_array(count) FROM (SELECT count FROM PullFailureHour h WHERE h.fingerprint = f.fingerprint ORDER BY hour DESC LIMIT 24)) FROM PullFailure f WHERE ${where} ORDER BY f.lastSeenAt DESC LIMIT ${limit};`;
}

function trigrams(words: string): string {
  const parts = Array.from({ length: Math.floor(words.length / 3) }, (_, index) =>
    words.slice(index * 3, index * 3 + 3),
  );
  return [...parts, words.slice(-3)].map((part) => `"${part}"`).join(' AND ');
}

/**
 * Milliseconds that each statement takes in a sqlite3 shell whose cache is warm, without the shell's start: the time of
 * its processor, since its clock counts whole milliseconds.
 */
async function inShell(file: string, sql: string[]): Promise<number[] | null> {
  if (!findProgram('sqlite3')) {
    console.log('the shell is not measured: sqlite3 is not installed: apt-get install sqlite3');
    return null;
  }
  const repeats = 12;
  const script = `.mode json\n.timer on\n${Array.from({ length: repeats }, () => sql.join('\n')).join('\n')}\n`;
  const shell = spawn('sqlite3', ['-readonly', file], { stdio: ['pipe', 'pipe', 'inherit'] });
  shell.stdin.end(script);
  // While it runs, attempts go on being reported, as while ours is measured.
  const output = (await shell.stdout.setEncoding('utf8').toArray()).join('');
  const times = [...output.matchAll(/^Run Time: real [\d.]+ user ([\d.]+) sys ([\d.]+)/gm)].map(
    ([, user, system]) => (Number(user) + Number(system)) * 1000,
  );
  if (times.length !== repeats * sql.length)
    throw new Error(`The shell ran ${times.length} of ${repeats * sql.length} statements.`);
  return sql.map((_, index) =>
    median(times.filter((_, at) => at >= sql.length && at % sql.length === index)),
  );
}

async function keepReporting(server: HistoryServer, signal: AbortSignal): Promise<number> {
  let count = 0;
  const begun = performance.now();
  while (!signal.aborted) {
    await server.report(Array.from({ length: 5 }, () => reportOf(count++, 'meanwhile')));
    const due = begun + (count / reportsPerSecond) * 1000;
    await sleep(Math.max(0, due - performance.now()));
  }
  return count;
}

export function reportOf(n: number, name: string) {
  const hasFailed = n % 10 === 3;
  return {
    key: `${name}-${n}`,
    reference: `ghcr.io/acme/service-${n % 300}:1.${Math.floor(n / 300)}`,
    outcome: hasFailed ? 'failed' : 'pulled',
    user: `user-${n % 40}`,
    client: 'GitHub Actions',
    tookMs: 1000 + (n % 5000),
    ...(hasFailed && {
      message: `Error response from daemon: failed to resolve reference: unexpected status from HEAD request to https://ghcr.io/v2/acme/service-${n % 300}/manifests/1: 503 Service Unavailable (request ${n})`,
    }),
  };
}

async function intake(data: string): Promise<Figure[]> {
  const server = await startOn(data);
  try {
    const batches = 60;
    await server.report(Array.from({ length: 500 }, (_, index) => reportOf(index, 'warm')));
    let begun = performance.now();
    // Two at a time: while one is written the next one is read.
    let next = 0;
    const sender = async () => {
      while (next < batches) {
        const batch = next++;
        await server.report(
          Array.from({ length: 500 }, (_, index) => reportOf(batch * 500 + index, 'batch')),
        );
      }
    };
    await Promise.all([sender(), sender()]);
    const inBatches = (batches * 500) / ((performance.now() - begun) / 1000);
    begun = performance.now();
    const singles = 1500;
    for (let n = 0; n < singles; n += 1) await server.report(reportOf(n, 'single'));
    const oneByOne = singles / ((performance.now() - begun) / 1000);
    const { kept } = await server.get<{ kept: { attempts: number } }>('/api/v1/history');
    const expected = 500 + batches * 500 + singles;
    return [
      {
        what: '3,000 attempts a second / intake in batches of 500',
        measured: 3000 / inBatches,
        limit: 1,
        unit: '',
        detail: `${Math.round(inBatches)} a second, one in ten failed, on disk`,
      },
      {
        what: '300 attempts a second / intake one by one',
        measured: 300 / oneByOne,
        limit: 1,
        unit: '',
        detail: `${Math.round(oneByOne)} a second, one after the other, each on disk`,
      },
      {
        what: 'acknowledged attempts that are not there',
        measured: expected - kept.attempts,
        limit: 0,
        unit: '',
        detail: `of ${expected}`,
      },
    ];
  } finally {
    await server.stop();
  }
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}
