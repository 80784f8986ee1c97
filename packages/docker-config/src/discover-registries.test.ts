import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { type DockerConfig, makeDockerConfigFolder } from '@pull-doctor/testkit/docker-config-folder';
import { brokenHelpers } from '@pull-doctor/testkit/helpers/credential-helpers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readClientConfig } from './client-config.ts';
import { discoverRegistries } from './discover-registries.ts';

const secret = 'pl4nted-secret';
const auth = Buffer.from(`alice:${secret}`).toString('base64');
const login = { auth };
const lists = (servers: Record<string, string>) => ({
  script: `#!/bin/sh\n[ "$1" = list ] || exit 9\ncat <<'END'\n${JSON.stringify(servers)}\nEND\n`,
});

let base: string;
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'discover-'));
});
afterEach(() => rm(base, { recursive: true }));

async function discover(
  config: unknown,
  {
    variable,
    elsewhere = false,
    signal = new AbortController().signal,
    ...more
  }: Omit<DockerConfig, 'text'> & { variable?: unknown; elsewhere?: boolean; signal?: AbortSignal } = {},
) {
  const { environment } = await makeDockerConfigFolder(path.join(base, 'home'), {
    ...(config === undefined ? {} : { text: typeof config === 'string' ? config : JSON.stringify(config) }),
    ...more,
  });
  const env = { ...environment, ...(variable ? { DOCKER_AUTH_CONFIG: JSON.stringify(variable) } : {}) };
  const client = await readClientConfig({ env, homedir: homedir() });
  const found = await discoverRegistries({ client, env, signal, elsewhere, listTimeoutMs: 2000 });
  expect(JSON.stringify(found)).not.toContain(secret);
  expect(JSON.stringify(found)).not.toContain(auth);
  return found;
}

const hostsOf = ({ registries }: Awaited<ReturnType<typeof discover>>) => registries.map(({ host }) => host);

