import { execFile } from 'node:child_process';
import { chown, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carefulWrite, type FileChange } from '../careful-write.ts';
import { sha256Of } from '../target-file.ts';
import { undoChange } from '../undo.ts';
import type { Task, TaskDone } from './change-program.ts';
import type { AtCall } from './files-hook.ts';

const program = path.join(import.meta.dirname, 'change-program.ts');
const hook = path.join(import.meta.dirname, 'files-hook.ts');
const isRoot = process.getuid?.() === 0;
const old = `{\n\t"auths": {"old.example.com": {"auth": "${'b2xk'.repeat(2000)}"},},\n}\n`;
const next = old.replaceAll(',}', '}').replace('},\n}', '}\n}');
const ofDocker = '{"auths":{"docker.example.com":{"auth":"ZG9ja2VyOmxvZ2lu"}}}';
const now = new Date('2026-11-24T14:31:31.000Z');

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'every-call-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A folder with a file of another owner, where the tests run as one who may make such a file. */
async function makeFile(text: string | null = old): Promise<string> {
  const home = path.join(folder, String(count++));
  await mkdir(home);
  const file = path.join(home, 'config.json');
  if (text !== null) {
    await writeFile(file, text, { mode: 0o640 });
    if (isRoot) await chown(file, 1234, 2345);
  }
  return file;
}

const apply = (file: string, at: AtCall, expected: string | null = sha256Of(Buffer.from(old))): Task => ({
  do: 'apply',
  file,
  expected,
  text: next,
  at,
});

/** Ends by the signal or with what was done. */
async function run(tasks: Task[]): Promise<{ killed: boolean; done: TaskDone[] }> {
  const file = path.join(folder, `tasks-${count++}.json`);
  await writeFile(file, JSON.stringify(tasks));
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--import', hook, program, file],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error?.signal === 'SIGKILL') resolve({ killed: true, done: [] });
        else if (error) reject(new Error(stderr));
        else resolve({ killed: false, done: JSON.parse(stdout) });
      },
    );
  });
}

async function callsOf(task: Task): Promise<string[]> {
  const { done } = await run([task]);
  expect(done[0]?.result.ok).toBe(true);
  return done[0]?.calls ?? [];
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const item of left) await work(item);
    }),
  );
}

async function beside(file: string) {
  const names = (await readdir(path.dirname(file))).filter((name) => name !== path.basename(file));
  return {
    backups: names.filter((name) => name.endsWith('.pull-doctor-backup')),
    others: names.filter((name) => !name.endsWith('.pull-doctor-backup')),
  };
}

async function expectAccess(file: string, mode = 0o640): Promise<void> {
  const found = await stat(file);
  expect(found.mode & 0o7777).toBe(mode);
  if (isRoot) expect([found.uid, found.gid]).toEqual([1234, 2345]);
}

const ends = (calls: string[]): AtCall[] =>
  calls.flatMap((name, index): AtCall[] => [
    { do: 'kill', call: index + 1 },
    ...(name === 'handle.writeFile' ? [{ do: 'kill half-way' as const, call: index + 1 }] : []),
  ]);

