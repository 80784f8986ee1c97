import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { whyNoNamespace } from '@pull-doctor/testkit/namespace';
import { describe, expect, test, vi } from 'vitest';
import { type ConfigWatch, watchConfig } from './watch-config.ts';

const toldWithinMs = 2000;
// longer than a second call for the same change could take
const quietMs = 700;

/** A folder with a configuration, a watch over it, and how often that called. */
interface Watched {
  base: string;
  folder: string;
  file: string;
  told: () => number;
  begin(folders?: readonly string[]): Promise<ConfigWatch>;
  /** Does something and expects that it is told once, and not a second time. */
  isToldOf(change: () => unknown): Promise<void>;
  /** Run before the folder is removed. */
  endings: (() => unknown)[];
}

// every test has its own folder, so that they can wait at the same time
const it = test.extend<{ watched: Watched }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of what a fixture needs from its pattern
  watched: async ({}, use) => {
    const base = await mkdtemp(path.join(tmpdir(), 'watch-'));
    const folder = path.join(base, '.docker');
    const file = path.join(folder, 'config.json');
    let calls = 0;
    const endings: Watched['endings'] = [];
    await mkdir(folder);
    await writeFile(file, '{"auths":{}}');
    await use({
      base,
      folder,
      file,
      told: () => calls,
      async begin(folders = [folder]) {
        const watch = watchConfig(folders, () => {
          calls += 1;
        });
        endings.push(() => watch.close());
        await watch.ready;
        return watch;
      },
      isToldOf: (change) => isToldOnce(() => calls, change),
      endings,
    });
    for (const end of endings) await end();
    await rm(base, { recursive: true });
  },
});
const atOnce = { concurrent: true, timeout: 20_000 };

async function isToldOnce(calls: () => number, change: () => unknown): Promise<void> {
  const before = calls();
  await change();
  await vi.waitFor(() => expect(calls()).toBe(before + 1), { timeout: toldWithinMs, interval: 20 });
  await wait(quietMs);
  expect(calls()).toBe(before + 1);
}

async function replace(at: string, text: string): Promise<void> {
  // as docker login does: cli/config/configfile/file.go, Save
  const temporary = path.join(path.dirname(at), 'config.json1234567');
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, at);
}

async function swapLink(at: string, target: string): Promise<void> {
  await symlink(target, `${at}.new`);
  await rename(`${at}.new`, at);
}

