import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { stepNames } from '@pull-doctor/contract/steps';
import {
  configWithLogins,
  type DockerConfigFolder,
  makeDockerConfigFolder,
} from '@pull-doctor/testkit/docker-config-folder';
import type { Handler } from '@pull-doctor/testkit/http-listener';
import { multiPlatformImage, singleManifestImage, type TestImage } from '@pull-doctor/testkit/images';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import type { RecordedRequest } from '@pull-doctor/testkit/request-log';
import { startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';
import { startServerProcess } from './server-process.ts';

const repositories = {
  'team/app': { '1': singleManifestImage('one'), latest: singleManifestImage('latest') },
  'team/many': { '1': multiPlatformImage('many') },
};
const login = { user: 'alice', password: 'wonderland-7' };

let folder: string;
let config: DockerConfigFolder;
let environment: Record<string, string>;
let application: TestApplication;
let registry: RegistryServer;
const open: { close(): Promise<unknown> }[] = [];
const keep = <T extends { close(): Promise<unknown> }>(one: T): T => {
  open.push(one);
  return one;
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdd-'));
  config = await makeDockerConfigFolder(path.join(folder, 'home'), { text: '{}' });
  const daemon = keep(await startStandInDaemon({ socket: path.join(folder, 'd.sock') }));
  environment = { ...config.environment, DOCKER_HOST: daemon.host };
  registry = keep(await startRegistry({ repositories }));
  application = await startApplication(() => environment);
});
beforeEach(() => {
  registry.requests.length = 0;
  writeFileSync(config.file, '{}');
});
afterAll(async () => {
  await application?.close();
  await Promise.all(open.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

const inject = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, on = application) =>
  on.app.inject({ method, url: `/api/v1${url}`, headers: on.headers, ...(payload ? { payload } : {}) });
const read = async (id: string, on = application) =>
  (await inject('GET', `/diagnoses/${id}`, undefined, on)).json<Diagnosis>();
const stepOf = ({ steps }: Diagnosis, name: string) => steps.find(({ step }) => step === name);

/** A registry that lets nobody see a manifest until the gate opens. */
async function gatedRegistry(): Promise<RegistryServer & { gate: { open(): void } }> {
  const gated = keep(await startRegistry({ repositories }));
  const waiting: (() => void)[] = [];
  let isOpen = false;
  const { manifest } = repositories['team/app']['1'];
  const whenOpen: Handler = (request, response) => {
    const go = () => {
      response.writeHead(200, {
        'content-type': manifest.mediaType,
        'content-length': manifest.bytes.length,
        'docker-content-digest': manifest.digest,
      });
      response.end(request.method === 'HEAD' ? undefined : manifest.bytes);
    };
    if (isOpen) go();
    else waiting.push(go);
  };
  gated.override('/v2/team/app/manifests/1', whenOpen);
  return {
    ...gated,
    gate: {
      open: () => {
        isOpen = true;
        for (const go of waiting) go();
      },
    },
  };
}

/** Waits until a diagnosis is as it is wanted, and gives that. */
async function until(
  id: string,
  isWanted: (diagnosis: Diagnosis) => boolean,
  on = application,
): Promise<Diagnosis> {
  const end = performance.now() + 8_000;
  for (;;) {
    const diagnosis = await read(id, on);
    if (isWanted(diagnosis) || performance.now() > end) return diagnosis;
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

const isAtManifest = (diagnosis: Diagnosis) => stepOf(diagnosis, 'manifest')?.state === 'running';

describe('a diagnosis', () => {
  it('is started with 202, shows its steps as they come, and is finished at the same address', async () => {
    const { host, gate } = await gatedRegistry();
    const started = await inject('POST', '/diagnoses', { input: `${host}/team/app:1` });
    expect(started.statusCode).toBe(202);
    const { id, ...first } = started.json<Diagnosis>();
    expect(first).toMatchObject({ state: 'running', finishedAt: null, pullable: 'unknown', findings: [] });
    expect(first.steps.map(({ step }) => step)).toEqual(stepNames.filter((step) => step !== 'text'));

    const running = await until(id, isAtManifest);
    const states = Object.fromEntries(running.steps.map(({ step, state }) => [step, state]));
    expect(states).toMatchObject({ reference: 'done', credentials: 'done', tcp: 'done', ping: 'done' });
    expect(states).toMatchObject({ manifest: 'running', platform: 'waiting', pull: 'waiting' });
    expect(stepOf(running, 'ping')?.evidence).toMatchObject({ isRegistry: 'yes' });
    expect(stepOf(running, 'platform')).toMatchObject({ ms: null, evidence: null });
    expect(running.verdict).not.toBe('');

    gate.open();
    const finished = await until(id, ({ state }) => state === 'finished');
    expect(finished).toMatchObject({ state: 'finished', pullable: 'yes', findings: [] });
    expect(finished.steps.filter(({ state }) => state === 'running' || state === 'waiting')).toEqual([]);
    expect(stepOf(finished, 'pull')).toMatchObject({ state: 'skipped', evidence: null });
    expect(stepOf(finished, 'pull')?.summary).not.toBe('');
  });

  it('is waited for as long as the caller says, and no longer', async () => {
    const { host, gate } = await gatedRegistry();
    const begun = performance.now();
    const early = await inject('POST', '/diagnoses?wait=0.3', { input: `${host}/team/app:1` });
    expect(early.statusCode).toBe(202);
    expect(performance.now() - begun).toBeGreaterThan(290);
    expect(performance.now() - begun).toBeLessThan(2_000);
    setTimeout(gate.open, 200);
    const late = await inject('POST', '/diagnoses?wait=20', { input: `${host}/team/app:1` });
    expect(late.statusCode).toBe(200);
    expect(late.json()).toMatchObject({ state: 'finished' });
    expect(performance.now() - begun).toBeLessThan(8_000);
  });

  it('answers the same when it ends and when it is read again', async () => {
    const { diagnosis } = await application.diagnose({ input: `${registry.host}/team/gone:1` });
    expect(diagnosis.findings.length).toBeGreaterThan(0);
    expect(await read(diagnosis.id)).toEqual(diagnosis);
  });

  it('stops within a second, and what was seen is kept', async () => {
    const { host } = await gatedRegistry();
    const { id } = (await inject('POST', '/diagnoses', { input: `${host}/team/app:1` })).json<Diagnosis>();
    await until(id, isAtManifest);
    const begun = performance.now();
    const answer = await inject('DELETE', `/diagnoses/${id}`);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(answer.statusCode).toBe(200);
    const stopped = answer.json<Diagnosis>();
    expect(stopped).toMatchObject({ state: 'stopped', pullable: 'unknown' });
    expect(stopped.finishedAt).not.toBeNull();
    expect(stepOf(stopped, 'ping')?.evidence).toMatchObject({ isRegistry: 'yes' });
    expect(stepOf(stopped, 'platform')).toMatchObject({ state: 'skipped', evidence: null });
    // That a person ended it is no finding about the image.
    expect(stopped.findings).toEqual([]);
    expect(stopped.verdict).toMatch(/stopped/);
    expect(await read(id)).toEqual(stopped);
  });

  it('that has ended is not changed by stopping it', async () => {
    const { diagnosis } = await application.diagnose({ input: `${registry.host}/team/app:1` });
    const answer = await inject('DELETE', `/diagnoses/${diagnosis.id}`);
    expect(answer.json()).toEqual(diagnosis);
  });

  it('ends at its deadline, says that time was up, and does not call that a cause', async () => {
    const hasty = keep(await startApplication(() => environment, { PULL_DOCTOR_DEADLINE_SECONDS: '1' }));
    const { host } = await gatedRegistry();
    const begun = performance.now();
    const { status, diagnosis } = await hasty.diagnose({ input: `${host}/team/app:1` });
    expect(performance.now() - begun).toBeLessThan(2_500);
    expect(status).toBe(200);
    expect(diagnosis).toMatchObject({ state: 'finished', pullable: 'unknown' });
    expect(stepOf(diagnosis, 'manifest')?.evidence).toMatchObject({
      anonymous: { head: { failure: { layer: 'deadline', code: 'stopped' } } },
    });
    expect(stepOf(diagnosis, 'platform')).toMatchObject({ state: 'skipped', evidence: null });
    expect(diagnosis.verdict).toMatch(/time/i);
    for (const { certainty } of diagnosis.findings) expect(certainty).not.toBe('confirmed');
  });
});

describe('too many at once', () => {
  it('are refused with a code, and start again when one was stopped', async () => {
    const { host, gate } = await gatedRegistry();
    const input = `${host}/team/app:1`;
    const started = await Promise.all(
      Array.from({ length: 10 }, () => inject('POST', '/diagnoses', { input })),
    );
    expect(started.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(202));
    const refused = await inject('POST', '/diagnoses', { input });
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ code: 'too-many-diagnoses', status: 429 });
    await inject('DELETE', `/diagnoses/${started[0]?.json().id}`);
    const again = await inject('POST', '/diagnoses', { input });
    expect(again.statusCode).toBe(202);
    gate.open();
    for (const { id } of [...started.slice(1), again].map((answer) => answer.json<Diagnosis>()))
      expect((await until(id, ({ state }) => state !== 'running')).state).toBe('finished');
  });
});

describe('the list', () => {
  it('has all of them once, newest first, over pages of any size', async () => {
    const listed = keep(await startApplication(() => environment));
    const made: string[] = [];
    for (let count = 0; count < 7; count += 1)
      made.unshift((await listed.diagnose({ input: `NO IMAGE ${count}` })).diagnosis.id);
    for (const limit of [1, 2, 3, 7, 200]) {
      const seen: string[] = [];
      let pages = 0;
      for (let cursor: string | null = ''; cursor !== null; pages += 1) {
        const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const page = (await inject('GET', `/diagnoses?limit=${limit}${query}`, undefined, listed)).json();
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(({ id }: { id: string }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(made);
      expect(pages).toBe(Math.ceil(7 / limit));
    }
  });

  it('does not move under somebody who reads it while new ones come', async () => {
    const listed = keep(await startApplication(() => environment));
    for (const n of [1, 2, 3]) await listed.diagnose({ input: `NO IMAGE ${n}` });
    const first = (await inject('GET', '/diagnoses?limit=2', undefined, listed)).json();
    await listed.diagnose({ input: 'NO IMAGE 4' });
    const second = (
      await inject('GET', `/diagnoses?limit=2&cursor=${first.nextCursor}`, undefined, listed)
    ).json();
    expect(second.items.map(({ input }: { input: string }) => input)).toEqual(['NO IMAGE 1']);
  });

  it('has a running one, with what is settled so far', async () => {
    const { host, gate } = await gatedRegistry();
    const { id } = (await inject('POST', '/diagnoses', { input: `${host}/team/app:1` })).json<Diagnosis>();
    await until(id, isAtManifest);
    const { items } = (await inject('GET', '/diagnoses?limit=1')).json();
    expect(items).toMatchObject([{ id, state: 'running', cause: null, finishedAt: null }]);
    gate.open();
    await until(id, ({ state }) => state === 'finished');
    const after = (await inject('GET', '/diagnoses?limit=1')).json();
    expect(after.items).toMatchObject([{ id, state: 'finished', pullable: 'yes', cause: null }]);
  });
});

describe('after a crash', () => {
  it('an unfinished one is a stopped one, with its time of end', { timeout: 30_000 }, async () => {
    const { host } = await gatedRegistry();
    const dataFolder = path.join(folder, 'crashed');
    const settings = { PULL_DOCTOR_DATA: dataFolder };
    const first = await startServerProcess(environment, settings);
    const begun = await fetch(`${first.origin}/api/v1/diagnoses`, {
      method: 'POST',
      headers: { ...first.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ input: `${host}/team/app:1` }),
    });
    const { id, state } = (await begun.json()) as Diagnosis;
    expect(state).toBe('running');
    process.kill(first.pid, 'SIGKILL');
    await first.child.stop();

    const second = await startServerProcess(environment, settings);
    try {
      const answer = await fetch(`${second.origin}/api/v1/diagnoses/${id}`, { headers: second.headers });
      const stopped = (await answer.json()) as Diagnosis;
      expect(stopped).toMatchObject({ id, state: 'stopped', pullable: 'unknown', findings: [] });
      expect(stopped.finishedAt).not.toBeNull();
      expect(stopped.verdict).not.toBe('');
    } finally {
      await second.stop();
    }
  });
});

describe('the input', () => {
  it.each([
    ['docker pull --platform linux/arm64 HOST/team/many:1', 'linux/arm64'],
    ['docker run --rm -it --platform=linux/s390x -v /a:/b HOST/team/many:1 sh -c "x y"', 'linux/s390x'],
    ['podman pull --arch arm64 HOST/team/many:1', 'linux/arm64'],
    ['crictl pull HOST/team/many:1', null],
    ['image: "HOST/team/many:1"', null],
    ['FROM --platform=linux/arm64 HOST/team/many:1 AS build', 'linux/arm64'],
  ])('%s is read with its platform', async (input, platform) => {
    const { diagnosis } = await application.diagnose({ input: input.replace('HOST', registry.host) });
    expect(diagnosis).toMatchObject({
      platform,
      pullable: 'yes',
      reference: { registry: registry.host, repository: 'team/many', tag: '1' },
    });
    const chosen = stepOf(diagnosis, 'platform')?.evidence as { wantedFrom: string; chosen: object };
    expect(chosen.wantedFrom).toBe(platform ? 'asked' : 'daemon');
    expect(chosen.chosen).toMatchObject({ architecture: platform?.split('/')[1] ?? 'amd64' });
  });

  it('is overruled by the platform of the request', async () => {
    const input = `docker pull --platform linux/arm64 ${registry.host}/team/many:1`;
    const right = await application.diagnose({ input, platform: 'linux/s390x' });
    expect(right.diagnosis).toMatchObject({ platform: 'linux/s390x', pullable: 'yes' });
    const wrong = await application.diagnose({ input, platform: 'linux/riscv64' });
    expect(wrong.diagnosis).toMatchObject({
      platform: 'linux/riscv64',
      pullable: 'no',
      findings: [{ cause: 'platform-mismatch' }],
    });
  });
});

describe('what it costs the registry', () => {
  const isBlob = ({ path: target }: RecordedRequest) => target.includes('/blobs/');
  const configsOf = ({ blobs }: TestImage) =>
    blobs.filter(({ mediaType }) => /config|container\.image/.test(mediaType)).map(({ digest }) => digest);
  const manifests = () => registry.requests.filter(({ path: target }) => target.includes('/manifests/'));

  it.each([
    ['team/app:1', 1],
    ['team/many:1', 2],
  ])('a healthy %s: HEAD first, and %i GET of manifests, none twice', async (name, getsMax) => {
    const { diagnosis } = await application.diagnose({ input: `${registry.host}/${name}` });
    expect(diagnosis.pullable).toBe('yes');
    expect(manifests()[0]?.method).toBe('HEAD');
    const gets = manifests().filter(({ method }) => method === 'GET');
    expect(gets.length).toBeLessThanOrEqual(getsMax);
    expect(new Set(gets.map(({ path: target }) => target)).size).toBe(gets.length);
    const all = registry.requests.map(({ method, path: target }) => `${method} ${target}`);
    expect(new Set(all).size, all.join(', ')).toBe(all.length);
    // Layers are looked at, not downloaded; only the config, which names the platform, is read.
    const configs = Object.values(repositories).flatMap(Object.values).flatMap(configsOf);
    for (const { method, path: target, headers } of registry.requests.filter(isBlob))
      expect(
        method === 'HEAD' || headers.range !== undefined || configs.includes(target.split('/').at(-1) ?? ''),
      ).toBe(true);
  });

  it('a missing tag: no GET of the same manifest twice', async () => {
    await application.diagnose({ input: `${registry.host}/team/app:none` });
    const gets = manifests().filter(({ method }) => method === 'GET');
    expect(new Set(gets.map(({ path: target }) => target)).size).toBe(gets.length);
  });
});

describe('the credential', () => {
  it('is sent to nobody where none is configured for the registry', async () => {
    writeFileSync(
      config.file,
      configWithLogins({ 'registry.example.org': login, '127.0.0.1:1': login, '127.0.0.1': login }),
    );
    const strict = keep(
      await startRegistry({
        auth: { kind: 'basic', realm: 'strict', users: { [login.user]: login.password } },
        repositories,
      }),
    );
    for (const { host } of [registry, strict]) await application.diagnose({ input: `${host}/team/app:1` });
    expect(registry.requests.length).toBeGreaterThan(0);
    expect(strict.requests.length).toBeGreaterThan(0);
    expect([...registry.requests, ...strict.requests].filter(({ sentCredential }) => sentCredential)).toEqual(
      [],
    );
  });

  it('of a config.json that was changed since is seen at once', async () => {
    const strict = keep(
      await startRegistry({
        auth: { kind: 'basic', realm: 'strict', users: { [login.user]: login.password } },
        repositories,
      }),
    );
    const diagnose = async () =>
      (await application.diagnose({ input: `${strict.host}/team/app:1` })).diagnosis;
    expect(await diagnose()).toMatchObject({ pullable: 'no', findings: [{ cause: 'credentials-missing' }] });
    writeFileSync(config.file, configWithLogins({ [strict.host]: { ...login, password: 'old' } }));
    expect(await diagnose()).toMatchObject({ pullable: 'no', findings: [{ cause: 'credentials-invalid' }] });
    writeFileSync(config.file, configWithLogins({ [strict.host]: login }));
    expect(await diagnose()).toMatchObject({ pullable: 'yes', findings: [] });
    writeFileSync(config.file, '{ "auths": ');
    expect((await diagnose()).findings[0]?.cause).toBe('config-malformed');
  });
});

describe('the event stream', () => {
  it('tells of every step, by the id alone, and last when all of it can be read', async () => {
    const origin = await application.app.listen({ port: 0, host: '127.0.0.1' });
    const stop = new AbortController();
    const stream = await fetch(`${origin}/api/v1/events`, {
      headers: application.headers,
      signal: stop.signal,
    });
    let text = '';
    const reading = (async () => {
      for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
    })().catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    const { host, gate } = await gatedRegistry();
    const { id } = (await inject('POST', '/diagnoses', { input: `${host}/team/app:1` })).json<Diagnosis>();
    const told = () =>
      [...text.matchAll(/^event: (\S+)\ndata: (.+)$/gm)].map(([, kind, data]) => ({ kind, data }));
    const changed = () => told().filter(({ data }) => data?.includes(id));
    await until(id, isAtManifest);
    await expect.poll(() => changed().length).toBeGreaterThan(8);
    const before = changed().length;
    gate.open();
    await expect.poll(() => changed().length).toBeGreaterThan(before);
    await until(id, ({ state }) => state === 'finished');
    await expect.poll(() => changed().length).toBeGreaterThan(before + 3);
    stop.abort();
    await reading;
    for (const { kind, data } of changed()) {
      expect(kind).toBe('diagnosis-changed');
      expect(JSON.parse(data ?? '')).toEqual({ kind: 'diagnosis-changed', id });
    }
  });
});