describe('a change that is killed at a call', { timeout: 120_000 }, () => {
  it('leaves the old file or the new one, whole, with a whole backup once it is the new one', async () => {
    const calls = await callsOf(apply(await makeFile(), { do: 'nothing' }));
    expect(calls).toEqual(expect.arrayContaining(['handle.writeFile', 'handle.sync', 'renameSync', 'link']));
    const seen = { old: 0, next: 0 };
    await inParallel(ends(calls), async (at) => {
      const file = await makeFile();
      expect((await run([apply(file, at)])).killed, JSON.stringify(at)).toBe(true);
      const text = await readFile(file, 'utf8');
      expect([old, next].includes(text), JSON.stringify(at)).toBe(true);
      seen[text === old ? 'old' : 'next'] += 1;
      await expectAccess(file);
      const { backups, others } = await beside(file);
      if (text === next) expect(backups).toHaveLength(1);
      for (const backup of backups) {
        expect(await readFile(path.join(path.dirname(file), backup), 'utf8')).toBe(old);
        await expectAccess(path.join(path.dirname(file), backup));
      }
      // what is left over has secrets in it, and is for nobody else
      for (const name of others) {
        const left = await stat(path.join(path.dirname(file), name));
        expect(left.mode & 0o007).toBe(0);
      }
      // and the next one finds its way through what is left
      const again = await carefulWrite({
        file,
        expected: sha256Of(Buffer.from(text)),
        bytes: Buffer.from(next),
        now,
      });
      expect(again.ok, JSON.stringify([at, again])).toBe(true);
      const after = await beside(file);
      expect(after.others.filter((name) => !name.includes('pull-doctor-lock.'))).toEqual([]);
    });
    expect(seen.old).toBeGreaterThan(20);
    expect(seen.next).toBeGreaterThan(2);
  });

  it('leaves no file or the new one, whole, where there was none', async () => {
    const calls = await callsOf(
      apply(path.join(await makeFile(null), '../new/.docker/config.json'), { do: 'nothing' }, null),
    );
    await inParallel(ends(calls), async (at) => {
      const file = path.join(await makeFile(null), '../new/.docker/config.json');
      expect((await run([apply(file, at, null)])).killed).toBe(true);
      const text = await readFile(file, 'utf8').catch(() => null);
      expect([null, next].includes(text)).toBe(true);
      if (text !== null) expect((await stat(file)).mode & 0o7777).toBe(0o600);
    });
  });

  it('leaves the new file or the old one, whole, when it is undone', async () => {
    const make = async (): Promise<FileChange> => {
      const file = await makeFile();
      const made = await carefulWrite({
        file,
        expected: sha256Of(Buffer.from(old)),
        bytes: Buffer.from(next),
        now,
      });
      if (!made.ok) throw new Error(made.refusal.why);
      return made.change;
    };
    const calls = await callsOf({ do: 'undo', change: await make(), at: { do: 'nothing' } });
    await inParallel(ends(calls), async (at) => {
      const change = await make();
      expect((await run([{ do: 'undo', change, at }])).killed).toBe(true);
      const text = await readFile(change.target, 'utf8');
      expect([old, next].includes(text)).toBe(true);
      expect(await readFile(change.backup ?? '', 'utf8')).toBe(old);
      if (text === next) expect(await undoChange(change, { now })).toEqual({ ok: true });
      expect(await readFile(change.target, 'utf8')).toBe(old);
      await expectAccess(change.target);
    });
  });
});

it('brings backup and new file to the disk before the rename, and the folder after it', async () => {
  const calls = await callsOf(apply(await makeFile(), { do: 'nothing' }));
  const renamed = calls.indexOf('renameSync');
  const syncsBefore = calls.slice(0, renamed).filter((name) => name === 'handle.sync').length;
  // the backup, the new file, the folder with the name of the backup
  expect(syncsBefore).toBe(3);
  expect(calls.slice(renamed).filter((name) => name === 'handle.sync')).toHaveLength(1);
  // nothing between the last look and the rename
  expect(calls[renamed - 1]).toBe('statSync');
});

