import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { type Certificates, makeCertificates, writeCertificates } from '@pull-doctor/testkit/certificates';
import {
  configWithLogins,
  type DockerConfigFolder,
  makeDockerConfigFolder,
} from '@pull-doctor/testkit/docker-config-folder';
import { type Collector, startCollector } from '@pull-doctor/testkit/hostile/collector';
import { type HostileKind, hostileKinds, startHostileServer } from '@pull-doctor/testkit/hostile-server';
import { type Listening, listenHttp } from '@pull-doctor/testkit/http-listener';
import { type ProxyServer, startProxy } from '@pull-doctor/testkit/proxy-server';
import { answerPing } from '@pull-doctor/testkit/registry-answer';
import { startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileSockets, hostileVariants, startHostileSocket, startVariant } from './hostile-variants.ts';
import {
  forgetMemoryPeak,
  memoryIsSeen,
  memoryOf,
  type ServerProcess,
  startServerProcess,
} from './server-process.ts';

/*
 * Pull Doctor in a process of its own asks a registry that means harm, with a credential for it in config.json. Names
 * lead through a proxy, since on loopback every host would be "the registry itself"; the proxy sees where it is asked
 * to go.
 */
const registryName = 'registry.harm.test';
const collectorName = 'collector.thief.test';
const login = { user: 'alice', password: 'planted-secret-7' };
const deadlineMs = 3_000;
const growthMax = 128 * 1024 * 1024;

// It writes in a loop for HEAD, where writing never says "wait", so that the test itself would stand still;
// `hostileVariants` has one that does not.
const kinds = hostileKinds.filter((kind) => kind !== 'a body without end');
// They lead to the collector, which on loopback would be the registry itself.
const needsNames = kinds.filter((kind) => /another host|plain http|login in it/.test(kind));

let folder: string;
let certificates: Certificates;
let config: DockerConfigFolder;
let collector: Collector;
let proxy: ProxyServer;
let server: ServerProcess;
const addresses = new Map<string, { address: string; port: number }>();
const open: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(one: T): T => {
  open.push(one);
  return one;
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdh-'));
  certificates = await makeCertificates([registryName, collectorName]);
  const files = await writeCertificates(certificates, path.join(folder, 'certs'));
  collector = keep(await startCollector({ tls: certificates.good }));
  addresses.set(`${collectorName}:${collector.port}`, collector);
  proxy = keep(await startProxy({ addresses }));
  const daemon = keep(
    await startStandInDaemon({ socket: path.join(folder, 'd.sock'), httpsProxy: proxy.url }),
  );
  config = await makeDockerConfigFolder(path.join(folder, 'home'), { text: '{}' });
  const environment = {
    ...config.environment,
    SSL_CERT_FILE: files.bundle,
    DOCKER_HOST: daemon.host,
    HTTPS_PROXY: proxy.url,
  };
  server = await startServerProcess(environment, {
    PULL_DOCTOR_DEADLINE_SECONDS: String(deadlineMs / 1000),
  });
}, 30_000);

