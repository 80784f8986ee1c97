import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { PullEvidence } from '@pull-doctor/contract/evidence/daemon';
import { findProgram } from '@pull-doctor/testkit/child-process';
import {
  configWithLogins,
  type DockerConfigFolder,
  makeDockerConfigFolder,
} from '@pull-doctor/testkit/docker-config-folder';
import { type Dockerd, startDockerd } from '@pull-doctor/testkit/dockerd';
import { bigImage, multiPlatformImage, notGzipImage, singleManifestImage } from '@pull-doctor/testkit/images';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import { startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';

const whySkipped = !findProgram('dockerd')
  ? 'dockerd is not installed: apt-get install docker.io'
  : process.getuid?.() !== 0
    ? 'dockerd needs root'
    : null;
const named = (name: string) => `${name}${whySkipped ? ` (${whySkipped})` : ''}`;

const login = { user: 'alice', password: 'wonderland-7' };
const big = bigImage('pull big');
const slow = bigImage('pull slow');
const repositories = {
  'team/app': { '1': singleManifestImage('pull one'), big, slow, broken: notGzipImage('pull broken') },
  'team/many': { '1': multiPlatformImage('pull many') },
};
const pieceBytes = 1024 * 1024;

let folder: string;
let config: DockerConfigFolder;
let registry: RegistryServer;
const open: { close(): Promise<unknown> }[] = [];
const keep = <T extends { close(): Promise<unknown> }>(one: T): T => {
  open.push(one);
  return one;
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdp-'));
  config = await makeDockerConfigFolder(path.join(folder, 'home'), { text: '{}' });
  registry = keep(await startRegistry({ repositories }));
});
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function withDaemon(host: string): Promise<TestApplication> {
  return keep(await startApplication(() => ({ ...config.environment, DOCKER_HOST: host })));
}

const get = async <Answer>(on: TestApplication, url: string) =>
  (await on.app.inject({ url: `/api/v1${url}`, headers: on.headers })).json<Answer>();
const pullOf = ({ steps }: Diagnosis) => steps.find(({ step }) => step === 'pull')?.evidence as PullEvidence;
const attemptOf = (on: TestApplication, { attemptId }: Diagnosis) =>
  get<PullAttempt>(on, `/attempts/${attemptId}`);

async function until(
  on: TestApplication,
  id: string,
  isWanted: (diagnosis: Diagnosis) => boolean,
): Promise<Diagnosis> {
  const end = performance.now() + 20_000;
  for (;;) {
    const diagnosis = await get<Diagnosis>(on, `/diagnoses/${id}`);
    if (isWanted(diagnosis) || performance.now() > end) return diagnosis;
    await new Promise((resume) => setTimeout(resume, 10));
  }
}

/** Serves the layer of an image piece by piece, so that there is a middle to look at. */
function serveSlowly(image: typeof big, pauseMs: number): { answers: ServerResponse[] } {
  const answers: ServerResponse[] = [];
  const layer = image.blobs.toSorted((a, b) => b.bytes.length - a.bytes.length)[0];
  if (!layer) throw new Error('the image has no layer');
  registry.override(`/v2/team/app/blobs/${layer.digest}`, async (request, response) => {
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': layer.bytes.length,
      'docker-content-digest': layer.digest,
    });
    if (request.method === 'HEAD') return void response.end();
    // Pull Doctor looks at the first bytes only; the daemon wants all of them.
    if (request.headers['user-agent'] !== 'pull-doctor') answers.push(response);
    for (let at = 0; at < layer.bytes.length && !response.destroyed; at += pieceBytes) {
      response.write(layer.bytes.subarray(at, at + pieceBytes));
      await new Promise((resume) => setTimeout(resume, pauseMs));
    }
    response.end();
  });
  return { answers };
}