describe('a change of config.json is told once when', atOnce, () => {
  it('the file is edited in place', async ({ watched: { file, begin, isToldOf } }) => {
    await begin();
    await isToldOf(() => writeFile(file, '{"auths":{"ghcr.io":{}}}'));
    await isToldOf(() => writeFile(file, '{"auths":{"quay.io":{}}}'));
  });

  it('the file is replaced by another of the same length and time', async ({
    watched: { file, begin, isToldOf },
  }) => {
    const time = new Date('2026-01-01T00:00:00Z');
    await utimes(file, time, time);
    await begin();
    await isToldOf(async () => {
      await writeFile(`${file}.new`, '{"auths":[]}');
      await utimes(`${file}.new`, time, time);
      await rename(`${file}.new`, file);
    });
  });

  it('the file is edited in place and its time set back, as some programs that copy do', async ({
    watched: { file, begin, isToldOf },
  }) => {
    const time = new Date('2026-01-01T00:00:00Z');
    await utimes(file, time, time);
    await begin();
    await isToldOf(async () => {
      await writeFile(file, '{"auths":[]}');
      await utimes(file, time, time);
    });
  });

  it('docker login replaces it', async ({ watched: { file, begin, isToldOf } }) => {
    await begin();
    await isToldOf(() => replace(file, '{"auths":{"ghcr.io":{}}}'));
  });

  it('a login in the browser replaces it three times', async ({ watched: { file, begin, isToldOf } }) => {
    await begin();
    await isToldOf(async () => {
      for (const text of ['{"a":1}', '{"a":1,"b":2}', '{"a":1,"b":2,"c":3}']) {
        await replace(file, text);
        await wait(150);
      }
    });
  });

  it('it is corrupted, and mended', async ({ watched: { file, begin, isToldOf } }) => {
    await begin();
    await isToldOf(() => truncate(file, 3));
    await isToldOf(() => writeFile(file, '{"auths":{}}'));
  });

  it('the store is another', async ({ watched: { file, begin, isToldOf } }) => {
    await writeFile(file, '{"credsStore":"pass"}');
    await begin();
    await isToldOf(() => writeFile(file, '{"credsStore":"gopa"}'));
  });

  it('it is removed, and comes back', async ({ watched: { file, begin, isToldOf } }) => {
    await begin();
    await isToldOf(() => unlink(file));
    await isToldOf(() => writeFile(file, '{"auths":{}}'));
  });

  it('its mode changes, and when it is written while nobody may read it', async ({
    watched: { file, begin, isToldOf },
  }) => {
    await begin();
    await isToldOf(() => chmod(file, 0o000));
    await isToldOf(async () => {
      // root writes where the mode says no; others replace it
      await rm(file);
      await writeFile(file, '{"auths":{"quay.io":{}}}', { mode: 0o000 });
    });
    await isToldOf(() => chmod(file, 0o600));
  });

  it('its folder is removed, made again, and the file in it is edited', async ({
    watched: { folder, file, begin, isToldOf },
  }) => {
    await begin();
    await isToldOf(() => rm(folder, { recursive: true }));
    await isToldOf(async () => {
      await mkdir(folder);
      await writeFile(file, '{"auths":{}}');
    });
    await isToldOf(() => writeFile(file, '{"auths":{"ghcr.io":{}}}'));
  });

  it('another folder is moved into its place', async ({
    watched: { base, folder, file, begin, isToldOf },
  }) => {
    const other = path.join(base, 'other');
    await mkdir(other);
    await writeFile(path.join(other, 'config.json'), '{"auths":{}}');
    await begin();
    await isToldOf(async () => {
      await rename(folder, path.join(base, 'old'));
      await rename(other, folder);
    });
    await isToldOf(() => writeFile(file, '{"auths":{"ghcr.io":{}}}'));
  });

  it('the folder is not there at the start and comes later, also its parents', async ({
    watched: { base, begin, isToldOf },
  }) => {
    const later = path.join(base, 'home', 'user', '.docker');
    await begin([later]);
    await isToldOf(async () => {
      await mkdir(later, { recursive: true });
      await writeFile(path.join(later, 'config.json'), '{}');
    });
    await isToldOf(() => replace(path.join(later, 'config.json'), '{"auths":{}}'));
  });

  it('there is a file, or a folder, in the wrong place first', async ({
    watched: { folder, file, begin, isToldOf },
  }) => {
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    await begin();
    await isToldOf(() => rm(folder));
    await isToldOf(() => mkdir(file, { recursive: true }));
    await isToldOf(async () => {
      await rm(file, { recursive: true });
      await writeFile(file, '{}');
    });
  });

  it('the file is a link, and its target is edited, removed or swapped', async ({
    watched: { base, file, begin, isToldOf },
  }) => {
    const [first, second] = [path.join(base, 'first.json'), path.join(base, 'second.json')];
    await writeFile(first, '{"auths":{}}');
    await writeFile(second, '{"auths":{}}');
    await rm(file);
    await symlink(first, file);
    await begin();
    await isToldOf(() => writeFile(first, '{"auths":{"ghcr.io":{}}}'));
    await isToldOf(() => unlink(first));
    await isToldOf(() => swapLink(file, second));
    await isToldOf(() => replace(second, '{"auths":{"quay.io":{}}}'));
  });

  it('the folder is a link, and its target is swapped', async ({
    watched: { base, folder, file, begin, isToldOf },
  }) => {
    const second = path.join(base, 'second');
    await mkdir(second);
    await writeFile(path.join(second, 'config.json'), '{"auths":{}}');
    await rename(folder, path.join(base, 'first'));
    await symlink('first', folder);
    await begin();
    await isToldOf(() => swapLink(folder, 'second'));
    await isToldOf(() => writeFile(file, '{"auths":{"ghcr.io":{}}}'));
  });

  it('Kubernetes swaps ..data of a mounted secret', async ({
    watched: { folder, file, begin, isToldOf },
  }) => {
    for (const [version, text] of [
      ['..1', '{"auths":{}}'],
      ['..2', '{"auths":[]}'],
    ] as const) {
      await mkdir(path.join(folder, version));
      await writeFile(path.join(folder, version, 'config.json'), text);
    }
    await rm(file);
    await symlink('..1', path.join(folder, '..data'));
    await symlink('..data/config.json', file);
    await begin();
    await isToldOf(async () => {
      await swapLink(path.join(folder, '..data'), '..2');
      await rm(path.join(folder, '..1'), { recursive: true });
    });
  });

  it('it is that of any of several users, or of all at once', async ({
    watched: { base, folder, begin, isToldOf },
  }) => {
    const others = ['bob', 'carol', 'dave', 'erin', 'frank'].map((name) => path.join(base, name, '.docker'));
    await begin([folder, ...others, folder]);
    const write = async (one: string) => {
      await mkdir(one, { recursive: true });
      await writeFile(path.join(one, 'config.json'), '{}');
    };
    for (const one of others.slice(0, 2)) await isToldOf(() => write(one));
    await isToldOf(() => Promise.all(others.slice(2).map(write)));
  });
});

