import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RegistryBoard } from '@pull-doctor/contract/registries';
import { configWithLogins, makeDockerConfigFolder } from '@pull-doctor/testkit/docker-config-folder';
import { type Listening, listenHttp } from '@pull-doctor/testkit/http-listener';
import { registryHandler } from '@pull-doctor/testkit/registry-server';
import { type RecordedRequest, record } from '@pull-doctor/testkit/request-log';
import type { Figure } from './figures.ts';
import { startServer } from './server.ts';

const registriesMax = 200;
const latencyMsMin = 50;
const latencyMsMax = 3_000;
const login = { user: 'alice', password: 'a-password-of-the-bench' };

/** 200 registries, each as far away as the next one is farther: how long until all were checked once, and at what cost. */
export async function watchingRegistries(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pull-doctor-bench-'));
  const slow = await Promise.all(
    Array.from({ length: registriesMax }, (_, index) =>
      // An address each: entries of one address that differ by their port look like slips of the pen.
      startSlow(
        `127.0.${1 + (index >> 7)}.${1 + (index & 127)}`,
        latencyMsMin + (index * (latencyMsMax - latencyMsMin)) / (registriesMax - 1),
      ),
    ),
  );
  const config = await makeDockerConfigFolder(folder, {
    text: configWithLogins(Object.fromEntries(slow.map(({ host }) => [host, login]))),
  });
  const server = await startServer(config.environment);
  try {
    // The first scrape begins to look at the event loop, the next one tells of the time since.
    await server.get('/metrics');
    const begun = performance.now();
    const seconds = await untilAllChecked(
      async () => JSON.parse(await server.get('/api/v1/registries')),
      begun,
    );
    const lag = /^nodejs_eventloop_lag_p99_seconds ([\d.e-]+)$/m.exec(await server.get('/metrics'))?.[1];
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1];
    const requests = slow.flatMap((one) => one.requests);
    const manifests = requests.filter(({ path }) => path.includes('/manifests/'));
    return [
      {
        what: `${registriesMax} registries, all checked`,
        measured: seconds,
        limit: 60,
        unit: 's',
        detail: `answers after ${latencyMsMin} to ${latencyMsMax} ms; ${requests.length} requests`,
      },
      {
        what: 'event loop lag meanwhile',
        measured: Number(lag) * 1000,
        limit: 50,
        unit: 'ms',
        detail: '99th percentile',
      },
      { what: 'memory meanwhile', measured: Number(peak) / 1024, limit: 200, unit: 'MB', detail: 'VmHWM' },
      {
        what: 'requests within a second, the busiest registry',
        measured: Math.max(...slow.map((one) => mostPerSecond(one.requests))),
        limit: 2,
        unit: '',
        detail: '',
      },
      { what: 'manifests asked for', measured: manifests.length, limit: 0, unit: '', detail: '' },
    ];
  } finally {
    await server.stop();
    await Promise.all(slow.map((one) => one.close()));
    await rm(folder, { recursive: true });
  }
}

async function startSlow(
  address: string,
  latencyMs: number,
): Promise<Listening & { requests: RecordedRequest[] }> {
  const requests: RecordedRequest[] = [];
  const users = { [login.user]: login.password };
  const serve = registryHandler({ auth: { kind: 'basic', realm: 'slow', users }, repositories: {} });
  const listening = await listenHttp(
    (request, response) => {
      record(requests, request);
      setTimeout(() => serve(request, response), latencyMs);
    },
    { address },
  );
  return { ...listening, requests };
}

async function untilAllChecked(read: () => Promise<RegistryBoard>, begun: number): Promise<number> {
  for (;;) {
    const { items } = await read();
    if (items.length === registriesMax && items.every(({ checkedAt }) => checkedAt !== null)) {
      const wrong = items.find(({ status }) => status !== 'ok');
      if (wrong) throw new Error(`${wrong.host} is ${wrong.status}: ${wrong.why}`);
      return (performance.now() - begun) / 1000;
    }
    if (performance.now() - begun > 180_000) throw new Error('Not all were checked within three minutes.');
    await sleep(500);
  }
}

function mostPerSecond(requests: readonly RecordedRequest[]): number {
  const times = requests.map(({ at }) => at.getTime());
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
}