describe('a configuration names', () => {
  it('what stands in auths, credHelpers, the store and the variable, each registry once', async () => {
    const found = await discover(
      {
        auths: { 'ghcr.io': {}, 'reg.example.com:5000': login },
        credHelpers: { '111122223333.dkr.ecr.us-east-1.amazonaws.com': 'ecr-login', 'quay.io': '' },
        credsStore: 'mine',
      },
      {
        helpers: { mine: lists({ 'ghcr.io': 'bob', 'https://index.docker.io/v1/': 'alice' }) },
        variable: { auths: { 'ghcr.io': login, 'registry.gitlab.com': login } },
      },
    );
    const file = path.join(base, 'home', '.docker', 'config.json');
    expect(found).toEqual({
      registries: [
        {
          host: 'ghcr.io',
          sources: [
            { kind: 'auths', says: `${file} names it, and docker-credential-mine keeps the login.` },
            { kind: 'credsStore', says: 'docker-credential-mine holds a login for it.' },
            { kind: 'DOCKER_AUTH_CONFIG', says: 'The variable holds a login for it.' },
          ],
          deadKeys: [],
        },
        {
          host: 'reg.example.com:5000',
          sources: [{ kind: 'auths', says: `${file} holds a login for it.` }],
          deadKeys: [],
        },
        {
          host: '111122223333.dkr.ecr.us-east-1.amazonaws.com',
          sources: [{ kind: 'credHelpers', says: `${file} names docker-credential-ecr-login for it.` }],
          deadKeys: [],
        },
        {
          host: 'quay.io',
          sources: [{ kind: 'credHelpers', says: `${file} turns the credential store off for it.` }],
          deadKeys: [],
        },
        {
          host: 'docker.io',
          sources: [{ kind: 'credsStore', says: 'docker-credential-mine holds a login for it.' }],
          deadKeys: [],
        },
        {
          host: 'registry.gitlab.com',
          sources: [{ kind: 'DOCKER_AUTH_CONFIG', says: 'The variable holds a login for it.' }],
          deadKeys: [],
        },
      ],
      store: { state: 'listed', says: 'docker-credential-mine holds 2 logins.' },
      skipped: [],
    });
  });

  it('nothing where there is no file, and no store is asked', async () => {
    expect(await discover(undefined)).toEqual({
      registries: [],
      store: { state: 'none', says: 'No credential store is set.' },
      skipped: [],
    });
  });

  it('what the store of the platform lists, where the file has no login at all', async () => {
    const helpers = { secretservice: lists({ 'ghcr.io': 'bob' }) };
    expect(hostsOf(await discover({ currentContext: 'x' }, { helpers }))).toEqual(['ghcr.io']);
    await rm(path.join(base, 'home'), { recursive: true });
    const withLogin = await discover({ auths: { 'quay.io': login } }, { helpers });
    expect(withLogin).toMatchObject({ store: { state: 'none' } });
    expect(hostsOf(withLogin)).toEqual(['quay.io']);
  });

  it('Docker Hub once, by its three keys of a login in the browser', async () => {
    const keys = ['', 'access-token', 'refresh-token'].map((end) => `https://index.docker.io/v1/${end}`);
    const entries = Object.fromEntries(keys.map((key) => [key, {}]));
    const store = Object.fromEntries(keys.map((key) => [key, 'alice']));
    const { registries } = await discover(
      { auths: entries, credsStore: 'mine' },
      { helpers: { mine: lists(store) } },
    );
    expect(registries).toMatchObject([{ host: 'docker.io', deadKeys: [] }]);
    expect(registries[0]?.sources.map(({ kind }) => kind)).toEqual(['auths', 'credsStore']);
  });

  it('Docker Hub also by keys that are never read, and tells which', async () => {
    const dead = [
      'docker.io',
      'https://index.docker.io/v2/',
      'registry-1.docker.io',
      'registry.hub.docker.com',
    ];
    const { registries } = await discover({
      auths: Object.fromEntries([...dead, 'https://index.docker.io/v1/'].map((key) => [key, login])),
    });
    expect(registries).toMatchObject([{ host: 'docker.io', sources: [{ kind: 'auths' }] }]);
    expect(registries[0]?.deadKeys.map(({ key }) => key)).toEqual(dead);
    expect(registries[0]?.sources[0]?.says).toContain('holds a login for it.');
  });

  it('a registry by a dead key alone, and says so', async () => {
    const { registries } = await discover({ credHelpers: { 'https://ghcr.io': 'x' } });
    expect(registries).toEqual([
      {
        host: 'ghcr.io',
        sources: [
          { kind: 'credHelpers', says: 'Named under https://ghcr.io, which Docker does not read for it.' },
        ],
        deadKeys: [
          {
            key: 'https://ghcr.io',
            why: 'In credHelpers, Docker reads only the key ghcr.io, without scheme and path.',
          },
        ],
      },
    ]);
  });

  it('no registry by a wildcard, not even one that it would match', async () => {
    const pattern = '*.dkr.ecr.us-east-1.amazonaws.com';
    const host = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
    const found = await discover({ auths: { [host]: login }, credHelpers: { [pattern]: 'ecr-login' } });
    expect(found.registries).toMatchObject([{ host, sources: [{ kind: 'auths' }], deadKeys: [] }]);
    expect(found.skipped).toMatchObject([{ place: 'credHelpers', key: pattern }]);
  });

  it('what could be read of a file that is broken in one place', async () => {
    const found = await discover({ auths: { 'ghcr.io': { auth: '%%%' }, 'quay.io': login } });
    expect(hostsOf(found)).toEqual(['ghcr.io', 'quay.io']);
    expect(found.registries[0]?.sources[0]?.says).toContain('holds a login for it that cannot be read.');
    await rm(path.join(base, 'home'), { recursive: true });
    expect(hostsOf(await discover('{"auths":'))).toEqual([]);
  });
});

