import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Credential } from '@pull-doctor/contract/credential';
import { makeDockerConfigFolder } from '@pull-doctor/testkit/docker-config-folder';
import { brokenHelpers, workingHelper } from '@pull-doctor/testkit/helpers/credential-helpers';
import { type StandInDaemon, startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClientConfig } from './client-config.ts';
import { findCredential } from './find-credential.ts';
import { findProgram } from './program-search.ts';

const run = promisify(execFile);
const program = (await findProgram('docker', process.env)).file ?? 'docker';
const docker = await run(program, ['--version']).then(
  ({ stdout }) => /version ([0-9]+)\.([0-9]+)/.exec(stdout),
  () => null,
);
// the grammar of references and the reading of keys as addresses came with later versions
const readsAddresses = docker !== null && Number(docker[1]) >= 28;
const readsVariable = docker !== null && Number(docker[1]) * 100 + Number(docker[2]) >= 2803;
const stopsAtHelper = docker !== null && Number(docker[1]) >= 29;

const host = 'reg.example.com';
const hubKey = 'https://index.docker.io/v1/';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const login = (user: string, password = 'pw') => ({ auth: base64(`${user}:${password}`) });
const helpers = {
  good: workingHelper({
    [host]: { username: 'helper', secret: 'from-helper' },
    'localhost:5000': { username: 'helper', secret: 'with-port' },
    [hubKey]: { username: 'hub', secret: 'from-helper' },
    'token.example.com': { username: '<token>', secret: 'identity' },
    'empty.example.com': { username: '', secret: '' },
  }),
  ...brokenHelpers,
  trailing: { script: '#!/bin/sh\necho \'{"Username":"helper","Secret":"first"} {"Username":"second"\'\n' },
  cases: { script: '#!/bin/sh\necho \'{"username":"helper","SECRET":"any case"}\'\n' },
  types: { script: '#!/bin/sh\necho \'{"Username":5,"Secret":"x"}\'\n' },
  liar: { script: '#!/bin/sh\necho \'{"Username":"helper","Secret":"x"}\'; exit 3\n' },
};

/** What docker put into X-Registry-Auth, as the daemon would read it. */
interface SentLogin {
  username?: string;
  password?: string;
  identitytoken?: string;
  registrytoken?: string;
}

// The daemon takes the registry token first, then the identity token, then user and password, if it has both.
function asSent(login: SentLogin): string | null {
  if (login.registrytoken) return `registry-token ${login.registrytoken}`;
  if (login.identitytoken) return `identity-token ${login.identitytoken}`;
  return login.username && login.password ? `${login.username}:${login.password}` : null;
}

function inWords(credential: Credential | null): string | null {
  if (credential === null) return null;
  if (credential.kind === 'basic') return `${credential.user}:${credential.password.reveal()}`;
  return `${credential.kind} ${credential.token.reveal()}`;
}

