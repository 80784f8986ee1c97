import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import { type StandInDaemon, startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';

let folder: string;
let file: string;
let registry: RegistryServer;
let daemon: StandInDaemon;
let application: TestApplication;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdf-'));
  file = path.join(folder, 'docker.log');
  writeFileSync(file, '');
  daemon = await startStandInDaemon({ socket: path.join(folder, 'd.sock') });
  registry = await startRegistry({
    auth: { kind: 'basic', realm: 'closed', users: { alice: 'wonderland-7' } },
  });
});
afterEach(async () => {
  await application?.close();
  await Promise.all([daemon.close(), registry.close()]);
  rmSync(folder, { recursive: true, force: true });
});

async function listen(settings: Record<string, string> = {}): Promise<void> {
  application = await startApplication(() => ({ DOCKER_HOST: daemon.host, DOCKER_CONFIG: folder }), {
    PULL_DOCTOR_DAEMON_LOG: file,
    PULL_DOCTOR_DIAGNOSE_NEW: '1',
    ...settings,
  });
  application.doors.start();
  await expect
    .poll(() => application.doors.read().find(({ door }) => door === 'daemon-log')?.state)
    .toBe('open');
}

/** What dockerd 20.10 writes when a registry wants a login. */
function fails(repository: string, at = new Date()): void {
  const error = `Head "http://${registry.host}/v2/${repository}/manifests/1": no basic auth credentials`;
  const line = (level: string, msg: string) =>
    `time="${at.toISOString()}" level=${level} msg=${JSON.stringify(msg)}\n`;
  appendFileSync(
    file,
    line('info', `Attempting next endpoint for pull after error: ${error}`) +
      line('error', `Handler for POST /v1.41/images/create returned error: ${error}`),
  );
}
const attempts = () =>
  application.pulls.attempts.page({ filter: {}, order: '-time', after: null, limit: 100 }).items;
const diagnosed = () => attempts().filter(({ diagnosisId }) => diagnosisId !== null);

it('a new failure is diagnosed by itself, and the diagnosis knows what the daemon said', async () => {
  await listen();
  fails('team/app');
  await expect.poll(() => diagnosed().length, { timeout: 10_000 }).toBe(1);
  const id = diagnosed()[0]?.diagnosisId;
  const read = async () =>
    (await application.app.inject({ url: `/api/v1/diagnoses/${id}`, headers: application.headers })).json();
  await expect.poll(async () => (await read()).state, { timeout: 20_000 }).toBe('finished');
  const diagnosis = await read();
  expect(diagnosis).toMatchObject({ pull: false, reference: { repository: 'team/app', tag: '1' } });
  expect(diagnosis.input).toMatch(/no basic auth credentials/);
  expect(diagnosis.findings[0]).toMatchObject({ cause: 'credentials-missing' });
  expect(attempts()[0]).toMatchObject({ cause: 'credentials-missing', diagnosisId: id });

  fails('team/app');
  await expect.poll(() => attempts().length, { timeout: 5_000 }).toBe(2);
  await new Promise((resume) => setTimeout(resume, 500));
  expect(diagnosed()).toHaveLength(1);
  const failure = application.pulls.failures.find(attempts()[0]?.fingerprint ?? '', Date.now());
  expect(failure).toMatchObject({ count: 2, diagnosisId: id });
}, 40_000);

it('no more than six are diagnosed an hour, one at a time, and none that is long past', async () => {
  await listen();
  fails('team/past', new Date(Date.now() - 3_600_000));
  for (let at = 0; at < 9; at++) fails(`team/app-${at}`);
  await expect.poll(() => attempts().length, { timeout: 10_000 }).toBe(10);
  await expect.poll(() => diagnosed().length, { timeout: 30_000 }).toBe(6);
  await new Promise((resume) => setTimeout(resume, 1_000));
  expect(diagnosed()).toHaveLength(6);
  expect(attempts().find(({ repository }) => repository === 'team/past')?.diagnosisId).toBe(null);
  const list = await application.app.inject({
    url: '/api/v1/diagnoses?limit=20',
    headers: application.headers,
  });
  const spans = (list.json().items as { startedAt: string; finishedAt: string }[])
    .map(({ startedAt, finishedAt }) => ({ from: Date.parse(startedAt), to: Date.parse(finishedAt) }))
    .toSorted((a, b) => a.from - b.from);
  for (const [at, { from }] of spans.entries())
    if (at > 0) expect(from).toBeGreaterThanOrEqual(spans[at - 1]?.to ?? 0);
}, 60_000);

it('none is diagnosed where that is turned off', async () => {
  await listen({ PULL_DOCTOR_DIAGNOSE_NEW: '0' });
  fails('team/app');
  await expect.poll(() => attempts().length, { timeout: 5_000 }).toBe(1);
  await new Promise((resume) => setTimeout(resume, 1_000));
  expect(diagnosed()).toEqual([]);
  expect(registry.requests).toEqual([]);
});
