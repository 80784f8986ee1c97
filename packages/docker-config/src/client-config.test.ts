import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClientConfig } from './client-config.ts';

const run = promisify(execFile);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const host = 'reg.example.com';
const valid = JSON.stringify({ auths: { [host]: { auth: base64('alice:pl4nted') } } }, null, '\t');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'client-config-'));
});
afterAll(() => rm(root, { recursive: true }));

async function folderWith(content: string | Buffer | null): Promise<string> {
  const folder = await mkdtemp(path.join(root, 'docker-'));
  if (content !== null) await writeFile(path.join(folder, 'config.json'), content, { mode: 0o600 });
  return folder;
}

async function read(content: string | Buffer | null) {
  return readClientConfig({ env: { DOCKER_CONFIG: await folderWith(content) }, homedir: '/nowhere' });
}

describe('the place of the file', () => {
  it('is the folder that DOCKER_CONFIG names', async () => {
    const folder = await folderWith(valid);
    const { file, folder: found } = await readClientConfig({
      env: { DOCKER_CONFIG: folder, HOME: '/x' },
      homedir: '/y',
    });
    expect({ found, path: file.path, state: file.state }).toEqual({
      found: folder,
      path: path.join(folder, 'config.json'),
      state: 'read',
    });
  });

  it.each([
    ['HOME', { HOME: '/home/dev' }, '/home/dev/.docker/config.json'],
    [
      'HOME where DOCKER_CONFIG is empty',
      { HOME: '/home/dev', DOCKER_CONFIG: '' },
      '/home/dev/.docker/config.json',
    ],
    ['the home folder of the user where HOME is not set', {}, '/root-of-nobody/.docker/config.json'],
  ])('is .docker under %s', async (_, env, expected) => {
    const { file } = await readClientConfig({ env, homedir: '/root-of-nobody' });
    expect(file).toMatchObject({ path: expected, state: 'absent', faults: [] });
  });
});

describe('a file', () => {
  it('is read with its owner and mode', async () => {
    const { file, entries } = await read(valid);
    expect(file).toMatchObject({
      state: 'read',
      faults: [],
      mode: '0600',
      owner: os.userInfo().username,
      readAs: os.userInfo().username,
    });
    expect(entries.get(host)?.user).toBe('alice');
    expect(entries.get(host)?.password?.reveal()).toBe('pl4nted');
  });

  it('is read through a link', async () => {
    const folder = await folderWith(null);
    await symlink(path.join(await folderWith(valid), 'config.json'), path.join(folder, 'config.json'));
    expect((await readClientConfig({ env: { DOCKER_CONFIG: folder }, homedir: '/' })).file.state).toBe(
      'read',
    );
  });

  it.each<[string, string | Buffer, string, number | null, number | null]>([
    ['a trailing comma', valid.replace('}\n\t}', '},\n\t}'), 'trailing-comma', 5, 4],
    ['a byte order mark', `\ufeff${valid}`, 'byte-order-mark', 1, 1],
    [
      'UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(valid, 'utf16le')]),
      'byte-order-mark',
      1,
      1,
    ],
    ['a comment', valid.replace('{', '{\n\t// work laptop'), 'comment', 2, 2],
    ['a shell comment', `# mine\n${valid}`, 'comment', 1, 1],
    ['single quotes', valid.replaceAll('"', "'"), 'not-json', 2, 2],
    ['curly quotes', valid.replace('"auths"', '“auths”'), 'not-json', 2, 2],
    ['an end in the middle', valid.slice(0, 40), 'cut-short', 3, 23],
    ['an end within a string', '{"auths": {"reg', 'cut-short', 1, 16],
    ['merge markers', `{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> x\n}`, 'merge-markers', 2, 1],
    ['nothing', '', 'empty-file', null, null],
    ['white space only', '\n \n', 'empty-file', null, null],
    ['a missing comma', '{"auths": {} "credsStore": "x"}', 'not-json', 1, 14],
    ['a list', '[]', 'not-an-object', 1, 1],
    ['a text', '"x"', 'not-an-object', 1, 1],
    ['a list for auths', '{\n "auths": []}', 'wrong-type', 2, 11],
    ['a text for an entry', `{"auths": {"${host}": "x"}}`, 'wrong-type', 1, 31],
    ['a number for credsStore', '{"credsStore": 5}', 'wrong-type', 1, 16],
    ['a list for a helper', '{"credHelpers": {"x": []}}', 'wrong-type', 1, 23],
    ['a number for a field of another kind', '{"detachKeys": 1}', 'wrong-type', 1, 16],
    ['nesting without end', '['.repeat(500_000), 'not-json', 1, 1],
    ['auth that is not base64', `{"auths":{\n"${host}":{"auth":"a:b"}}}`, 'bad-base64', 2, 27],
    [
      'auth without padding',
      `{"auths":{"${host}":{"auth":"${base64('alice:p').replace('=', '')}"}}}`,
      'bad-base64',
      1,
      37,
    ],
    ['auth without a colon', `{"auths":{"${host}":{"auth":"${base64('alice')}"}}}`, 'no-colon', 1, 37],
    ['auth without a user', `{"auths":{"${host}":{"auth":"${base64(':x')}"}}}`, 'no-colon', 1, 37],
  ])('is malformed by %s', async (_, content, code, line, column) => {
    const { file } = await read(content);
    expect({
      state: file.state,
      faults: file.faults.map(({ code, line, column }) => ({ code, line, column })),
    }).toEqual({
      state: 'malformed',
      faults: [{ code, line, column }],
    });
  });

  it.each([
    ['two documents', `${valid}\n${valid}`],
    ['something behind the document', `${valid}}}`],
    ['Windows line ends', valid.replaceAll('\n', '\r\n')],
    ['null', 'null'],
    ['unknown fields of any type', '{"somethingNew": [1, {}]}'],
    ['null in every place', '{"auths": {"x": null}, "credsStore": null, "plugins": {"a": null}}'],
  ])('is no fault: %s', async (_, content) => {
    expect((await read(content)).file).toMatchObject({ state: 'read', faults: [] });
  });

  it('names the entry that is broken, and nothing of its value', async () => {
    const { file } = await read(`{"auths":{"${host}":{"auth":"pl4nted:secret"}}}`);
    expect(file.faults[0]?.key).toBe(host);
    expect(JSON.stringify(file)).not.toContain('pl4nted');
  });

  it('keeps what Docker keeps when a later field has a wrong type', async () => {
    const config = await read(
      `{"credsStore": "pass", "credHelpers": {"x": "y"}, "currentContext": "c", "plugins": 5}`,
    );
    expect(config).toMatchObject({ credsStore: 'pass', currentContext: 'c', decodes: 'none' });
    expect(config.credHelpers.get('x')).toBe('y');
  });
});