describe.skipIf(whySkipped !== null)(named('a real pull'), { timeout: 60_000 }, () => {
  let dockerd: Dockerd;
  let application: TestApplication;
  beforeAll(async () => {
    const started = await startDockerd({ folder: path.join(folder, 'docker') });
    if (!started.ok) throw new Error(started.why);
    dockerd = started;
    application = await withDaemon(dockerd.host);
  }, 40_000);
  afterAll(() => dockerd?.stop());

  const start = async (input: string, more: object = {}) => {
    const answer = await application.app.inject({
      method: 'POST',
      url: '/api/v1/diagnoses',
      headers: application.headers,
      payload: { input, pull: true, ...more },
    });
    return answer.json<Diagnosis>().id;
  };

  it('shows its progress and becomes an attempt with digest, bytes and time', async () => {
    serveSlowly(big, 40);
    const id = await start(`${registry.host}/team/app:big`);
    const total = big.blobs.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const layerBytes = Math.max(...big.blobs.map(({ bytes }) => bytes.length));
    const middle = await until(application, id, ({ progress }) => (progress?.bytes ?? 0) > 4 * pieceBytes);
    expect(middle).toMatchObject({ state: 'running', pull: true, progress: { layers: 1, layersDone: 0 } });
    expect(middle.progress?.bytes).toBeLessThan(layerBytes);
    expect(middle.progress?.totalBytes).toBe(layerBytes);
    expect(middle.steps.find(({ step }) => step === 'pull')?.state).toBe('running');

    const diagnosis = await until(application, id, ({ state }) => state === 'finished');
    expect(diagnosis).toMatchObject({ pullable: 'yes', findings: [], progress: null });
    expect(pullOf(diagnosis)).toMatchObject({
      outcome: 'pulled',
      digest: big.manifest.digest,
      layers: 1,
      bytes: layerBytes,
      upToDate: false,
      message: null,
    });
    const attempt = await attemptOf(application, diagnosis);
    expect(attempt).toMatchObject({
      id: diagnosis.attemptId,
      reference: `${registry.host}/team/app:big`,
      registry: registry.host,
      repository: 'team/app',
      tag: 'big',
      digest: big.manifest.digest,
      door: 'pull-doctor',
      outcome: 'pulled',
      cause: null,
      message: null,
      diagnosisId: id,
    });
    expect(attempt.bytes).toBeGreaterThan(layerBytes - 1);
    expect(attempt.bytes).toBeLessThanOrEqual(total);
    expect(attempt.tookMs).toBeGreaterThan(500);
    const { body } = await dockerd.request('GET', '/images/json');
    expect(body).toContain(`${registry.host}/team/app:big`);
  });

  it('of an image that is there already says so', async () => {
    const input = `${registry.host}/team/app:1`;
    await application.diagnose({ input, pull: true });
    const { diagnosis } = await application.diagnose({ input, pull: true });
    expect(pullOf(diagnosis)).toMatchObject({ outcome: 'pulled', upToDate: true });
    expect(diagnosis.pullable).toBe('yes');
  });

  it('takes the credential that Docker would send, to the registry it is for', async () => {
    const strict = keep(
      await startRegistry({
        auth: { kind: 'basic', realm: 'strict', users: { [login.user]: login.password } },
        repositories,
      }),
    );
    writeFileSync(config.file, configWithLogins({ [strict.host]: login }));
    const { diagnosis } = await application.diagnose({ input: `${strict.host}/team/app:1`, pull: true });
    writeFileSync(config.file, '{}');
    expect(pullOf(diagnosis)).toMatchObject({ outcome: 'pulled' });
    const byDaemon = strict.requests.filter(({ headers }) => headers['user-agent']?.startsWith('docker/'));
    expect(byDaemon.some(({ sentCredential }) => sentCredential)).toBe(true);
  });

  it.each([
    [
      'a tag that is not there',
      'team/app:none',
      {},
      'tag-not-found',
      /manifest unknown|not found/,
      'resolving',
    ],
    [
      'a platform that is not there',
      'team/many:1',
      { platform: 'linux/riscv64' },
      'platform-mismatch',
      /no matching manifest for linux\/riscv64/,
      'resolving',
    ],
    ['a layer that cannot be unpacked', 'team/app:broken', {}, 'unsupported-image', /./, null],
  ])(
    'of %s fails with the words of the daemon and the cause',
    async (_, name, more, cause, words, during) => {
      const { status, diagnosis } = await application.diagnose({
        input: `${registry.host}/${name}`,
        pull: true,
        ...more,
      });
      expect(status).toBe(200);
      expect(diagnosis).toMatchObject({ state: 'finished', pullable: 'no', findings: [{ cause }] });
      const evidence = pullOf(diagnosis);
      expect(evidence).toMatchObject({ outcome: 'failed', ...(during && { during }) });
      expect(evidence.message).toMatch(words);
      expect(await attemptOf(application, diagnosis)).toMatchObject({
        outcome: 'failed',
        cause,
        certainty: diagnosis.findings[0]?.certainty,
        message: evidence.message,
        ...more,
      });
    },
  );

  it('is stopped within a second, at the daemon too, and the attempt says so', async () => {
    const { answers } = serveSlowly(slow, 400);
    const id = await start(`${registry.host}/team/app:slow`);
    await until(application, id, ({ progress }) => (progress?.bytes ?? 0) > 0);
    const begun = performance.now();
    const answer = await application.app.inject({
      method: 'DELETE',
      url: `/api/v1/diagnoses/${id}`,
      headers: application.headers,
    });
    expect(performance.now() - begun).toBeLessThan(1_000);
    const stopped = answer.json<Diagnosis>();
    expect(stopped).toMatchObject({ state: 'stopped' });
    expect(pullOf(stopped)).toMatchObject({ outcome: 'stopped', message: null });
    expect(await attemptOf(application, stopped)).toMatchObject({ outcome: 'stopped', cause: null });
    expect(answers.length).toBeGreaterThan(0);
    await expect.poll(() => answers.every(({ destroyed }) => destroyed), { timeout: 5_000 }).toBe(true);
    const { body } = await dockerd.request('GET', '/images/json');
    expect(body).not.toContain('team/app:slow');
  });

  it('takes longer than the deadline of a diagnosis where it has to', async () => {
    const hasty = keep(
      await startApplication(() => ({ ...config.environment, DOCKER_HOST: dockerd.host }), {
        PULL_DOCTOR_DEADLINE_SECONDS: '1',
      }),
    );
    const image = bigImage('pull longer');
    registry.repositories['team/app'] = { ...registry.repositories['team/app'], longer: image };
    serveSlowly(image, 80);
    const { diagnosis } = await hasty.diagnose({ input: `${registry.host}/team/app:longer`, pull: true });
    expect(pullOf(diagnosis)).toMatchObject({ outcome: 'pulled' });
    expect(pullOf(diagnosis).ms).toBeGreaterThan(1_200);
  });

  it('is in the list of attempts, newest first, over pages', async () => {
    const seen: PullAttempt[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: PullAttempt[]; nextCursor: string | null } = await get(
        application,
        `/attempts?limit=3${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(seen.length).toBeGreaterThan(6);
    const ids = seen.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(new Set(seen.map(({ outcome }) => outcome))).toEqual(new Set(['pulled', 'failed', 'stopped']));
  });
});

describe('a pull without a real daemon', () => {
  it('is not made where it was not asked for', async () => {
    const standIn = keep(await startStandInDaemon({ socket: path.join(folder, 'idle.sock') }));
    const application = await withDaemon(standIn.host);
    const { diagnosis } = await application.diagnose({ input: `${registry.host}/team/app:1` });
    expect(diagnosis).toMatchObject({ attemptId: null, pull: false });
    expect(standIn.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(await get(application, '/attempts')).toEqual({ items: [], nextCursor: null });
  });

  it('is skipped where no daemon answers, and is no attempt', async () => {
    const application = await withDaemon('unix:///nonexistent/docker.sock');
    const { diagnosis } = await application.diagnose({ input: `${registry.host}/team/app:1`, pull: true });
    expect(diagnosis.steps.find(({ step }) => step === 'pull')).toMatchObject({ state: 'skipped' });
    expect(diagnosis.attemptId).toBeNull();
    expect(await get(application, '/attempts')).toEqual({ items: [], nextCursor: null });
  });

  it('that fails in its last line, after a 200, is a failed one', async () => {
    const standIn = keep(
      await startStandInDaemon({
        socket: path.join(folder, 'full.sock'),
        pullError: 'failed to register layer: write /data.bin: no space left on device',
      }),
    );
    const application = await withDaemon(standIn.host);
    const { diagnosis } = await application.diagnose({ input: `${registry.host}/team/app:1`, pull: true });
    expect(diagnosis).toMatchObject({ pullable: 'no', findings: [{ cause: 'local-storage' }] });
    expect(pullOf(diagnosis)).toMatchObject({ outcome: 'failed', httpStatus: 200 });
    expect(await attemptOf(application, diagnosis)).toMatchObject({
      outcome: 'failed',
      cause: 'local-storage',
    });
  });
});