afterAll(async () => {
  await server?.stop();
  await Promise.all(open.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** By its name, over https and through the proxy. */
async function named(start: (self: () => string) => Promise<Listening>): Promise<string> {
  let port = 0;
  const listening = keep(await start(() => `https://${registryName}:${port}`));
  port = listening.port;
  addresses.set(`${registryName}:${port}`, { address: '127.0.0.1', port });
  return `${registryName}:${port}`;
}

const collectorUrl = () => `https://${collectorName}:${collector.port}`;

/** One diagnosis with a credential for this host, and everything that holds whatever the registry does. */
async function diagnoseHarm(host: string, under: ServerProcess, limitMs: number): Promise<Diagnosis> {
  writeFileSync(config.file, configWithLogins({ [host]: login }));
  collector.requests.length = 0;
  proxy.requests.length = 0;
  const before = memoryIsSeen ? memoryOf(under.pid).now : 0;
  if (memoryIsSeen) forgetMemoryPeak(under.pid);
  const alive = watchHealth(under.origin);
  const begun = performance.now();
  const { status, contentType, text, diagnosis } = await under.diagnose({ input: `${host}/team/app:1` });
  const tookMs = performance.now() - begun;
  const slowestMs = await alive.stop();

  expect(status).toBe(200);
  expect(contentType).toMatch(/^application\/json/);
  expect(Diagnosis.safeParse(diagnosis).error).toBeUndefined();
  expect(diagnosis.state).toBe('finished');
  expect(tookMs).toBeLessThan(limitMs);
  expect(slowestMs, 'milliseconds of the slowest answer of /healthz meanwhile').toBeLessThan(1_500);
  expect(collector.stolen()).toEqual([]);
  expect(text).not.toContain(login.password);
  expect(text).not.toContain(Buffer.from(`${login.user}:${login.password}`).toString('base64'));
  expect(text.length).toBeLessThan(300_000);
  // Escapes and bidirectional overrides of a registry reach no terminal and no page.
  expect(text).not.toMatch(/(?<!\\)\\u001b|\u202e/);
  if (memoryIsSeen) expect(memoryOf(under.pid).peak - before).toBeLessThan(growthMax);
  return diagnosis;
}

/** A finding with a name, or a step that failed; and never "it works". */
function expectExplained({ findings, steps, pullable }: Diagnosis): void {
  const failed = steps.filter(({ state }) => state === 'failed');
  expect(findings.length + failed.length).toBeGreaterThan(0);
  expect(findings.length).toBeGreaterThan(0);
  expect(pullable).not.toBe('yes');
}

/** Through the proxy went requests to the registry and the collector, and to nobody else. */
function expectNobodyElseAsked(): void {
  const allowed = [registryName, collectorName];
  const others = proxy.requests.filter(({ path: target }) => !allowed.includes(target.split(':')[0] ?? ''));
  expect(others.map(({ path: target }) => target)).toEqual([]);
  expect(proxy.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
}

function watchHealth(origin: string): { stop(): Promise<number> } {
  let isOver = false;
  const watching = (async () => {
    let slowestMs = 0;
    do {
      const begun = performance.now();
      const answer = await fetch(`${origin}/healthz`);
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
      slowestMs = Math.max(slowestMs, performance.now() - begun);
      await new Promise((resume) => setTimeout(resume, 50));
    } while (!isOver);
    return slowestMs;
  })();
  return {
    stop: () => {
      isOver = true;
      return watching;
    },
  };
}

describe('a registry that means harm, by its name through a proxy', () => {
  it.each(kinds)('%s', { timeout: 20_000 }, async (kind) => {
    const host = await named(() =>
      startHostileServer(kind, { tls: certificates.good, collectorUrl: collectorUrl() }),
    );
    expectExplained(await diagnoseHarm(host, server, deadlineMs + 1_500));
    expectNobodyElseAsked();
  });

  it.each(Object.keys(hostileVariants) as (keyof typeof hostileVariants)[])(
    '%s',
    { timeout: 20_000 },
    async (kind) => {
      const host = await named((self) =>
        startVariant((request, response) => {
          const places = { collector: collectorUrl(), self: self() };
          hostileVariants[kind](places)(request, response);
        }, certificates.good),
      );
      expectExplained(await diagnoseHarm(host, server, deadlineMs + 1_500));
      expectNobodyElseAsked();
    },
  );

  it('is asked with the credential where it is the one to ask, or these tests would show nothing', async () => {
    const asked: string[] = [];
    const host = await named(() =>
      startVariant((request, response) => {
        asked.push(request.headers.authorization ?? '');
        hostileVariants['a redirect to a file']({ collector: '', self: '' })(request, response);
      }, certificates.good),
    );
    await diagnoseHarm(host, server, deadlineMs);
    expect(asked).toContain(`Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`);
  });
});

describe('a registry that means harm, over plain http on loopback', () => {
  it.each(kinds.filter((kind) => !needsNames.includes(kind)))('%s', { timeout: 20_000 }, async (kind) => {
    const { host } = keep(await startHostileServer(kind, { collectorUrl: collectorUrl() }));
    expectExplained(await diagnoseHarm(host, server, deadlineMs + 1_500));
    expectNobodyElseAsked();
  });

  it.each(Object.keys(hostileSockets) as (keyof typeof hostileSockets)[])(
    '%s',
    { timeout: 20_000 },
    async (kind) => {
      const { host } = keep(await startHostileSocket(kind));
      expectExplained(await diagnoseHarm(host, server, deadlineMs + 1_500));
    },
  );
});

describe('what each is told apart as', () => {
  it.each<[HostileKind, string]>([
    ['realm on another host', 'other-domain'],
    ['realm over plain http', 'not-https'],
    ['realm on loopback', 'forbidden-address'],
    ['realm at the metadata address', 'not-https'],
    ['realm with a login in it', 'user-info'],
    ['realm is a file', 'not-an-address'],
    ['realm is no URL', 'not-an-address'],
  ])('%s: the realm is judged %s', async (kind, code) => {
    const host = await named(() =>
      startHostileServer(kind, { tls: certificates.good, collectorUrl: collectorUrl() }),
    );
    const { steps } = await diagnoseHarm(host, server, deadlineMs);
    const challenge = steps.find(({ step }) => step === 'challenge');
    expect(challenge?.evidence).toMatchObject({ realm: { allowed: false, code } });
  });
});

describe('afterwards', () => {
  it('nothing has crashed, and nothing was left in memory', () => {
    expect(server.child.exitCode).toBeNull();
    // pino's levels 50 and 60: errors.
    expect(server.child.lines.filter((line) => /"level":(?:50|60)/.test(line))).toEqual([]);
    if (memoryIsSeen) expect(memoryOf(server.pid).now).toBeLessThan(320 * 1024 * 1024);
  });

  it('a registry that is slow at everything is given up after the 15 s that are the default', {
    timeout: 40_000,
  }, async () => {
    const patient = await startServerProcess({
      ...config.environment,
      DOCKER_HOST: 'unix:///nonexistent.sock',
    });
    try {
      const slow = keep(
        await listenHttp((_, response) => void setTimeout(() => answerPing(response), 6_000), {}),
      );
      const begun = performance.now();
      const { steps, findings } = await diagnoseHarm(slow.host, patient, 16_500);
      expect(performance.now() - begun).toBeGreaterThan(14_000);
      expect(findings.length).toBeGreaterThan(0);
      expect(steps.find(({ step }) => step === 'ping')?.state).toBe('done');
      expect(steps.find(({ step }) => step === 'platform')?.state).toBe('skipped');
    } finally {
      await patient.stop();
    }
  });
});