describe('a file system that says no', { timeout: 120_000 }, () => {
  it.each(['ENOSPC', 'EACCES', 'EROFS', 'EXDEV', 'EIO', 'EBUSY', 'EDQUOT'])(
    '%s at any call: the old file and nothing beside it, or the new one and its backup',
    async (errno) => {
      const calls = await callsOf(apply(await makeFile(), { do: 'nothing' }));
      const tasks = await Promise.all(
        calls.map(async (_, index) => apply(await makeFile(), { do: 'fail', call: index + 1, errno })),
      );
      const { done } = await run(tasks);
      expect(done).toHaveLength(calls.length);
      let refused = 0;
      for (const [index, { result }] of done.entries()) {
        const task = tasks[index];
        if (task?.do !== 'apply') throw new Error('no such task');
        const at = `${index + 1} ${calls[index]}`;
        expect(await readFile(task.file, 'utf8'), at).toBe(result.ok ? next : old);
        await expectAccess(task.file);
        const { backups, others } = await beside(task.file);
        expect(backups.length, at).toBe(result.ok ? 1 : 0);
        // removing and reading back may be what fails; then that one thing stays, and the next fix removes it
        if (!/unlink|readFile|readdir/.test(calls[index] ?? '')) expect(others, at).toEqual([]);
        if (!result.ok) {
          refused += 1;
          expect(result.refusal.fix, at).toMatch(/\w/);
          expect(JSON.stringify(result)).not.toContain('b2xk');
        }
      }
      expect(refused).toBeGreaterThan(10);
    },
  );

  it('leaves no folder that it made for nothing', async () => {
    const file = path.join(await makeFile(null), '../new/.docker/config.json');
    const calls = await callsOf(apply(file, { do: 'nothing' }, null));
    for (const [index, name] of calls.entries()) {
      const other = path.join(await makeFile(null), '../new/.docker/config.json');
      const { done } = await run([apply(other, { do: 'fail', call: index + 1, errno: 'ENOSPC' }, null)]);
      const there = await lstat(other).then(
        () => true,
        () => false,
      );
      expect(there, name).toBe(done[0]?.result.ok);
      if (!there && !/unlink|rmdir|readFile|readdir/.test(name))
        expect(await readdir(path.dirname(path.dirname(path.dirname(other))))).toEqual([]);
    }
  });
});

describe('another program that replaces the file as docker does', { timeout: 120_000 }, () => {
  it('at any call: one wins, the other is told, and nothing is lost', async () => {
    const calls = await callsOf(apply(await makeFile(), { do: 'nothing' }));
    const renamed = calls.indexOf('renameSync');
    const files = await Promise.all(calls.map(() => makeFile()));
    const { done } = await run(
      files.map((file, index) => apply(file, { do: 'replace', call: index + 1, file, text: ofDocker })),
    );
    for (const [index, { result }] of done.entries()) {
      // the one place that cannot be closed: between the last look and the rename, two system calls in a row
      if (index === renamed) {
        expect(result).toMatchObject({ ok: true, change: { overwroteAnother: true } });
        continue;
      }
      if (result.ok) expect(result).toMatchObject({ change: { overwroteAnother: false } });
      const file = files[index] ?? '';
      const at = `${index + 1} ${calls[index]}`;
      expect(await readFile(file, 'utf8'), at).toBe(ofDocker);
      const { backups, others } = await beside(file);
      expect(others, at).toEqual([]);
      if (index < renamed) {
        expect(result.ok ? 'applied' : result.refusal.code, at).toBe('changed-since');
        expect(backups, at).toEqual([]);
      } else {
        // it came after the change; the backup has what was there before both
        expect(result.ok, at).toBe(true);
        expect(await readFile(path.join(path.dirname(file), backups[0] ?? ''), 'utf8')).toBe(old);
        if (result.ok && 'change' in result) {
          const undone = await undoChange(result.change, { now });
          expect(undone.ok ? 'undone' : undone.refusal.code).toBe('changed-since');
        }
      }
    }
  });

  it('makes the file where there was none: the file of the other stays', async () => {
    const first = await makeFile(null);
    const calls = await callsOf(apply(first, { do: 'nothing' }, null));
    const linked = calls.lastIndexOf('link');
    const files = await Promise.all(calls.map(() => makeFile(null)));
    const { done } = await run(
      files.map((file, index) => apply(file, { do: 'replace', call: index + 1, file, text: ofDocker }, null)),
    );
    for (const [index, { result }] of done.entries()) {
      expect(await readFile(files[index] ?? '', 'utf8')).toBe(ofDocker);
      expect(result.ok, `${index + 1} ${calls[index]}`).toBe(index > linked);
    }
  });
});
