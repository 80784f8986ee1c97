import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

export interface Server {
  origin: string;
  pid: number;
  /** Milliseconds from the start of the process to the first 200 of /readyz, asked every 5 ms. */
  readyMs: number;
  get(path: string): Promise<string>;
  post(path: string, body: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the built server as a user would, with a new data folder. */
export async function startServer(environment: Record<string, string> = {}): Promise<Server> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'pull-doctor-bench-'));
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=2', 'apps/api/dist/main.js'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      ...environment,
      PULL_DOCTOR_DATA: data,
      PULL_DOCTOR_PORT: String(port),
      PULL_DOCTOR_DAEMON_LOG: 'none',
    },
  });
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(child, origin);
  const readyMs = performance.now() - begun;
  const token = readFileSync(path.join(data, 'admin-token'), 'utf8').trim();
  return {
    origin,
    pid: child.pid ?? 0,
    readyMs,
    async get(address) {
      const response = await fetch(`${origin}${address}`, { headers: { authorization: `Bearer ${token}` } });
      const text = await response.text();
      if (!response.ok) throw new Error(`${address} answers ${response.status}: ${text}`);
      return text;
    },
    async post(address, body) {
      const response = await fetch(`${origin}${address}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${address} answers ${response.status}: ${await response.text()}`);
      return response.json();
    },
    async stop() {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export async function untilReady(child: ChildProcess, origin: string): Promise<void> {
  let exited: number | null = null;
  child.once('exit', (status) => {
    exited = status ?? 1;
  });
  for (let tries = 0; tries < 6000; tries += 1) {
    if (exited !== null) throw new Error(`The server ended with status ${exited}.`);
    const isReady = await fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      // Not listening yet.
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('The server was not ready within 30 s.');
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
