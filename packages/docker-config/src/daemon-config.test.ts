import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daemonConfigPath, readDaemonConfig } from './daemon-config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'daemon-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = path.join(await mkdtemp(path.join(folder, 'etc-')), 'daemon.json');
  await writeFile(file, text);
  return readDaemonConfig(file);
}

describe('daemon.json', () => {
  it('tells of insecure registries, mirrors, proxies and the data folder', async () => {
    const config = await read(
      JSON.stringify({
        'insecure-registries': ['reg:5000', '10.0.0.0/8'],
        'registry-mirrors': ['https://mirror.example.com'],
        'data-root': '/srv/docker',
        proxies: { 'https-proxy': 'http://user:pl4nted@proxy:3128', 'no-proxy': 'localhost' },
        'log-level': 'debug',
      }),
    );
    expect(config).toMatchObject({
      state: 'read',
      fault: null,
      insecureRegistries: ['reg:5000', '10.0.0.0/8'],
      registryMirrors: ['https://mirror.example.com'],
      dataRoot: '/srv/docker',
      proxies: { httpProxy: null, noProxy: 'localhost' },
    });
    expect(config.proxies?.httpsProxy?.reveal()).toBe('http://user:pl4nted@proxy:3128');
    expect(JSON.stringify(config)).not.toContain('pl4nted');
  });

  it.each(['', '\n', '{}', '\ufeff{}'])('may say nothing: %j', async (text) => {
    expect(await read(text)).toMatchObject({ state: 'read', insecureRegistries: [], proxies: null });
  });

  it.each([
    '{',
    '{"insecure-registries": "reg"}',
    '{"registry-mirrors": [5]}',
    '{"proxies": "x"}',
    '[]',
    '{} {}',
    '{"a": 1,}',
  ])('is malformed, and the reason is given: %s', async (text) => {
    const config = await read(text);
    expect(config).toMatchObject({ state: 'malformed', insecureRegistries: [] });
    expect(config.fault).not.toBeNull();
  });

  it('may be missing, or a folder', async () => {
    expect((await readDaemonConfig(path.join(folder, 'nowhere', 'daemon.json'))).state).toBe('absent');
    await mkdir(path.join(folder, 'daemon.json'));
    expect((await readDaemonConfig(path.join(folder, 'daemon.json'))).state).toBe('malformed');
  });

  it('stands in /etc, or under the home of a rootless daemon', () => {
    const at = (env: Record<string, string>, isRootless: boolean) =>
      daemonConfigPath({ env, homedir: '/home/dev', isRootless });
    expect(at({}, false)).toBe('/etc/docker/daemon.json');
    expect(at({}, true)).toBe('/home/dev/.config/docker/daemon.json');
    expect(at({ XDG_CONFIG_HOME: '/cfg' }, true)).toBe('/cfg/docker/daemon.json');
  });
});
