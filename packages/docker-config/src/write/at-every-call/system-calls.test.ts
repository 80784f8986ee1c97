import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carefulWrite } from '../careful-write.ts';
import { sha256Of } from '../target-file.ts';
import type { Task } from './change-program.ts';

/*
 * The same as at-every-call.test.ts, one floor deeper: strace ends the process at each system call that the two threads
 * make which touch files. It needs strace and the right to trace, so where these are missing the other test stands alone.
 */

const program = path.join(import.meta.dirname, 'change-program.ts');
const hook = path.join(import.meta.dirname, 'files-hook.ts');
const canTrace = await promisify(execFile)('strace', ['-o', '/dev/null', 'true']).then(
  () => true,
  () => false,
);
const old = `{\n\t"auths": {"old.example.com": {"auth": "${'b2xk'.repeat(2000)}"},},\n}\n`;
const next = old.replace('},}', '}}').replace('},\n}', '}\n}');
const expected = sha256Of(Buffer.from(old));

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'system-calls-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** All that touches files. Waiting, memory and signals cannot leave a file in another state. */
const calls =
  'open,openat,read,pread64,write,pwrite64,close,fsync,fdatasync,fchown,fchmod,rename,renameat,renameat2,link,linkat,unlink,unlinkat,statx,stat,lstat,fstat,newfstatat,readlink,readlinkat,getdents64,mkdir,mkdirat,ftruncate';

async function makeFile(): Promise<string> {
  const home = path.join(folder, String(count++));
  await mkdir(home);
  const file = path.join(home, 'config.json');
  await writeFile(file, old, { mode: 0o640 });
  return file;
}

/** Runs the change under strace; `inject` names the call and the how manieth of it the process is ended at. */
async function trace(file: string, inject: { name: string; nth: number } | null) {
  const task: Task = { do: 'apply', file, expected, text: next, at: { do: 'nothing' } };
  const child = spawn(process.execPath, ['--import', hook, program, JSON.stringify([task]), 'wait'], {
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.stdout.resume();
  // outside of the folder, which the change watches
  const log = `${path.dirname(file)}.trace`;
  const strace = spawn(
    'strace',
    [
      ...['-o', log, '-e', `trace=${calls}`],
      ...(inject ? ['-e', `inject=${inject.name}:signal=SIGKILL:when=${inject.nth}`] : []),
      ...(await threadsOf(child)).flatMap((thread) => ['-p', thread]),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const straceEnded = once(strace, 'exit');
  let said = '';
  for await (const chunk of strace.stderr.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.split('attached').length > 2) break;
  }
  strace.stderr.resume();
  child.stdin.end('go');
  const [, signal] = await ended;
  await straceEnded;
  return { killed: signal === 'SIGKILL', log: await readFile(log, 'utf8') };
}

/** The thread that JavaScript runs in, and the one that makes its asynchronous calls. */
async function threadsOf({ pid = 0 }: ChildProcess): Promise<string[]> {
  const ids = await readdir(`/proc/${pid}/task`);
  const names = await Promise.all(ids.map((id) => readFile(`/proc/${pid}/task/${id}/comm`, 'utf8')));
  const workers = ids.filter((_, index) => names[index]?.trim() === 'libuv-worker');
  expect(workers).toHaveLength(1);
  return [String(pid), ...workers];
}

/** How often each call was made, by the thread that made it most. */
function countCalls(log: string): { name: string; times: number }[] {
  const byThread = new Map<string, number>();
  for (const [, thread, name] of log.matchAll(/^(\d+) +([a-z0-9_]+)\(/gm)) {
    const key = `${thread} ${name}`;
    byThread.set(key, (byThread.get(key) ?? 0) + 1);
  }
  const most = new Map<string, number>();
  for (const [key, times] of byThread) {
    const name = key.split(' ')[1] ?? '';
    most.set(name, Math.max(most.get(name) ?? 0, times));
  }
  return [...most].map(([name, times]) => ({ name, times }));
}

describe.skipIf(!canTrace)(
  canTrace ? 'strace' : 'strace (skipped: not installed, or tracing is not allowed)',
  () => {
    it('a change that is ended at any system call leaves the old or the new file, whole', {
      timeout: 180_000,
    }, async () => {
      const counted = countCalls((await trace(await makeFile(), null)).log);
      expect(counted.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['rename', 'link', 'fsync', 'unlink']),
      );
      const points = counted.flatMap(({ name, times }) =>
        Array.from({ length: times }, (_, index) => ({ name, nth: index + 1 })),
      );
      expect(points.length).toBeGreaterThan(60);
      const seen = { old: 0, next: 0 };
      let missed = 0;
      const left = points.values();
      const work = async () => {
        for (const point of left) {
          const at = `${point.name} ${point.nth}`;
          const file = await makeFile();
          const { killed } = await trace(file, point);
          if (!killed) missed += 1;
          const text = await readFile(file, 'utf8');
          expect([old, next].includes(text), at).toBe(true);
          expect((await stat(file)).mode & 0o7777, at).toBe(0o640);
          seen[text === old ? 'old' : 'next'] += 1;
          const backups = (await readdir(path.dirname(file))).filter((name) =>
            name.endsWith('.pull-doctor-backup'),
          );
          if (text === next) expect(backups, at).toHaveLength(1);
          for (const backup of backups)
            expect(await readFile(path.join(path.dirname(file), backup), 'utf8'), at).toBe(old);
          const again = await carefulWrite({
            file,
            expected: sha256Of(Buffer.from(text)),
            bytes: Buffer.from(next),
            now: new Date('2026-11-24T14:31:31.000Z'),
          });
          expect(again.ok, at).toBe(true);
        }
      };
      await Promise.all(Array.from({ length: 6 }, work));
      expect(seen.old).toBeGreaterThan(40);
      expect(seen.next).toBeGreaterThan(5);
      // on a busy machine one thread may wake the other less often, and then the last of a kind is not reached
      expect(missed).toBeLessThan(points.length / 20);
    });
  },
);
