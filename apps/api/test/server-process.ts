import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { type Child, startChild } from '@pull-doctor/testkit/child-process';

const apiFolder = path.resolve(import.meta.dirname, '..');
export const processAdminToken = 'pd-admin-9f31c0de77aa41e2b6d4c5f8a7b90213';

/** Pull Doctor as its own process: what it prints, what it keeps on disk, and what memory it takes can be seen. */
export interface ServerProcess {
  origin: string;
  pid: number;
  child: Child;
  dataFolder: string;
  headers: { authorization: string };
  diagnose(
    body: object,
  ): Promise<{ status: number; contentType: string; text: string; diagnosis: Diagnosis }>;
  /** Every file of the data folder, as bytes. */
  files(): { name: string; bytes: Buffer }[];
  stop(): Promise<void>;
}

/**
 * Starts the server from its sources.
 *
 * @param environment Docker's variables: the whole environment, as the testkit gives it.
 * @param settings PULL_DOCTOR_… variables besides those for port and token; PULL_DOCTOR_DATA for a folder that is there.
 * @param inDisk makes that folder a disk of its own, of so many megabytes, which only the process sees; needs root.
 */
export async function startServerProcess(
  environment: Record<string, string>,
  settings: Record<string, string> = {},
  inDisk: { megabytes: number } | null = null,
): Promise<ServerProcess> {
  const dataFolder = settings.PULL_DOCTOR_DATA ?? mkdtempSync(path.join(os.tmpdir(), 'pull-doctor-'));
  // The shell names its number and becomes the server, so that the number is the server's.
  const becoming = inDisk
    ? [
        ...['unshare', '--mount', 'sh', '-c'],
        `mount -t tmpfs -o size=${inDisk.megabytes}m tmpfs "$0" && echo "pid $$" && exec "$@"`,
        dataFolder,
      ]
    : ['sh', '-c', 'echo "pid $$"; exec "$@"', 'sh'];
  // The flag is the one that npm start and the image give it.
  const command = [process.execPath, '--max-semi-space-size=2', path.join(apiFolder, 'src/main.ts')];
  const child = startChild([...becoming, ...command], {
    ...environment,
    PULL_DOCTOR_DAEMON_LOG: 'none',
    // A test that counts requests, or what is kept, asks for checks and diagnoses by itself.
    PULL_DOCTOR_CHECK_SECONDS: '0',
    PULL_DOCTOR_DIAGNOSE_NEW: '0',
    ...settings,
    PULL_DOCTOR_PORT: '0',
    PULL_DOCTOR_DATA: dataFolder,
    PULL_DOCTOR_ADMIN_TOKEN: processAdminToken,
  });
  const pid = await child.lineWith(/^pid (\d+)$/, 5000);
  const ready = await child.lineWith(/Pull Doctor is ready: (http:\/\/[^/]+)\//, 20_000);
  if (!ready || !pid) throw new Error(`the server did not start: ${child.lines.join(' | ')}`);
  const origin = ready[1] ?? '';
  const headers = { authorization: `Bearer ${processAdminToken}` };
  return {
    origin,
    pid: Number(pid[1]),
    child,
    dataFolder,
    headers,
    async diagnose(body) {
      const answer = await fetch(`${origin}/api/v1/diagnoses?wait=60`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      const contentType = answer.headers.get('content-type') ?? '';
      return { status: answer.status, contentType, text, diagnosis: JSON.parse(text) };
    },
    files: () =>
      readdirSync(dataFolder).map((name) => ({ name, bytes: readFileSync(path.join(dataFolder, name)) })),
    async stop() {
      await child.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Whether the peak of a process's memory can be read here: only Linux tells it. */
export const memoryIsSeen = existsSync('/proc/self/clear_refs');

/** From now on the peak is counted anew (proc(5), clear_refs). */
export function forgetMemoryPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Bytes of resident memory: now, and at most since `forgetMemoryPeak`. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
}
