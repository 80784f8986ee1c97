import { execFile } from 'node:child_process';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carefulWrite, type FileChange, readForPlan } from './careful-write.ts';
import { moveFolderAside, moveFolderBack } from './folder-in-place.ts';
import { undoChange } from './undo.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const now = new Date('2026-11-24T14:31:31.000Z');
const old = '{"auths":{"reg.example.com":{"auth":"YWxpY2U6b2xk"},}}\n';
const next = '{"auths":{"reg.example.com":{"auth":"YWxpY2U6b2xk"}}}\n';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'careful-write-'));
  file = path.join(folder, 'config.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function plan(at = file): Promise<string | null> {
  const read = await readForPlan(at);
  if (!read.ok) throw new Error(read.refusal.why);
  return read.version?.sha256 ?? null;
}

async function change(options: Partial<Parameters<typeof carefulWrite>[0]> = {}): Promise<FileChange> {
  const written = await carefulWrite({
    file,
    expected: await plan(options.file),
    bytes: Buffer.from(next),
    now,
    ...options,
  });
  if (!written.ok) throw new Error(`${written.refusal.code}: ${written.refusal.why}`);
  return written.change;
}

async function codeOf(answer: ReturnType<typeof carefulWrite | typeof undoChange | typeof moveFolderAside>) {
  const { ok, ...rest } = await answer;
  return ok || !('refusal' in rest) ? 'ok' : rest.refusal.code;
}

