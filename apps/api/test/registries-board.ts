import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RegistryBoard, RegistryDetail } from '@pull-doctor/contract/registries';
import { makeDockerConfigFolder } from '@pull-doctor/testkit/docker-config-folder';
import type { HelperProgram } from '@pull-doctor/testkit/helpers/credential-helpers';
import type { RecordedRequest } from '@pull-doctor/testkit/request-log';
import type { LightMyRequestResponse } from 'fastify';
import { startApplication, type TestApplication } from './application.ts';

/** The real application with a Docker configuration of its own, and shortcuts to its board. */
export interface BoardApplication extends TestApplication {
  configFile: string;
  /** As docker login does it: a new file takes the place of the old one. */
  writeConfig(config: object | string): void;
  send(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object): Promise<LightMyRequestResponse>;
  board(user?: string): Promise<RegistryBoard>;
  detail(host: string): Promise<RegistryDetail>;
  /** As "Check now" does. */
  check(host: string): Promise<RegistryDetail>;
}

/** @param environment besides that of the configuration's folder */
export async function startBoard(
  folder: string,
  config: object | string,
  settings: Record<string, string> = {},
  {
    helpers,
    environment = {},
  }: { helpers?: Record<string, HelperProgram>; environment?: Record<string, string> } = {},
): Promise<BoardApplication> {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  const docker = await makeDockerConfigFolder(folder, { text, ...(helpers && { helpers }) });
  const full = { DOCKER_HOST: 'unix:///nonexistent/docker.sock', ...docker.environment, ...environment };
  return boardOf(await startApplication(() => full, settings), docker.file);
}

export function boardOf(application: TestApplication, configFile: string): BoardApplication {
  const { app, headers } = application;
  const send: BoardApplication['send'] = (method, url, payload) =>
    app.inject({ method, url: `/api/v1${url}`, headers, ...(payload && { payload }) });
  const json = async (answer: LightMyRequestResponse) => {
    if (answer.statusCode >= 300) throw new Error(`${answer.statusCode} ${answer.body}`);
    return answer.json();
  };
  const at = (host: string) => `/registries/${encodeURIComponent(host)}`;
  return {
    ...application,
    configFile,
    writeConfig(config) {
      const next = path.join(path.dirname(configFile), `config.json${Math.random()}`);
      writeFileSync(next, typeof config === 'string' ? config : JSON.stringify(config), { mode: 0o600 });
      renameSync(next, configFile);
    },
    send,
    board: async (user) =>
      json(await send('GET', `/registries${user === undefined ? '' : `?user=${encodeURIComponent(user)}`}`)),
    detail: async (host) => json(await send('GET', at(host))),
    check: async (host) => json(await send('POST', `${at(host)}/check`)),
  };
}

/** `auths` of config.json for these hosts. */
export function loginsFor(hosts: readonly string[], password: string): object {
  const auth = Buffer.from(`alice:${password}`).toString('base64');
  return { auths: Object.fromEntries(hosts.map((host) => [host, { auth }])) };
}

/** Events of the stream as they come, with the time of each. */
export interface Listener {
  events: { kind: string; id: string; at: number }[];
  /** When the first event came that fits, after `since`; fails after a while. */
  next(host: string, since: number, waitMs?: number): Promise<number>;
  close(): Promise<void>;
}

export async function listen({ app, headers }: TestApplication): Promise<Listener> {
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = new AbortController();
  const events: Listener['events'] = [];
  const response = await fetch(`${origin}/api/v1/events`, { headers, signal: stop.signal });
  const reading = (async () => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (data?.includes('"kind"')) events.push({ ...JSON.parse(data), at: performance.now() });
      }
    }
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return {
    events,
    async next(host, since, waitMs = 5_000) {
      const until = performance.now() + waitMs;
      for (;;) {
        const found = events.find(
          ({ kind, id, at }) => kind === 'registry-changed' && id === host && at >= since,
        );
        if (found) return found.at;
        if (performance.now() > until) throw new Error(`no event of ${host} within ${waitMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async close() {
      stop.abort();
      await reading;
    },
  };
}

/** Requests for manifests that carry a body back: a registry counts those as pulls. */
export function manifestGets(requests: readonly RecordedRequest[]): RecordedRequest[] {
  return requests.filter(({ method, path }) => method === 'GET' && /\/manifests\//.test(path));
}

/** The most requests that came within one second. */
export function mostPerSecond(requests: readonly { at: Date }[]): number {
  const times = requests.map(({ at }) => at.getTime()).sort((a, b) => a - b);
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
}

/** Waits until something holds; fails with what it was last. */
export async function until<Value>(
  read: () => Promise<Value>,
  holds: (value: Value) => boolean,
  waitMs = 15_000,
): Promise<Value> {
  const end = performance.now() + waitMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (performance.now() > end) throw new Error(`after ${waitMs} ms: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