describe('a store', () => {
  it.each([
    ['that fails', { mine: brokenHelpers.nodbus }, 'failed', 'Cannot autolaunch D-Bus'],
    ['that is missing', {}, 'failed', 'in no folder of PATH'],
    ['that prints garbage', { mine: brokenHelpers.garbage }, 'failed', 'something else'],
    ['that hangs', { mine: brokenHelpers.hangs }, 'failed', 'did not answer within 2 s'],
    [
      'without a list',
      { mine: { script: '#!/bin/sh\necho not implemented; exit 1\n' } },
      'no-list',
      'no list',
    ],
  ])('%s is told, and takes nothing from what the file names', async (_, helpers, state, says) => {
    const found = await discover({ auths: { 'ghcr.io': {} }, credsStore: 'mine' }, { helpers });
    expect(found.store).toMatchObject({ state, says: expect.stringContaining(says) });
    expect(hostsOf(found)).toEqual(['ghcr.io']);
  });

  it('is not run where docker runs elsewhere', async () => {
    const ran = path.join(base, 'ran');
    const helpers = { mine: { script: `#!/bin/sh\ntouch '${ran}'\necho '{"quay.io":"bob"}'\n` } };
    const config = { auths: { 'ghcr.io': {} }, credsStore: 'mine' };
    const found = await discover(config, { helpers, elsewhere: true });
    expect(found.store).toMatchObject({ state: 'elsewhere' });
    expect(hostsOf(found)).toEqual(['ghcr.io']);
    await rm(path.join(base, 'home'), { recursive: true });
    expect(hostsOf(await discover(config, { helpers }))).toEqual(['ghcr.io', 'quay.io']);
    await expect(rm(ran)).resolves.toBeUndefined();
  });

  it('is left alone when whoever asked stops', async () => {
    const start = performance.now();
    const found = await discover(
      { auths: { 'ghcr.io': {} }, credsStore: 'mine' },
      { helpers: { mine: brokenHelpers.hangs }, signal: AbortSignal.timeout(100) },
    );
    expect(found.store).toMatchObject({ state: 'failed' });
    expect(performance.now() - start).toBeLessThan(1900);
  });
});

describe('keys that nobody should have written', () => {
  it('are no rows, and none is shown whole', async () => {
    const hostile = [
      `alice:${secret}@ghcr.io`,
      'ghcr.io\u0007\u001b[2J',
      'a b.example.com',
      `${'a'.repeat(10_000)}.example.com`,
      '<img src=x>',
      '__proto__',
      'acme',
    ];
    const { registries, skipped } = await discover(
      `{"auths":{${hostile.map((key) => `${JSON.stringify(key)}:{}`).join()}},"credsStore":"mine"}`,
      { helpers: { mine: lists(Object.fromEntries(hostile.map((key) => [key, 'x']))) } },
    );
    expect(registries).toEqual([]);
    expect(skipped).toHaveLength(hostile.length * 2);
    for (const { key, why } of skipped) {
      expect(key).toMatch(/^[ -~…]{1,101}$/);
      expect(why).toMatch(/\.$/);
    }
  });

  it('with a login inside an address lead to their registry, as docker has it, without the login', async () => {
    const { registries } = await discover({
      auths: { [`https://alice:${secret}@ghcr.io/v1/`]: login },
      credHelpers: { [`https://alice:${secret}@ghcr.io/`]: 'x' },
    });
    expect(registries).toMatchObject([
      { host: 'ghcr.io', deadKeys: [{ key: 'https://[redacted]@ghcr.io/' }] },
    ]);
  });

  it('are told of up to a number', async () => {
    const keys = Array.from({ length: 300 }, (_, index) => [`host${index}`, {}]);
    expect((await discover({ auths: Object.fromEntries(keys) })).skipped).toHaveLength(20);
  });
});
