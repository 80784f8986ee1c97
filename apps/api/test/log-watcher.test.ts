import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileLog } from '../src/daemon/log/file-log.ts';
import type { Intake, NewAttempt } from '../src/features/attempts/intake.ts';
import { doorBoard } from '../src/features/doors/door-board.ts';
import { logWatcher } from '../src/features/doors/log-watcher.ts';

/*
 * The watcher with real files and the real reader of lines. What it records goes to a stand-in for the history, which
 * keeps the promises of Intake: all or nothing, with the cursor, each key once. It outlives the watcher, as a disk does.
 */
interface Disk {
  attempts: NewAttempt[];
  cursor: string | null;
  /** The next calls fail, as a full disk makes them. */
  fails: number;
  /** An image that can never be recorded. */
  refuses?: string;
  records: number;
}

let folder: string;
let file: string;
let disk: Disk;
const running: { kill(): Promise<void> }[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdw-'));
  file = path.join(folder, 'docker.log');
  writeFileSync(file, '');
  disk = { attempts: [], cursor: null, fails: 0, records: 0 };
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.kill()));
  rmSync(folder, { recursive: true, force: true });
});

function intakeOn(on: Disk): Intake {
  return {
    async record(attempts, readUpTo) {
      await new Promise((resume) => setTimeout(resume, Math.random() * 5));
      on.records += 1;
      if (on.fails > 0) {
        on.fails -= 1;
        throw new Error('no space left on device');
      }
      if (attempts.some(({ canonical }) => canonical === on.refuses)) throw new Error('a fault of ours');
      const keys = new Set(on.attempts.map(({ key }) => key));
      const isNew = attempts.map(({ key }) => !keys.has(key));
      on.attempts.push(...attempts.filter((_, at) => isNew[at]));
      if (readUpTo) on.cursor = readUpTo.cursor;
      return attempts.map((_, at) => ({ id: '', state: isNew[at] ? 'recorded' : 'known' }));
    },
    cursorOf: async () => on.cursor,
  } as Partial<Intake> as Intake;
}

function watch() {
  const stop = new AbortController();
  const board = doorBoard(
    () => new Date(),
    () => {},
  );
  const watcher = logWatcher(fileLog(file), {
    intake: intakeOn(disk),
    board,
    ways: async () => ({ mirrors: [], insecureRegistries: ['127.0.0.0/8'] }),
    nowMs: () => Date.now(),
    log: pino({ level: 'silent' }),
  });
  const run = watcher.run(stop.signal);
  const one = {
    door: () => board.read().find(({ door }) => door === 'daemon-log'),
    async kill() {
      stop.abort();
      await run;
    },
  };
  running.push(one);
  return one;
}

const stamp = (ms: number) =>
  `${new Date(ms).toISOString().slice(0, -1)}${String(++nanos % 1e6).padStart(6, '0')}Z`;
let nanos = 0;
const line = (level: string, msg: string, ms = Date.now()) =>
  `time="${stamp(ms)}" level=${level} msg=${JSON.stringify(msg)}\n`;

/** What dockerd 20.10 writes when a registry wants a login (recorded; the names are ours). */
const failed = (name: string, ms?: number) => {
  const error = `Head "https://registry.example.com/v2/${name}/manifests/1": no basic auth credentials`;
  return [
    line('info', `Attempting next endpoint for pull after error: ${error}`, ms),
    line('error', `Handler for POST /v1.41/images/create returned error: ${error}`, ms),
  ];
};
const other = (ms?: number) => line('info', 'Loading containers: done.', ms);
const write = (...lines: string[]) => appendFileSync(file, lines.join(''));
const images = () => disk.attempts.map(({ canonical }) => canonical);
const image = (name: string) => `registry.example.com/${name}:1`;

