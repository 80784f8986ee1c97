import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { type Listening, listenHttp } from '@pull-doctor/testkit/http-listener';
import { singleManifestImage } from '@pull-doctor/testkit/images';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import { type StandInDaemon, startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';

/*
 * docker-compose.yml lets a proxy stand before the Docker socket. The product runs behind the same allow-list here,
 * so that a new call to the daemon cannot be forgotten there, and nothing more than what is called passes.
 */
const compose = readFileSync(path.resolve(import.meta.dirname, '../../../docker-compose.yml'), 'utf8');
// The proxy anchors what it is given, and compares with the decoded path (github.com/wollomatic/socket-proxy).
const allowed = new Map(
  [...compose.matchAll(/^ +- -allow([A-Z]+)=(.+)$/gm)].map(([, method = '', pattern = '']) => [
    method,
    new RegExp(`^${pattern}$`),
  ]),
);
const passes = (method: string, target: string) =>
  allowed.get(method)?.test(decodeURIComponent(target.split('?')[0] ?? '')) ?? false;

let folder: string;
let daemon: StandInDaemon;
let registry: RegistryServer;
let proxy: Listening;
let application: TestApplication;
const refused: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdx-'));
  daemon = await startStandInDaemon({ socket: path.join(folder, 'd.sock') });
  registry = await startRegistry({
    repositories: { 'team/app': { '1': singleManifestImage('behind a proxy') } },
  });
  proxy = await listenHttp((request, response) => {
    const { method = '', url = '' } = request;
    if (!passes(method, url)) {
      refused.push(`${method} ${url}`);
      response.writeHead(allowed.has(method) ? 403 : 405).end('Forbidden\n');
      return;
    }
    const { headers } = request;
    const upstream = http.request({ socketPath: daemon.socket, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
      answer.pipe(response);
    });
    request.pipe(upstream);
  }, {});
  application = await startApplication(
    () => ({ DOCKER_HOST: `tcp://${proxy.host}`, DOCKER_CONFIG: folder }),
    { PULL_DOCTOR_IN_CONTAINER: '1' },
  );
});
afterAll(async () => {
  await application?.close();
  await Promise.all([daemon, registry, proxy].map((one) => one?.close()));
  rmSync(folder, { recursive: true, force: true });
});

describe('the allow-list of docker-compose.yml', () => {
  it('lets everything pass that the server asks of a daemon, and the server asks it', async () => {
    const inputs = ['team/app:1', 'team/app:none', 'team/gone@sha256:'.padEnd(81, 'a')];
    for (const name of inputs) {
      const { diagnosis } = await application.diagnose({ input: `${registry.host}/${name}`, pull: true });
      expect(stateOf(diagnosis, 'daemon')).toBe('done');
      expect(stateOf(diagnosis, 'pull')).not.toBe('skipped');
    }
    const host = await application.app.inject({ url: '/api/v1/host', headers: application.headers });
    expect(host.json().daemon).toMatchObject({ reached: true });
    application.doors.start();
    await expect.poll(() => doorOf('daemon-events')).toMatchObject({ state: 'open' });
    expect(refused).toEqual([]);

    const calls = daemon.requests.map(({ method, path: target }) => `${method} ${kindOf(target)}`);
    expect(new Set(calls)).toEqual(
      new Set([
        'GET /info',
        'GET /version',
        'GET /images/NAME/json',
        'GET /images/json',
        'GET /events',
        'POST /images/create',
      ]),
    );
  });

  it.each([
    'GET /v1.41/info',
    'GET /events?since=1.5&filters=%7B%7D',
    'GET /images/ghcr.io/acme/app:1.2/json',
    'GET /images/localhost:5000%2Facme%2Fapp@sha256:00/json',
    'POST /v1.24/images/create?fromImage=a&tag=b',
  ])('passes %s', (call) => {
    const [method = '', target = ''] = call.split(' ');
    expect(passes(method, target)).toBe(true);
  });

  it.each([
    'POST /containers/create',
    'POST /v1.41/containers/create?name=x',
    'POST /containers/abc/start',
    'POST /containers/abc/exec',
    'POST /exec/abc/start',
    'GET /containers/json',
    'GET /containers/abc/json',
    'GET /containers/abc/logs',
    'GET /containers/abc/archive?path=/etc',
    'GET /volumes',
    'POST /volumes/create',
    'GET /secrets',
    'POST /events',
    'GET /events/x',
    'GET /images/app/get',
    'GET /images/get?names=app',
    'GET /images/app/history',
    'POST /images/load',
    'POST /images/app/push',
    'POST /images/app/tag',
    'POST /build',
    'POST /commit?container=abc',
    'POST /auth',
    'POST /session',
    'DELETE /images/app',
    'DELETE /containers/abc',
    'PUT /containers/abc/archive?path=/',
    'HEAD /containers/abc/archive?path=/etc',
    'POST /images/create/../../containers/create',
    'GET /v1.41/infox',
    'GET /x/info',
    'GET /info/../containers/json',
    'OPTIONS /info',
  ])('refuses %s', (call) => {
    const [method = '', target = ''] = call.split(' ');
    expect(passes(method, target)).toBe(false);
  });

  it('without GET /events shuts the door of the events, which says who refused', async () => {
    const get = allowed.get('GET');
    allowed.set('GET', new RegExp(get?.source.replace('|events', '') ?? ''));
    const other = await startApplication(() => ({
      DOCKER_HOST: `tcp://${proxy.host}`,
      DOCKER_CONFIG: folder,
    }));
    try {
      other.doors.start();
      await expect
        .poll(() => other.doors.read().find(({ door }) => door === 'daemon-events'))
        .toMatchObject({
          state: 'shut',
          says: expect.stringMatching(/refuses GET \/events \(403\).*EVENTS=1/),
        });
    } finally {
      if (get) allowed.set('GET', get);
      await other.close();
    }
  });

  it('without its POST line costs only the real pull, which then says who refused', async () => {
    const post = allowed.get('POST');
    allowed.delete('POST');
    try {
      const { diagnosis } = await application.diagnose({ input: `${registry.host}/team/app:1`, pull: true });
      expect(stateOf(diagnosis, 'daemon')).toBe('done');
      expect(stateOf(diagnosis, 'manifest')).toBe('done');
      expect(stateOf(diagnosis, 'pull')).toBe('failed');
      const pull = diagnosis.steps.find(({ step }) => step === 'pull')?.evidence;
      expect(pull).toMatchObject({ outcome: 'failed', httpStatus: 405 });
    } finally {
      if (post) allowed.set('POST', post);
    }
  });
});

const doorOf = (name: string) => application.doors.read().find(({ door }) => door === name);
const stateOf = ({ steps }: Diagnosis, name: string) => steps.find(({ step }) => step === name)?.state;

const kindOf = (target: string) =>
  (target.split('?')[0] ?? '').replace(/^\/v1\.\d+/, '').replace(/^\/images\/.+\/json$/, '/images/NAME/json');
