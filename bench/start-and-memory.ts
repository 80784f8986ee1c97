import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Figure, median } from './figures.ts';
import { freePort, root, startServer, untilReady } from './server.ts';

const runs = 7;

/** Cold start of the built server, `npm start` again, and memory at rest. */
export async function startAndMemory(): Promise<Figure[]> {
  const starts: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const server = await startServer();
    starts.push(server.readyMs);
    await server.stop();
  }
  const again: number[] = [];
  for (let run = 0; run < 3; run += 1) again.push(await npmStartMs());
  const figures: Figure[] = [
    {
      what: 'cold start to /readyz',
      measured: median(starts) / 1000,
      limit: 0.8,
      unit: 's',
      detail: `median of ${runs}`,
    },
    {
      what: 'npm start again, to /readyz',
      measured: median(again) / 1000,
      limit: 2.5,
      unit: 's',
      detail: 'median of 3',
    },
  ];
  const idle = await idleMegabytes();
  if (idle !== null)
    figures.push({
      what: 'memory at rest',
      measured: idle,
      limit: 150,
      unit: 'MB',
      detail: 'VmRSS 10 s after the start',
    });
  return figures;
}

async function npmStartMs(): Promise<number> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'pull-doctor-bench-'));
  const port = await freePort();
  const begun = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, PULL_DOCTOR_DATA: data, PULL_DOCTOR_PORT: String(port) },
  });
  await untilReady(child, `http://127.0.0.1:${port}`);
  const ms = performance.now() - begun;
  // The whole group, as Ctrl-C in a terminal does.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await new Promise((resolve) => child.once('exit', resolve));
  rmSync(data, { recursive: true, force: true });
  return ms;
}

/** null where the system has no /proc. */
async function idleMegabytes(): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const server = await startServer();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  await server.stop();
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
