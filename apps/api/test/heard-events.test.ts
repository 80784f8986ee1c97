import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { HistoryState } from '@pull-doctor/contract/history';
import { findProgram } from '@pull-doctor/testkit/child-process';
import { type DockerConfigFolder, makeDockerConfigFolder } from '@pull-doctor/testkit/docker-config-folder';
import { type Dockerd, startDockerd } from '@pull-doctor/testkit/dockerd';
import { singleManifestImage } from '@pull-doctor/testkit/images';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const docker = findProgram('docker');
const whySkipped = !docker
  ? 'docker is not installed: apt-get install docker.io'
  : !findProgram('dockerd')
    ? 'dockerd is not installed: apt-get install docker.io'
    : process.getuid?.() !== 0
      ? 'dockerd needs root'
      : null;

describe.skipIf(whySkipped !== null)(
  `pulls that work, by the daemon's events${whySkipped ? ` (${whySkipped})` : ''}`,
  { timeout: 60_000 },
  () => {
    let folder: string;
    let config: DockerConfigFolder;
    let registry: RegistryServer;
    let dockerd: Dockerd;
    let server: ServerProcess;
    const environment = () => ({ ...config.environment, DOCKER_HOST: dockerd.host });
    const image = (tag: string) => `${registry.host}/team/app:${tag}`;

    beforeAll(async () => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'pde-'));
      config = await makeDockerConfigFolder(path.join(folder, 'home'), { text: '{}' });
      const tags = Array.from({ length: 12 }, (_, at) => [String(at), singleManifestImage(`event ${at}`)]);
      registry = await startRegistry({ repositories: { 'team/app': Object.fromEntries(tags) } });
      dockerd = await daemon();
      server = await startServer();
    }, 40_000);
    afterAll(async () => {
      await server?.stop();
      await dockerd?.stop();
      await registry?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function daemon(): Promise<Dockerd> {
      const started = await startDockerd({ folder: path.join(folder, 'd') });
      if (!started.ok) throw new Error(started.why);
      return started;
    }
    const startServer = () =>
      startServerProcess(environment(), {
        PULL_DOCTOR_DATA: path.join(folder, 'data'),
      });
    const get = async <Answer>(address: string): Promise<Answer> =>
      (
        await fetch(`${server.origin}/api/v1${address}`, { headers: server.headers })
      ).json() as Promise<Answer>;
    const attempts = async () => (await get<{ items: PullAttempt[] }>('/attempts?limit=200')).items;
    const times = async (tag: string) =>
      (await attempts()).filter(({ reference }) => reference === image(tag)).length;
    const door = async () =>
      (await get<HistoryState>('/history')).doors.find(({ door: name }) => name === 'daemon-events');
    const isOpen = () => expect.poll(async () => (await door())?.state, { timeout: 10_000 }).toBe('open');
    const pull = (tag: string) =>
      new Promise<void>((resolve, reject) => {
        execFile(docker ?? '', ['pull', image(tag)], { env: environment() }, (error) =>
          error ? reject(error) : resolve(),
        );
      });
    const once = async (tag: string) => {
      await expect.poll(() => times(tag), { timeout: 2_000, interval: 20 }).toBe(1);
    };

    it('are recorded within two seconds, also where the image is here already', async () => {
      await isOpen();
      await pull('0');
      await once('0');
      expect((await attempts())[0]).toMatchObject({
        reference: image('0'),
        repository: 'team/app',
        tag: '0',
        door: 'daemon-events',
        outcome: 'pulled',
        cause: null,
      });
      await pull('0');
      await expect.poll(() => times('0'), { timeout: 2_000 }).toBe(2);
    });

    it('are recorded once where Pull Doctor started them', async () => {
      const { diagnosis } = await server.diagnose({ input: image('1'), pull: true });
      expect(diagnosis.pullable).toBe('yes');
      await new Promise((resume) => setTimeout(resume, 1_500));
      const made = (await attempts()).filter(({ reference }) => reference === image('1'));
      expect(made).toHaveLength(1);
      expect(made[0]).toMatchObject({ id: diagnosis.attemptId, diagnosisId: diagnosis.id });
    });

    it('are recorded once over a time in which Pull Doctor was killed', async () => {
      await pull('2');
      await once('2');
      process.kill(server.pid, 'SIGKILL');
      await pull('3');
      await pull('4');
      server = await startServer();
      await isOpen();
      await once('3');
      await once('4');
      expect([await times('0'), await times('2')]).toEqual([2, 1]);
    });

    it('are recorded over a restart of the daemon, whose going is told', async () => {
      await dockerd.stop();
      await expect.poll(door, { timeout: 5_000 }).toMatchObject({
        state: 'shut',
        unseen: expect.stringMatching(/Pulls that work are not seen/),
      });
      dockerd = await daemon();
      await pull('5');
      await isOpen();
      await once('5');
      await pull('6');
      await once('6');
      expect([await times('0'), await times('2'), await times('4')]).toEqual([2, 1, 1]);
    });
  },
);