const rows: [name: string, config: unknown, registry?: string, env?: Record<string, string>][] = [
  ['no file', undefined],
  ['a login', { auths: { [host]: login('alice') } }],
  ['a password with colons', { auths: { [host]: login('alice', 'a:b:c') } }],
  ['a password with zero bytes around it', { auths: { [host]: login('alice', '\0pw\0') } }],
  ['a login of another registry', { auths: { 'other.example.com': login('alice') } }],
  [
    'base64 with line ends',
    { auths: { [host]: { auth: `${base64('alice:pw').slice(0, 4)}\r\n${base64('alice:pw').slice(4)}\n` } } },
  ],
  ['user and password as fields', { auths: { [host]: { username: 'alice', password: 'pw' } } }],
  ['field names in other cases', { Auths: { [host]: { AUTH: base64('alice:pw') } } }],
  [
    'auth beside user and password',
    { auths: { [host]: { username: 'a', password: 'b', ...login('alice') } } },
  ],
  ['an empty entry', { auths: { [host]: {} } }],
  ['an entry of null', { auths: { [host]: null } }],
  ['an identity token', { auths: { [host]: { identitytoken: 'identity' } } }],
  [
    'an identity token beside a login',
    { auths: { [host]: { identitytoken: 'identity', ...login('alice') } } },
  ],
  ['a registry token beside a login', { auths: { [host]: { registrytoken: 'bearer', ...login('alice') } } }],
  ['a user without a password', { auths: { [host]: login('alice', '') } }],
  ['a key with scheme and path', { auths: { [`https://${host}/v1/`]: login('alice') } }],
  ['a key with a repository', { auths: { [`${host}/team`]: login('alice') } }],
  ['a key with port 443', { auths: { [`${host}:443`]: login('alice') } }],
  ['a key with scheme and port 443', { auths: { [`https://${host}:443/`]: login('alice') } }],
  ['a key in upper case', { auths: { [host.toUpperCase()]: login('alice') } }],
  ['a key with white space', { auths: { [`${host} `]: login('alice') } }],
  [
    'a key with a port, for an image with it',
    { auths: { 'http://localhost:5000': login('alice') } },
    'localhost:5000',
  ],
  [
    'the exact key before one with a path',
    { auths: { [`${host}/x`]: login('bob'), [host]: login('alice') } },
  ],
  ['an empty exact key before one with a path', { auths: { [`${host}/x`]: login('bob'), [host]: {} } }],
  ...[
    'docker.io',
    'index.docker.io',
    'registry-1.docker.io',
    'hub.docker.com',
    'https://index.docker.io/v2/',
    'https://index.docker.io/v1',
    hubKey,
  ].map((key): [string, unknown, string] => [
    `Docker Hub under ${key}`,
    { auths: { [key]: login('alice') } },
    'docker.io',
  ]),
  ['a helper for the registry', { credHelpers: { [host]: 'good' }, auths: { [host]: login('alice') } }],
  [
    'a helper under a key with a scheme',
    { credHelpers: { [`https://${host}`]: 'good' }, auths: { [host]: login('alice') } },
  ],
  ['a helper for Docker Hub', { credHelpers: { [hubKey]: 'good' } }, 'docker.io'],
  [
    'a helper for docker.io',
    { credHelpers: { 'docker.io': 'good' }, auths: { [hubKey]: login('alice') } },
    'docker.io',
  ],
  ['a helper before the store', { credHelpers: { [host]: 'good' }, credsStore: 'notfound' }],
  [
    'an empty helper that turns the store off',
    { credHelpers: { [host]: '' }, credsStore: 'good', auths: { [host]: login('alice') } },
  ],
  ['a store', { credsStore: 'good', auths: { [host]: {} } }],
  ['a store with a port', { credsStore: 'good' }, 'localhost:5000'],
  ['a store with an identity token', { credsStore: 'good' }, 'token.example.com'],
  [
    'a store with an empty answer',
    { credsStore: 'good', auths: { 'empty.example.com': login('alice') } },
    'empty.example.com',
  ],
  ['a store beside a registry token', { credsStore: 'good', auths: { [host]: { registrytoken: 'bearer' } } }],
  [
    'a store beside an identity token',
    { credsStore: 'notfound', auths: { [host]: { identitytoken: 'identity' } } },
  ],
  ['field names of the store in other cases', { credsstore: 'good' }],
  ...Object.keys(helpers)
    .filter((name) => name !== 'hangs')
    .map((name): [string, unknown] => [
      `the helper ${name}, and a login in the file`,
      { credsStore: name, auths: { [host]: login('alice') } },
    ]),
  ['a missing helper', { credsStore: 'nowhere', auths: { [host]: login('alice') } }],
  ['a missing helper and no login', { credsStore: 'nowhere' }],
  ['a platform store that is not configured', '{}', host, { STORE: 'secretservice' }],
  [
    'a platform store beside a login of another registry',
    { auths: { 'x.io': login('a') } },
    host,
    { STORE: 'secretservice' },
  ],
  ['a platform store and a broken file', '{"auths":', host, { STORE: 'secretservice' }],
  ['an empty file', ''],
  ['two documents', `${JSON.stringify({ auths: { [host]: login('alice') } })}{}`],
  ['null', 'null'],
  ['a comment', `{/**/"auths":{"${host}":{"auth":"${base64('a:b')}"}}}`],
  ['a trailing comma', `{"auths":{"${host}":{"auth":"${base64('a:b')}"},}}`],
  ['a byte order mark', `\ufeff{"auths":{"${host}":{"auth":"${base64('a:b')}"}}}`],
  [
    'a key twice',
    `{"auths":{"${host}":{"auth":"${base64('a:b')}"}},"auths":{"${host}":{"auth":"${base64('c:d')}"}}}`,
  ],
  ['a wrong type elsewhere', { detachKeys: 5, auths: { [host]: login('alice') } }],
  [
    'a wrong type elsewhere, and fields',
    { detachKeys: 5, auths: { [host]: { username: 'alice', password: 'pw' } } },
  ],
  ['a wrong type elsewhere, and a store', { detachKeys: 5, credsStore: 'good' }],
  [
    'a wrong type elsewhere, and an identity token',
    { plugins: [], auths: { [host]: { identitytoken: 'identity' } } },
  ],
  ['a wrong type of an unknown field', { unknown: 5, auths: { [host]: login('alice') } }],
  ['auths that is a list', { auths: [], credsStore: 'good' }],
  ['an entry that is a text', { auths: { [host]: 'x' } }],
  ['the only entry with bad base64', { auths: { [host]: { auth: '%%%' } } }],
  ['the only entry without a colon', { auths: { [host]: { auth: base64('alice') } } }],
  ['the only entry without a user', { auths: { [host]: { auth: base64(':pw') } } }],
  ['the only entry without padding', { auths: { [host]: { auth: base64('alice:p').replace(/=+$/, '') } } }],
  [
    'the only entry in base64 for addresses',
    { auths: { [host]: { auth: Buffer.from('alice:???>>>').toString('base64url') } } },
  ],
  [
    'a broken entry with an identity token',
    { auths: { [host]: { auth: '%%%', identitytoken: 'identity' } } },
  ],
  ...(readsAddresses
    ? ([
        ['a key with a login in it', { auths: { [`https://u@${host}/`]: login('alice') } }],
        [
          'a key of an IPv6 address with a scheme',
          { auths: { 'http://[::1]:5000/': login('alice') } },
          '[::1]:5000',
        ],
      ] as typeof rows)
    : []),
  ...(readsVariable
    ? ([
        [
          'the variable',
          { auths: { [host]: login('file') } },
          host,
          { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [host]: login('env') } }) },
        ],
        [
          'the variable before a helper',
          { credsStore: 'good' },
          host,
          { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [host]: login('env') } }) },
        ],
        [
          'the variable for another registry',
          { auths: { [host]: login('file') } },
          host,
          { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { x: login('env') } }) },
        ],
        [
          'a broken variable',
          { auths: { [host]: login('file') } },
          host,
          { DOCKER_AUTH_CONFIG: '{"auths":' },
        ],
      ] as typeof rows)
    : []),
];