describe('the watcher of the log', () => {
  it('records a failed pull within a second, with its image, its words and its time', async () => {
    const watcher = watch();
    await expect.poll(() => watcher.door()?.state).toBe('open');
    const at = Date.now();
    write(...failed('team/app'));
    await expect.poll(images, { timeout: 1_000, interval: 10 }).toEqual([image('team/app')]);
    expect(disk.attempts[0]).toMatchObject({
      reference: { registry: 'registry.example.com', repository: 'team/app', tag: '1', digest: null },
      door: 'daemon-log',
      outcome: 'failed',
      message: 'Head "https://registry.example.com/v2/team/app/manifests/1": no basic auth credentials',
    });
    expect(Math.abs((disk.attempts[0]?.startedAt.getTime() ?? 0) - at)).toBeLessThan(1_000);
    expect(watcher.door()).toMatchObject({
      state: 'open',
      says: `The daemon’s log is read from ${file}.`,
      unseen: null,
    });
  });

  it('keeps its place behind pulls that may have a further line, and goes on from there', async () => {
    const first = watch();
    await expect.poll(() => first.door()?.state).toBe('open');
    const [begin = '', end = ''] = failed('team/app');
    write(other(), begin);
    await new Promise((resume) => setTimeout(resume, 300));
    await first.kill();
    write(end);
    watch();
    await expect.poll(images, { timeout: 5_000 }).toEqual([image('team/app')]);
    await new Promise((resume) => setTimeout(resume, 1_500));
    expect(images()).toEqual([image('team/app')]);
  });

  it('waits where nothing can be recorded, and loses nothing', async () => {
    const watcher = watch();
    await expect.poll(() => watcher.door()?.state).toBe('open');
    disk.fails = 2;
    write(...failed('team/one'));
    await expect.poll(() => disk.fails, { timeout: 5_000 }).toBeLessThan(2);
    write(...failed('team/two'));
    await expect.poll(images, { timeout: 10_000 }).toEqual([image('team/one'), image('team/two')]);
  }, 20_000);

  it('leaves out the one pull that can never be recorded, and records the others', async () => {
    const watcher = watch();
    await expect.poll(() => watcher.door()?.state).toBe('open');
    disk.refuses = image('team/bad');
    write(...failed('team/one'), ...failed('team/bad'), ...failed('team/two'));
    await expect.poll(images, { timeout: 25_000 }).toEqual([image('team/one'), image('team/two')]);
  }, 30_000);

  it('says where none of 200 lines is of a form that is known', async () => {
    const watcher = watch();
    write(...Array.from({ length: 199 }, (_, at) => `20/May/2026 something of another program ${at}\n`));
    await expect.poll(() => watcher.door()?.lastAt).not.toBe(null);
    expect(watcher.door()?.state).toBe('open');
    write('20/May/2026 and one more\n');
    await expect.poll(() => watcher.door()?.state).toBe('not-understood');
    expect(watcher.door()?.says).toMatch(/None of its last 200 lines/);
    expect(watcher.door()?.unseen).toMatch(/Pulls that fail are not seen/);
    write(other());
    await expect.poll(() => watcher.door()?.state).toBe('open');
  });

  it('asks the disk seldom where there is nothing to record', async () => {
    const watcher = watch();
    await expect.poll(() => watcher.door()?.state).toBe('open');
    for (let at = 0; at < 30; at++) {
      write(other());
      await new Promise((resume) => setTimeout(resume, 50));
    }
    await expect.poll(() => disk.cursor, { timeout: 3_000 }).not.toBe(null);
    expect(disk.records).toBeLessThanOrEqual(3);
    const idle = disk.records;
    await new Promise((resume) => setTimeout(resume, 2_500));
    expect(disk.records - idle).toBeLessThanOrEqual(1);
  }, 10_000);

  it('records each pull once over kills, rotations and a clock that goes back', {
    timeout: 90_000,
  }, async () => {
    write(other());
    const first = watch();
    await expect.poll(() => disk.cursor, { timeout: 5_000 }).not.toBe(null);
    await first.kill();
    const written: string[] = [];
    let clockMs = 0;
    let rotations = 0;
    for (let round = 0; round < 40; round++) {
      const watcher = watch();
      for (let step = 0; step < 5; step++) {
        if (Math.random() < 0.1) clockMs -= 3_600_000;
        for (let pull = Math.floor(Math.random() * 4); pull > 0; pull--) {
          const name = `team/app-${written.length}`;
          written.push(image(name));
          const [begin = '', end = ''] = failed(name, Date.now() + clockMs);
          // another program's line between, a long one now and then, bytes that are no UTF-8
          write(begin, other(Date.now() + clockMs));
          if (Math.random() < 0.05) write(`${'x'.repeat(1_100_000)}\n`);
          if (Math.random() < 0.1) appendFileSync(file, Buffer.from([0xff, 0xfe, 0x0a]));
          if (Math.random() < 0.2) await new Promise((resume) => setTimeout(resume, Math.random() * 100));
          write(end);
        }
        if (Math.random() < 0.1) rotate(++rotations % 2 === 0);
        if (Math.random() < 0.2) disk.fails = 1;
        await new Promise((resume) => setTimeout(resume, Math.random() * 60));
      }
      if (round % 8 === 7) await new Promise((resume) => setTimeout(resume, 4_000));
      await watcher.kill();
    }
    watch();
    await expect.poll(() => new Set(images()).size, { timeout: 15_000 }).toBe(written.length);
    await new Promise((resume) => setTimeout(resume, 1_500));
    expect(images().toSorted()).toEqual(written.toSorted());
    expect(rotations).toBeGreaterThan(5);
  });
});

function rotate(byCopy: boolean): void {
  rmSync(`${file}.30`, { force: true });
  for (let at = 29; at >= 1; at--)
    try {
      renameSync(`${file}.${at}`, `${file}.${at + 1}`);
    } catch {
      // Not so many yet.
    }
  if (byCopy) {
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  } else {
    renameSync(file, `${file}.1`);
    writeFileSync(file, '');
  }
}
