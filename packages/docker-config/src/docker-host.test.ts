import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClientConfig } from './client-config.ts';
import { daemonAt, findDaemon } from './docker-host.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'docker-host-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A ~/.docker with contexts: name -> the text of meta.json. */
async function find(
  env: Record<string, string>,
  config: object | null = null,
  contexts: Record<string, string> = {},
  tls: string[] = [],
) {
  const folder = await mkdtemp(path.join(root, 'd-'));
  if (config) await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
  for (const [name, meta] of Object.entries(contexts)) {
    const id = createHash('sha256').update(name).digest('hex');
    await mkdir(path.join(folder, 'contexts', 'meta', id), { recursive: true });
    await writeFile(path.join(folder, 'contexts', 'meta', id, 'meta.json'), meta);
    if (tls.length > 0) await mkdir(path.join(folder, 'contexts', 'tls', id, 'docker'), { recursive: true });
    for (const file of tls)
      await writeFile(path.join(folder, 'contexts', 'tls', id, 'docker', file), `pem of ${file}`);
  }
  const client = await readClientConfig({ env: { ...env, DOCKER_CONFIG: folder }, homedir: folder });
  return findDaemon({ env: { ...env, DOCKER_CONFIG: folder }, homedir: folder, config: client });
}

const context = (host: string) =>
  JSON.stringify({ Name: 'x', Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } });

describe('the daemon', () => {
  it('is the one of DOCKER_HOST before any context', async () => {
    const found = await find(
      { DOCKER_HOST: 'unix:///tmp/x.sock', DOCKER_CONTEXT: 'a' },
      { currentContext: 'b' },
    );
    expect(found).toEqual({
      address: 'unix:///tmp/x.sock',
      from: 'DOCKER_HOST',
      target: { socketPath: '/tmp/x.sock' },
    });
  });

  it('is the one of DOCKER_CONTEXT before the current context', async () => {
    const found = await find(
      { DOCKER_CONTEXT: 'a' },
      { currentContext: 'b' },
      { a: context('unix:///a.sock'), b: context('unix:///b.sock') },
    );
    expect(found).toMatchObject({ from: 'DOCKER_CONTEXT, context a', target: { socketPath: '/a.sock' } });
  });

  it('is the one of the current context', async () => {
    const found = await find(
      {},
      { currentContext: 'rootless' },
      { rootless: context('unix:///run/user/1000/docker.sock') },
    );
    expect(found).toMatchObject({
      from: 'currentContext, context rootless',
      target: { socketPath: '/run/user/1000/docker.sock' },
    });
  });

  it('of a context has the certificates of that context', async () => {
    const found = await find({}, { currentContext: 'far' }, { far: context('tcp://build-01:2376') }, [
      'ca.pem',
      'cert.pem',
      'key.pem',
    ]);
    expect(found.target).toEqual({
      host: 'build-01',
      port: 2376,
      tls: { ca: 'pem of ca.pem', cert: 'pem of cert.pem', key: 'pem of key.pem' },
    });
  });

  it.each([
    ['there is no such context', {}],
    ['the context is broken', { staging: 'no json' }],
    ['the context has another shape', { staging: '{"Endpoints": 5}' }],
  ])('cannot be named where %s', async (_, contexts) => {
    const found = await find({}, { currentContext: 'staging' }, contexts);
    expect(found).toMatchObject({
      address: 'context staging',
      target: { unsupported: expect.stringContaining('staging') },
    });
  });

  it('is at the default place for the context "default"', async () => {
    expect((await find({ DOCKER_CONTEXT: 'default' }, { currentContext: 'x' })).address).toMatch(/^unix:/);
  });

  it('may be rootless where nothing stands at the default place', async () => {
    const runtime = await mkdtemp(path.join(root, 'run-'));
    const server = createServer().listen(path.join(runtime, 'docker.sock'));
    await new Promise((resolve) => server.once('listening', resolve));
    const found = await find({ XDG_RUNTIME_DIR: runtime });
    server.close();
    // on a machine with a daemon at the default place, that one is right
    const expected =
      found.from === 'the default' ? '/var/run/docker.sock' : path.join(runtime, 'docker.sock');
    expect(found.target).toEqual({ socketPath: expected });
  });
});

describe('an address', () => {
  it.each([
    ['unix:///run/d.sock', 'unix:///run/d.sock', { socketPath: '/run/d.sock' }],
    ['tcp://build-01:2375', 'tcp://build-01:2375', { host: 'build-01', port: 2375, tls: null }],
    ['tcp://build-01', 'tcp://build-01:2375', { host: 'build-01', port: 2375, tls: null }],
    ['tcp://[fd00::1]:2375', 'tcp://[fd00::1]:2375', { host: 'fd00::1', port: 2375, tls: null }],
    ['tcp://:2375', 'tcp://127.0.0.1:2375', { host: '127.0.0.1', port: 2375, tls: null }],
    ['build-01:2375', 'tcp://build-01:2375', { host: 'build-01', port: 2375, tls: null }],
    ['tcp://user:pl4nted@build-01:2375/', 'tcp://build-01:2375', { host: 'build-01', port: 2375, tls: null }],
    [
      'npipe:////./pipe/docker_engine',
      'npipe:////./pipe/docker_engine',
      { socketPath: '\\\\.\\pipe\\docker_engine' },
    ],
  ])('%s', (text, address, target) => {
    expect(daemonAt(text, 'DOCKER_HOST', null)).toEqual({ address, from: 'DOCKER_HOST', target });
  });

  it.each(['ssh://user:pl4nted@build-01', 'tcp://a:b:c', 'tcp://a:99999', 'carrier-pigeon://x'])(
    '%s is said to be none that works',
    (text) => {
      const found = daemonAt(text, 'DOCKER_HOST', null);
      expect(found.target).toHaveProperty('unsupported');
      expect(JSON.stringify(found)).not.toContain('pl4nted');
    },
  );

  it('has port 2376 with certificates', () => {
    expect(daemonAt('tcp://build-01', 'DOCKER_HOST', {}).target).toMatchObject({ port: 2376 });
  });
});
