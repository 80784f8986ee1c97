import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/*
 * What the image holds is what deploy/Dockerfile copies into it. The same files are laid out here and started as the
 * image starts them: from a folder that cannot be written, as a user who is nobody. So a file that is forgotten there
 * is seen without a container engine.
 */
const root = path.resolve(import.meta.dirname, '../../..');
const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const gzipBytesMax = 8_000_000;

const instructions = readFileSync(path.join(root, 'deploy/Dockerfile'), 'utf8')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .map((line) => /^([A-Z]+)\s+(.*)$/.exec(line.trim()))
  .flatMap((found) => (found ? [{ name: found[1] ?? '', text: found[2] ?? '' }] : []));
const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const all = (name: string) => lastStage.filter((one) => one.name === name).map(({ text }) => text);
const jsonOf = (name: string): string[] => JSON.parse(/\[.*\]/.exec(all(name)[0] ?? '')?.[0] ?? '[]');

let folder: string;
let shipped: string;
let data: string;
let environment: Record<string, string>;
let server: ChildProcess;
let output = '';
let readyMs = 0;

const asNobody = isRoot ? { uid: nobody, gid: nobody } : {};

beforeAll(async () => {
  if (!isLinux) return;
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdf-'));
  chmodSync(folder, 0o755);
  shipped = path.join(folder, 'app');
  data = path.join(folder, 'data');
  mkdirSync(data);
  if (isRoot) chownSync(data, nobody, nobody);
  layOut();
  environment = {
    ...imageEnvironment(),
    PATH: '/usr/bin:/bin',
    PULL_DOCTOR_DATA: data,
    DOCKER_CONFIG: path.join(folder, 'no-docker-config'),
    // The image listens everywhere, since only its own network is there.
    PULL_DOCTOR_HOST: '127.0.0.1',
    PULL_DOCTOR_PORT: String(await freePort()),
    DOCKER_HOST: 'unix:///nonexistent/docker.sock',
  };
  const begun = performance.now();
  const [, ...command] = jsonOf('CMD');
  server = spawn(process.execPath, command, { cwd: shipped, env: environment, ...asNobody });
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  while (performance.now() - begun < 10_000 && server.exitCode === null && !(await isReady()))
    await new Promise((resume) => setTimeout(resume, 20));
  readyMs = performance.now() - begun;
}, 60_000);

afterAll(() => {
  server?.kill('SIGKILL');
  if (folder) {
    spawnSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Copies what the last stage copies; what its build stage prepares in /ship is prepared by the same line. */
function layOut(): void {
  const ship = path.join(folder, 'ship');
  const prepare =
    instructions.find(({ name, text }) => name === 'RUN' && text.includes('/ship'))?.text ?? 'false';
  const prepared = spawnSync('sh', ['-ec', prepare.replaceAll('/ship', ship)], {
    cwd: root,
    env: { PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin` },
    encoding: 'utf8',
  });
  if (prepared.status !== 0) throw new Error(`the RUN line fails: ${prepared.stderr}`);
  for (const copy of all('COPY')) {
    const [from = '', to = ''] = copy.replace(/^--from=build /, '').split(/\s+/);
    const source = from.startsWith('/ship') ? from.replace('/ship', ship) : from.replace('/build', root);
    if (!existsSync(source)) throw new Error(`${from} is not there: npm run build makes it`);
    cpSync(source, path.join(shipped, to), { recursive: true, dereference: true });
  }
  spawnSync('chmod', ['-R', 'a+rX,a-w', shipped]);
}

function imageEnvironment(): Record<string, string> {
  const pairs = all('ENV').flatMap((text) => [...text.matchAll(/([A-Z_]+)=(\S+)/g)]);
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const url = (target: string) => `http://127.0.0.1:${environment.PULL_DOCTOR_PORT}${target}`;

async function isReady(): Promise<boolean> {
  return fetch(url('/readyz')).then(
    ({ ok }) => ok,
    () => false,
  );
}

function filesOf(within: string): string[] {
  return readdirSync(within, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe.skipIf(!isLinux)(`the files of the image${isLinux ? '' : ' (the image is for Linux)'}`, () => {
  it('are ready within a few seconds, from a folder that cannot be written, as nobody', async () => {
    expect(readyMs, output).toBeLessThan(5_000);
    const answer = await fetch(url('/readyz'));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ready', database: 'ready', page: 'ready' });
    const written = spawnSync('sh', ['-c', 'echo x > try'], { cwd: shipped, ...asNobody });
    expect(written.status).not.toBe(0);
    if (isRoot) expect(statSync(path.join(data, 'pull-doctor.db')).uid).toBe(nobody);
  });

  it('pass the HEALTHCHECK of the image, and fail it where nothing listens', async () => {
    const [, ...check] = jsonOf('HEALTHCHECK');
    const run = (port: string | undefined) =>
      spawnSync(process.execPath, check, {
        env: { ...environment, ...(port ? { PULL_DOCTOR_PORT: port } : {}) },
        timeout: 5_000,
        ...asNobody,
      }).status;
    expect(run(undefined)).toBe(0);
    expect(run(String(await freePort()))).toBe(1);
  });

  it('serve the page with its files, and diagnose', async () => {
    const html = await (await fetch(url('/'))).text();
    const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, target]) => target ?? '');
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const answer = await fetch(url(script));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toMatch(/immutable/);
    }
    const file = path.join(data, 'admin-token');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const answer = await fetch(url('/api/v1/diagnoses?wait=20'), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${readFileSync(file, 'utf8').trim()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ input: '127.0.0.1:1/team/app:1' }),
    });
    expect(answer.status).toBe(200);
    const diagnosis = (await answer.json()) as Diagnosis;
    expect(diagnosis.findings[0]?.cause).toBe('connection-failure');
    // As in the image, it knows that it does not stand on the host itself.
    expect(diagnosis.vantageNotes.join()).toMatch(/container/);
  });

  it(`take less than ${gzipBytesMax / 1e6} MB when compressed`, () => {
    const files = filesOf(shipped);
    const compressed = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
    console.log(
      `${files.length} files of the image, ${(compressed / 1e6).toFixed(2)} MB by gzip, ready after ${Math.round(readyMs)} ms`,
    );
    expect(compressed).toBeLessThan(gzipBytesMax);
    // One SQLite binary, that of this machine; no map, no source, no folder of packages but its own.
    expect(files.filter((file) => file.endsWith('.node'))).toHaveLength(1);
    expect(files.filter((file) => /\.(?:map|ts)$/.test(file))).toEqual([]);
  });

  it('end within 5 s of SIGTERM, with an open event stream too', async () => {
    const token = readFileSync(path.join(data, 'admin-token'), 'utf8').trim();
    const stream = await fetch(url('/api/v1/events'), { headers: { authorization: `Bearer ${token}` } });
    expect(stream.status).toBe(200);
    const ended = new Promise<number | null>((resolve) => server.once('exit', (code) => resolve(code)));
    const begun = performance.now();
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(output).toContain('Pull Doctor stopped.');
    await stream.body?.cancel();
  });
});