describe('what stands in the place of the file', () => {
  it('may be a folder', async () => {
    const folder = await folderWith(null);
    await mkdir(path.join(folder, 'config.json'));
    const { file } = await readClientConfig({ env: { DOCKER_CONFIG: folder }, homedir: '/' });
    expect(file).toMatchObject({ state: 'malformed', faults: [{ code: 'is-a-directory' }] });
  });

  it('may be nothing, because DOCKER_CONFIG names the file itself', async () => {
    const file = path.join(await folderWith(valid), 'config.json');
    const config = await readClientConfig({ env: { DOCKER_CONFIG: file }, homedir: '/' });
    expect(config.file).toMatchObject({ state: 'malformed', faults: [{ code: 'parent-is-a-file' }] });
  });

  it('may be a link to itself', async () => {
    const folder = await folderWith(null);
    await symlink('config.json', path.join(folder, 'config.json'));
    const { file } = await readClientConfig({ env: { DOCKER_CONFIG: folder }, homedir: '/' });
    expect(file).toMatchObject({ state: 'unreadable', faults: [{ code: 'unreadable' }] });
  });

  it('may be a pipe that nobody writes to', async () => {
    const folder = await folderWith(null);
    await run('mkfifo', [path.join(folder, 'config.json')]);
    const { file } = await readClientConfig({ env: { DOCKER_CONFIG: folder }, homedir: '/' });
    expect(file).toMatchObject({ state: 'unreadable', faults: [{ code: 'unreadable' }] });
  });

  it('may be too large', async () => {
    const { file } = await read(`{"x": "${'a'.repeat(4 * 1024 * 1024)}"}`);
    expect(file).toMatchObject({ state: 'unreadable', faults: [{ code: 'too-large' }] });
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(!isRoot)(
    `may belong to another user${isRoot ? '' : ' (skipped: only root can read as two users)'}`,
    async () => {
      const folder = await folderWith(valid);
      await chmod(root, 0o755);
      await chmod(folder, 0o755);
      // root may read everything, so the reading is done by a process that is not root
      const script = `process.setgroups([]); process.setgid(65534); process.setuid(65534);
      const { readClientConfig } = await import(${JSON.stringify(path.join(import.meta.dirname, 'client-config.ts'))});
      const { file } = await readClientConfig({ env: { DOCKER_CONFIG: ${JSON.stringify(folder)} }, homedir: '/' });
      console.log(JSON.stringify(file));`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
      expect(JSON.parse(stdout)).toMatchObject({
        state: 'unreadable',
        owner: 'root',
        mode: '0600',
        readAs: 'nobody',
        faults: [{ code: 'unreadable' }],
      });
    },
  );
});

describe('any text', () => {
  it('is read without an exception, and what is malformed has its place in it', async () => {
    const folder = await folderWith(null);
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"auths"',
      ':',
      ',',
      '"',
      '\\',
      '\n',
      '//',
      '5',
      'null',
      '"auth"',
      '"a:b"',
      '{}',
      "'",
      '\u0000',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.json(),
    );
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        await writeFile(path.join(folder, 'config.json'), text);
        const { file } = await readClientConfig({ env: { DOCKER_CONFIG: folder }, homedir: '/' });
        expect(file.state === 'malformed').toBe(file.faults.length > 0);
        for (const { line } of file.faults) expect(line ?? 1).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 500 },
    );
  });
});