describe('what stays', () => {
  it('owner, group and mode, of the file and of its backup', async () => {
    await writeFile(file, old);
    if (isRoot) await chown(file, 1001, 1002);
    await chmod(file, 0o644);
    const { backup, before, after } = await change();
    for (const name of [file, backup ?? '']) {
      const { uid, gid, mode } = await stat(name);
      expect(mode & 0o7777).toBe(0o644);
      if (isRoot) expect([uid, gid]).toEqual([1001, 1002]);
    }
    expect(await readFile(file, 'utf8')).toBe(next);
    expect(await readFile(backup ?? '', 'utf8')).toBe(old);
    expect(path.basename(backup ?? '')).toMatch(
      /^config\.json\.2026-11-24T14-31-31Z-[0-9a-f]{4}\.pull-doctor-backup$/,
    );
    expect(before?.bytes).toBe(old.length);
    expect(after.mode).toBe(0o644);
  });

  it('links: the file behind them is changed, in its own folder', async () => {
    await mkdir(path.join(folder, 'dotfiles'));
    const real = path.join(folder, 'dotfiles', 'docker.json');
    await writeFile(real, old);
    await symlink('dotfiles', path.join(folder, 'by-name'));
    await symlink('by-name/docker.json', file);
    const made = await change();
    expect(await readlink(file)).toBe('by-name/docker.json');
    expect(await readFile(real, 'utf8')).toBe(next);
    expect(made.target).toBe(real);
    expect(path.dirname(made.backup ?? '')).toBe(path.dirname(real));
    expect(await undoChange(made, { now })).toEqual({ ok: true });
    expect(await readFile(file, 'utf8')).toBe(old);
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
  });

  it('a link whose end is not there: the end is made', async () => {
    await symlink('elsewhere/docker.json', file);
    const made = await change();
    expect(made.target).toBe(path.join(folder, 'elsewhere/docker.json'));
    expect(await readFile(file, 'utf8')).toBe(next);
  });

  it('every backup, however many are made in one second', async () => {
    await writeFile(file, '0');
    for (let round = 1; round <= 20; round++) await change({ bytes: Buffer.from(String(round)) });
    const backups = (await readdir(folder)).filter((name) => name.endsWith('.pull-doctor-backup'));
    const kept = await Promise.all(backups.map((name) => readFile(path.join(folder, name), 'utf8')));
    expect(kept.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('a second name of the file, which is told', async () => {
    await writeFile(file, old);
    await link(file, path.join(folder, 'second'));
    expect((await change()).notes.join()).toContain('second name');
    expect(await readFile(path.join(folder, 'second'), 'utf8')).toBe(old);
  });
});

describe('a file that is not there', () => {
  it('is made for its owner alone, in folders of whoever owns what they are in', async () => {
    if (isRoot) await chown(folder, 1001, 1002);
    const deep = path.join(folder, 'home/.docker/config.json');
    const made = await change({ file: deep, expected: null });
    expect(made.backup).toBeNull();
    for (const [name, mode] of [
      ['home', 0o700],
      ['home/.docker', 0o700],
      ['home/.docker/config.json', 0o600],
    ] as const) {
      const found = await stat(path.join(folder, name));
      expect(found.mode & 0o7777).toBe(mode);
      if (isRoot) expect([found.uid, found.gid]).toEqual([1001, 1002]);
    }
    expect(await undoChange(made, { now })).toEqual({ ok: true });
    expect(await readdir(folder)).toEqual([]);
  });

  it('stays away from folders that others use when it is undone', async () => {
    const made = await change({ file: path.join(folder, '.docker/config.json'), expected: null });
    await mkdir(path.join(folder, '.docker/contexts'));
    expect(await undoChange(made, { now })).toEqual({ ok: true });
    expect(await readdir(path.join(folder, '.docker'))).toEqual(['contexts']);
  });

  it('is not made where there is one meanwhile, nor where there was one', async () => {
    await writeFile(file, old);
    expect(await codeOf(carefulWrite({ file, expected: null, bytes: Buffer.from(next), now }))).toBe(
      'changed-since',
    );
    await rm(file);
    const lost = carefulWrite({ file, expected: '0'.repeat(64), bytes: Buffer.from(next), now });
    expect(await codeOf(lost)).toBe('changed-since');
    const gone = carefulWrite({
      file: path.join(folder, 'gone/config.json'),
      expected: '0'.repeat(64),
      bytes: Buffer.from(next),
      now,
    });
    expect(await codeOf(gone)).toBe('changed-since');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('what is refused', () => {
  it('a file that is not what the plan was made for', async () => {
    await writeFile(file, old);
    const expected = await plan();
    await writeFile(file, `${old} `);
    const answer = await carefulWrite({ file, expected, bytes: Buffer.from(next), now });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'changed-since' } });
    expect(JSON.stringify(answer)).not.toContain('YWxp');
    expect(await readdir(folder)).toEqual(['config.json']);
  });

  it('a folder, a pipe, a circle of links, a file as folder, and what is too large', async () => {
    await mkdir(file);
    expect(await codeOf(carefulWrite({ file, expected: 'x', bytes: Buffer.from(next), now }))).toBe(
      'not-a-file',
    );
    await rm(file, { recursive: true });
    await run('mkfifo', [file]);
    expect(await codeOf(carefulWrite({ file, expected: 'x', bytes: Buffer.from(next), now }))).toBe(
      'not-a-file',
    );
    await rm(file);
    await symlink('config.json', file);
    expect(await codeOf(carefulWrite({ file, expected: null, bytes: Buffer.from(next), now }))).toBe(
      'link-loop',
    );
    await rm(file);
    await writeFile(file, old);
    const inside = path.join(file, 'config.json');
    expect(await codeOf(carefulWrite({ file: inside, expected: null, bytes: Buffer.from(next), now }))).toBe(
      'not-a-file',
    );
    await writeFile(file, Buffer.alloc(5 * 1024 * 1024));
    expect(await codeOf(carefulWrite({ file, expected: 'x', bytes: Buffer.from(next), now }))).toBe(
      'too-large',
    );
  });

  it.runIf(isRoot)(
    'an owner that this user cannot give files to, and a folder that it may not write in',
    async () => {
      await writeFile(file, old, { mode: 0o666 });
      await chmod(file, 0o666);
      await chmod(folder, 0o777);
      const program = `
      import { carefulWrite } from '${path.join(import.meta.dirname, 'careful-write.ts')}';
      const answer = await carefulWrite({ file: '${file}', expected: '${await plan()}', bytes: Buffer.from('{}'), now: new Date() });
      process.stdout.write(answer.ok ? 'ok' : answer.refusal.code);`;
      const asNobody = () =>
        run(process.execPath, ['--input-type=module', '-e', program], {
          uid: 65534,
          gid: 65534,
          cwd: '/',
        }).then(({ stdout }) => stdout);
      expect(await asNobody()).toBe('owner-not-kept');
      await chmod(folder, 0o755);
      expect(await asNobody()).toBe('not-permitted');
      expect(await readdir(folder)).toEqual(['config.json']);
      expect(await readFile(file, 'utf8')).toBe(old);
    },
  );
});

describe('undo', () => {
  it('gives back content, owner and mode', async () => {
    await writeFile(file, Buffer.from([0xff, 0, 0x0d, 0x0a, 0xfe]));
    if (isRoot) await chown(file, 0, 0);
    await chmod(file, 0o644);
    const made = await change({ access: { mode: 0o600, ...(isRoot ? { uid: 1001, gid: 1001 } : {}) } });
    const changed = await stat(file);
    expect(changed.mode & 0o777).toBe(0o600);
    if (isRoot) expect(changed.uid).toBe(1001);
    expect(await undoChange(made, { now })).toEqual({ ok: true });
    expect([...(await readFile(file))]).toEqual([0xff, 0, 0x0d, 0x0a, 0xfe]);
    const back = await stat(file);
    expect(back.mode & 0o777).toBe(0o644);
    if (isRoot) expect([back.uid, back.gid]).toEqual([0, 0]);
    expect(await readdir(folder)).toEqual(['config.json', path.basename(made.backup ?? '')]);
    // twice is refused: the file is not what the change made
    expect(await codeOf(undoChange(made, { now }))).toBe('changed-since');
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['content', 'Its content was changed', () => writeFile(file, '{}')],
    ['mode', 'from 0600 to 0644', () => chmod(file, 0o644)],
    ['removed', 'It was removed', () => rm(file)],
    [
      'replaced by an equal one with another mode',
      'Its mode',
      async () => {
        await writeFile(`${file}1`, next, { mode: 0o640 });
        await rename(`${file}1`, file);
      },
    ],
  ])('refuses what was changed since, and says what: %s', async (_, why, meanwhile) => {
    await writeFile(file, old, { mode: 0o600 });
    const made = await change();
    await meanwhile();
    const before = await readFile(file).catch(() => null);
    const answer = await undoChange(made, { now });
    expect(answer).toMatchObject({
      ok: false,
      refusal: { code: 'changed-since', why: expect.stringContaining(why) },
    });
    expect(await readFile(file).catch(() => null)).toEqual(before);
  });

  it('refuses without its backup, or with another in its place', async () => {
    await writeFile(file, old);
    const made = await change();
    await writeFile(made.backup ?? '', '{}');
    expect(await codeOf(undoChange(made, { now }))).toBe('backup-changed');
    await rm(made.backup ?? '');
    expect(await codeOf(undoChange(made, { now }))).toBe('backup-missing');
    expect(await readFile(file, 'utf8')).toBe(next);
  });
});

describe('two at once', { timeout: 60_000 }, () => {
  it('one wins, the others are told, and each that wins has its backup', async () => {
    await writeFile(file, old);
    for (let round = 0; round < 20; round++) {
      const before = await readFile(file, 'utf8');
      const expected = await plan();
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          carefulWrite({ file, expected, bytes: Buffer.from(`${round} ${index}`), now }),
        ),
      );
      const won = answers.flatMap((answer) => (answer.ok ? [answer.change] : []));
      expect(won).toHaveLength(1);
      for (const answer of answers)
        if (!answer.ok) expect(['busy', 'changed-since']).toContain(answer.refusal.code);
      expect(await readFile(won[0]?.backup ?? '', 'utf8')).toBe(before);
      expect(answers.findIndex(({ ok }) => ok)).toBe(Number((await readFile(file, 'utf8')).split(' ')[1]));
    }
    const others = (await readdir(folder)).filter((name) => !/^config\.json(?:\..*-backup)?$/.test(name));
    expect(others).toEqual([]);
  });

  it('a lock that another machine may still hold is respected', async () => {
    await writeFile(file, old);
    const lock = `${file}.pull-doctor-lock`;
    const foreign = JSON.stringify({ pid: 1, started: '1', space: 'another machine', nonce: 'x' });
    await writeFile(lock, foreign);
    const answer = await carefulWrite({ file, expected: await plan(), bytes: Buffer.from(next), now });
    expect(answer).toMatchObject({ refusal: { code: 'busy' } });
    expect(await readFile(lock, 'utf8')).toBe(foreign);
    // what counts is when it was made, which nobody can set back
    await utimes(lock, 0, 0);
    expect(await codeOf(carefulWrite({ file, expected: await plan(), bytes: Buffer.from(next), now }))).toBe(
      'busy',
    );
  });
});

describe('a folder in the place of the file', () => {
  it('is moved aside with all that is in it, and back', async () => {
    await mkdir(file);
    await writeFile(path.join(file, 'inside'), 'x');
    const answer = await moveFolderAside({ file, now });
    if (!answer.ok) throw new Error(answer.refusal.why);
    expect(await readdir(folder)).toEqual([path.basename(answer.moved.movedTo)]);
    expect(await moveFolderBack(answer.moved)).toEqual({ ok: true });
    expect(await readdir(file)).toEqual(['inside']);
  });

  it('does not come back over a file, and is not moved when it is a file', async () => {
    await mkdir(file);
    const answer = await moveFolderAside({ file, now });
    if (!answer.ok) throw new Error(answer.refusal.why);
    await writeFile(file, next);
    expect(await moveFolderBack(answer.moved)).toMatchObject({ refusal: { code: 'changed-since' } });
    expect(await codeOf(moveFolderAside({ file, now }))).toBe('changed-since');
    expect(await readFile(file, 'utf8')).toBe(next);
  });
});