describe.skipIf(docker === null)(
  docker === null
    ? 'the real docker CLI (skipped: it is not installed; apt-get install docker.io)'
    : 'the real docker CLI',
  () => {
    let folder: string;
    let daemon: StandInDaemon;
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'docker-cli-'));
      daemon = await startStandInDaemon({ socket: path.join(folder, 'd.sock') });
    });
    afterAll(async () => {
      await daemon.close();
      await rm(folder, { recursive: true });
    });

    it.each(rows)(
      'sends what was found: %s',
      { timeout: 30_000 },
      async (name, config, registry = host, env = {}) => {
        const text = config === undefined || typeof config === 'string' ? config : JSON.stringify(config);
        const { STORE, ...variables } = env;
        const programs = STORE ? { ...helpers, [STORE]: helpers.good } : helpers;
        const made = await makeDockerConfigFolder(await mkdtemp(path.join(folder, 'home-')), {
          ...(text === undefined ? {} : { text }),
          helpers: programs,
        });
        const environment = { ...made.environment, ...variables };

        const before = daemon.requests.length;
        const pull = run(
          program,
          ['-H', daemon.host, 'pull', registry === 'docker.io' ? 'acme/app' : `${registry}/app`],
          {
            env: environment,
            timeout: 20_000,
          },
        );
        const failed = await pull.then(
          () => false,
          () => true,
        );
        const request = daemon.requests.slice(before).find(({ path }) => path.includes('/images/create'));

        const found = await findCredential({
          config: await readClientConfig({ env: environment, homedir: made.folder }),
          registry,
          env: environment,
          signal: AbortSignal.timeout(10_000),
          now: new Date(),
        });
        if (stopsAtHelper && failed && request === undefined) {
          expect(found.evidence.helper, name).not.toBeNull();
          return;
        }
        const header = String(request?.headers['x-registry-auth'] ?? '');
        const sent: SentLogin = header === '' ? {} : JSON.parse(Buffer.from(header, 'base64').toString());
        expect(inWords(found.credential), name).toBe(asSent(sent));
      },
    );
  },
);
