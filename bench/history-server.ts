import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, root, untilReady } from './server.ts';

export interface HistoryServer {
  origin: string;
  pid: number;
  readyMs: number;
  file: string;
  headers: Record<string, string>;
  get<Answer>(address: string): Promise<Answer>;
  report(body: unknown): Promise<{ results: { state: string; id: string; key: string }[] }>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** The built server on a data folder that stays, so that it can be filled, and started again after a kill. */
export async function startOn(data: string): Promise<HistoryServer> {
  mkdirSync(data, { recursive: true });
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=2', 'apps/api/dist/main.js'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PULL_DOCTOR_DATA: data,
      PULL_DOCTOR_PORT: String(port),
      PULL_DOCTOR_DAEMON_LOG: 'none',
      PULL_DOCTOR_CHECK_SECONDS: '0',
      // What is measured is the size that a million makes, not what is kept of it by default.
      PULL_DOCTOR_HISTORY_MB: '100000',
      DOCKER_HOST: 'unix:///nowhere/docker.sock',
    },
  });
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(child, origin);
  const readyMs = performance.now() - begun;
  const tokenFile = path.join(data, 'admin-token');
  if (!existsSync(tokenFile)) throw new Error('The server made no token.');
  const headers = {
    authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`,
    'content-type': 'application/json',
  };
  return {
    origin,
    pid: child.pid ?? 0,
    readyMs,
    file: path.join(data, 'pull-doctor.db'),
    headers,
    async get(address) {
      const answer = await fetch(`${origin}${address}`, { headers });
      if (!answer.ok) throw new Error(`${address} answers ${answer.status}: ${await answer.text()}`);
      return answer.json() as Promise<never>;
    },
    async report(body) {
      const answer = await fetch(`${origin}/api/v1/attempts`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`reports are answered ${answer.status}: ${await answer.text()}`);
      return answer.json() as ReturnType<HistoryServer['report']>;
    },
    kill: () => ended(child, 'SIGKILL'),
    stop: () => ended(child, 'SIGTERM'),
  };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}