describe('a watch', atOnce, () => {
  it('tells also while the file is written without end', async ({ watched: { file, told, begin } }) => {
    await begin();
    const started = performance.now();
    for (let turn = 0; performance.now() - started < 3000; turn++) {
      await writeFile(file, JSON.stringify({ turn }));
      await wait(40);
    }
    expect(told()).toBeGreaterThanOrEqual(2);
    expect(told()).toBeLessThanOrEqual(8);
  });

  it('says nothing of what is there at the start, of reading, or of other files of the folder', async ({
    watched: { folder, told, begin },
  }) => {
    await begin();
    await writeFile(path.join(folder, 'daemon.json'), '{}');
    await mkdir(path.join(folder, 'contexts'));
    await utimes(folder, new Date(), new Date());
    await wait(quietMs);
    expect(told()).toBe(0);
  });

  it('says nothing after it was closed, not even what it saw before', async ({
    watched: { file, told, begin },
  }) => {
    const watch = await begin();
    await writeFile(file, '{"auths":{"ghcr.io":{}}}');
    await wait(250);
    watch.close();
    await wait(quietMs);
    expect(told()).toBe(0);
  });

  it('does not keep the process alive', ({ watched: { folder } }) => {
    const program = `
      import { watchConfig } from ${JSON.stringify(path.join(import.meta.dirname, 'watch-config.ts'))};
      await watchConfig([${JSON.stringify(folder)}], () => {}).ready;
      console.log('ready');
    `;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      timeout: 10_000,
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ status: 0, stdout: 'ready\n' });
  });
});

// The machines that run these tests for a change are root; elsewhere the name says what is missing.
const whyNoMounts = whyNoNamespace();
describe.skipIf(whyNoMounts !== undefined)(`in a mount namespace ${whyNoMounts ?? ''}`, atOnce, () => {
  /** A watcher of `folder` in a namespace of its own, with these mounts from the start. */
  async function beginInside({ folder, endings }: Watched, before: readonly [string, string][] = []) {
    const program = path.join(import.meta.dirname, '../test/watch-in-namespace.ts');
    const mounts = before.map((pair) => `mount --bind '${pair.join("' '")}' && `).join('');
    const watcher = spawn(
      'unshare',
      [
        '--mount',
        '--propagation',
        'private',
        'sh',
        '-c',
        `${mounts}exec "$@"`,
        'sh',
        process.execPath,
        program,
        folder,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const lines: string[] = [];
    createInterface(watcher.stdout).on('line', (line) => lines.push(line));
    const ended = once(watcher, 'exit');
    endings.push(async () => {
      watcher.stdin.end();
      await ended;
    });
    await vi.waitFor(() => expect(lines).toEqual(['ready']), { timeout: 10_000 });
    return {
      isToldOf: (change: () => unknown) => isToldOnce(() => lines.length, change),
      /** Runs a command where the watcher is. */
      run(...command: string[]) {
        const ran = spawnSync('nsenter', ['--target', String(watcher.pid), '--mount', ...command], {
          encoding: 'utf8',
        });
        expect(ran).toMatchObject({ status: 0, stderr: '' });
      },
    };
  }

  it('another folder that is mounted over, edited and unmounted is told', async ({ watched }) => {
    const { base, folder, file } = watched;
    const other = path.join(base, 'other');
    await mkdir(other);
    await writeFile(path.join(other, 'config.json'), '{"auths":[]}');
    const { isToldOf, run } = await beginInside(watched);
    await isToldOf(() => run('mount', '--bind', other, folder));
    await isToldOf(() => writeFile(path.join(other, 'config.json'), '{"auths":{"ghcr.io":{}}}'));
    await isToldOf(() => run('umount', folder));
    await isToldOf(() => writeFile(file, '{"auths":{"ghcr.io":{}}}'));
  });

  it('a folder of the host that is mounted, as into a container, tells of docker login on the host', async ({
    watched,
  }) => {
    const { base, folder } = watched;
    const host = path.join(base, 'host');
    await mkdir(host);
    const { isToldOf } = await beginInside(watched, [[host, folder]]);
    await isToldOf(() => writeFile(path.join(host, 'config.json'), '{}'));
    await isToldOf(() => replace(path.join(host, 'config.json'), '{"auths":{}}'));
  });

  it('a file that is mounted by itself tells of edits in place, and of its unmounting', async ({
    watched,
  }) => {
    const { base, file } = watched;
    const host = path.join(base, 'host.json');
    await writeFile(host, '{"auths":{}}');
    const { isToldOf, run } = await beginInside(watched, [[host, file]]);
    await isToldOf(() => writeFile(host, '{"auths":{"ghcr.io":{}}}'));
    await isToldOf(() => run('umount', file));
  });
});
