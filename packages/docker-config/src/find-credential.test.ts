import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';
import { brokenHelpers, workingHelper, writeHelpers } from '@pull-doctor/testkit/helpers/credential-helpers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClientConfig } from './client-config.ts';
import { type CredentialQuestion, findCredential } from './find-credential.ts';

const host = 'reg.example.com';
const hubKey = 'https://index.docker.io/v1/';
const secret = 'pl4nted-secret';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const login = (user: string) => ({ auth: base64(`${user}:${secret}`) });

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'find-credential-'));
  await writeHelpers(path.join(root, 'bin'), {
    ...brokenHelpers,
    good: workingHelper({ [host]: { username: 'helper', secret }, [hubKey]: { username: 'hub', secret } }),
    token: workingHelper({ [host]: { username: '<token>', secret } }),
    nobody: { script: "#!/bin/sh\necho '{}'\n" },
  });
});
afterAll(() => rm(root, { recursive: true }));

interface More extends Partial<CredentialQuestion> {
  variable?: string;
}

async function find(config: unknown, { variable, ...more }: More = {}) {
  const folder = await mkdtemp(path.join(root, 'd-'));
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  if (config !== null) await writeFile(path.join(folder, 'config.json'), text);
  const env = {
    DOCKER_CONFIG: folder,
    PATH: `${path.join(root, 'bin')}:/usr/bin:/bin`,
    DOCKER_AUTH_CONFIG: variable,
  };
  const found = await findCredential({
    config: await readClientConfig({ env, homedir: folder }),
    registry: host,
    env,
    signal: new AbortController().signal,
    now: new Date('2026-11-24T14:31:31Z'),
    helperTimeoutMs: 500,
    ...more,
  });
  // whatever is asked: the evidence has the contract's shape and no secret
  expect(CredentialsEvidence.safeParse(found.evidence).error).toBeUndefined();
  const printed = JSON.stringify(found);
  for (const planted of [secret, base64(`alice:${secret}`), base64(`bob:${secret}`)])
    expect(printed).not.toContain(planted);
  return found;
}

/** Each place with its state and code, in Docker's order. */
async function places(config: unknown, more: More = {}) {
  const { evidence } = await find(config, more);
  return evidence.sources.map(({ place, state, code }) => `${place} ${state} ${code}`);
}

describe('the credential that docker would send', () => {
  it.each([
    ['registry.digitalocean.com', 'one-token-as-both', 'one-token-as-both'],
    ['registry.digitalocean.com', `dop_v1_${'0a'.repeat(32)}`, 'another-secret-of-mine'],
  ])('a user’s name that is a secret, as at %s, is sent and not shown', async (registry, user, password) => {
    const auth = base64(`${user}:${password}`);
    const { evidence, credential } = await find({ auths: { [registry]: { auth } } }, { registry });
    expect(credential).toMatchObject({ kind: 'basic', user });
    expect(evidence.used?.user).toBeNull();
    expect(JSON.stringify(evidence)).not.toContain(user);
  });

  it('is the login in the file', async () => {
    const { credential, evidence } = await find({ auths: { [host]: login('alice') } });
    expect(credential).toMatchObject({ kind: 'basic', user: 'alice' });
    expect(credential?.kind === 'basic' && credential.password.reveal()).toBe(secret);
    expect(evidence.used).toMatchObject({
      place: 'auths',
      key: host,
      kind: 'basic',
      user: 'alice',
      helper: null,
      secretLength: secret.length,
    });
  });

  it('is looked up under the old address for Docker Hub', async () => {
    const { evidence } = await find({ auths: { [hubKey]: login('alice') } }, { registry: 'docker.io' });
    expect(evidence).toMatchObject({ lookupKey: hubKey, used: { key: hubKey, user: 'alice' } });
  });

  it('is what the helper gives, and then it has the name of the helper', async () => {
    const { credential, evidence } = await find({ credsStore: 'good' });
    expect(credential).toMatchObject({ kind: 'basic', user: 'helper' });
    expect(evidence.used).toMatchObject({ place: 'credsStore', helper: 'good' });
  });

  it('is an identity token where the helper says <token>', async () => {
    const { credential } = await find({ credHelpers: { [host]: 'token' } });
    expect(credential).toMatchObject({ kind: 'identity-token' });
  });

  it('tells when it ends, where it does', async () => {
    const password = base64(
      JSON.stringify({ payload: 'x', datakey: 'y', expiration: Date.parse('2026-11-24T20:00:00Z') / 1000 }),
    );
    const registry = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
    const { evidence } = await find(
      { auths: { [registry]: { auth: base64(`AWS:${password}`) } } },
      { registry },
    );
    expect(evidence.used).toMatchObject({
      looksLike: 'ECR password',
      expiry: { state: 'ends', endsAt: '2026-11-24T20:00:00.000Z' },
    });
  });
});

describe('every place that docker looks at is in the evidence', () => {
  it.each<[string, unknown, More, string[]]>([
    [
      'nothing is configured',
      null,
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore absent not-set',
        'auths absent no-entry',
      ],
    ],
    [
      'auths has it',
      { auths: { [host]: login('alice') } },
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore absent not-set',
        'auths used used',
      ],
    ],
    [
      'the variable has it',
      { credsStore: 'good', auths: { [host]: login('alice') } },
      { variable: JSON.stringify({ auths: { [host]: login('bob') } }) },
      [
        'DOCKER_AUTH_CONFIG used used',
        'credHelpers passed-over earlier-place-won',
        'credsStore passed-over earlier-place-won',
        'auths passed-over earlier-place-won',
      ],
    ],
    [
      'the variable has another',
      { auths: { [host]: login('alice') } },
      { variable: '{"auths": {}}' },
      [
        'DOCKER_AUTH_CONFIG passed-over no-entry',
        'credHelpers absent not-set',
        'credsStore absent not-set',
        'auths used used',
      ],
    ],
    [
      'the variable is broken',
      { auths: { [host]: login('alice') } },
      { variable: '{' },
      [
        'DOCKER_AUTH_CONFIG broken not-json',
        'credHelpers absent not-set',
        'credsStore absent not-set',
        'auths used used',
      ],
    ],
    [
      'a helper has it and the file too',
      { credHelpers: { [host]: 'good' }, credsStore: 'pass', auths: { [host]: login('alice') } },
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers used used',
        'credsStore passed-over earlier-place-won',
        'auths passed-over hidden-by-helper',
      ],
    ],
    [
      'the store does not have it and hides the file',
      { credsStore: 'notfound', auths: { [host]: login('alice') } },
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore passed-over helper-not-found',
        'auths passed-over hidden-by-helper',
      ],
    ],
    [
      'the store answers with nothing',
      { credsStore: 'nobody' },
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore passed-over helper-not-found',
        'auths absent no-entry',
      ],
    ],
    [
      'the store fails and the file has it',
      { credsStore: 'nodbus', auths: { [host]: login('alice') } },
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore broken helper-failed',
        'auths used used',
      ],
    ],
    [
      'the store hangs, and docker with it',
      { credsStore: 'hangs', auths: { [host]: login('alice') } },
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore broken helper-timed-out',
        'auths passed-over hidden-by-helper',
      ],
    ],
    [
      'the store is on the host only',
      { credsStore: 'nowhere', auths: { [host]: login('alice') } },
      { elsewhere: true },
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore passed-over elsewhere',
        'auths passed-over hidden-by-helper',
      ],
    ],
    [
      'a name is no program',
      { credHelpers: { [host]: '../x' } },
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers broken helper-name-refused',
        'credsStore absent not-set',
        'auths absent no-entry',
      ],
    ],
    [
      'another port and another case have it',
      { auths: { [`${host}:443`]: login('alice'), [host.toUpperCase()]: login('bob') } },
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore absent not-set',
        'auths absent no-entry',
        'auths passed-over other-port',
        'auths passed-over dead-key',
      ],
    ],
    [
      'the file is broken',
      '{"auths":',
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore absent not-set',
        'auths broken not-json',
      ],
    ],
    [
      'its own entry is broken',
      { auths: { [host]: { auth: '%' } } },
      {},
      [
        'DOCKER_AUTH_CONFIG absent not-set',
        'credHelpers absent not-set',
        'credsStore absent not-set',
        'auths broken bad-base64',
      ],
    ],
  ])('where %s', async (_, config, more, expected) => {
    expect(await places(config, more)).toEqual(expected);
  });
});

describe('no credential is found, since docker would send none or by chance only,', () => {
  it.each<[string, unknown, More]>([
    ['in a file that is broken', `{"auths": {"${host}": ${JSON.stringify(login('alice'))}},}`, {}],
    ['beside a broken entry', { auths: { [host]: login('alice'), 'old.example.com': { auth: '%%%' } } }, {}],
    ['beside a wrong type', { auths: { [host]: login('alice') }, plugins: 5 }, {}],
    ['behind a helper that hangs', { auths: { [host]: login('alice') }, credsStore: 'hangs' }, {}],
    [
      'behind a helper that is elsewhere',
      { auths: { [host]: login('alice') }, credsStore: 'nowhere' },
      { elsewhere: true },
    ],
  ])('%s', async (_, config, more) => {
    const { credential, evidence } = await find(config, more);
    expect(credential).toBeNull();
    expect(evidence.used).toBeNull();
  });

  it('and where an entry is lost by chance, it says which other one is broken', async () => {
    const { evidence } = await find({
      auths: { [host]: login('alice'), 'old.example.com': { auth: '%%%' } },
    });
    expect(evidence.sources.find(({ place }) => place === 'auths')?.why).toContain('old.example.com');
  });
});

describe('entries that docker never reads', () => {
  it.each([
    'docker.io',
    'index.docker.io',
    'registry-1.docker.io',
    'https://registry-1.docker.io/v2/',
    'hub.docker.com',
    'https://docker.io',
    'https://index.docker.io/v1',
    'DOCKER.IO',
  ])('are pointed out for Docker Hub: %s', async (key) => {
    const { evidence, credential } = await find(
      { auths: { [key]: login('alice') } },
      { registry: 'docker.io' },
    );
    expect(credential).toBeNull();
    expect(evidence.deadEntries.map(({ key }) => key)).toEqual([key]);
  });

  it('do not include the two that a login in the browser leaves', async () => {
    const { evidence } = await find(
      { auths: { [hubKey]: login('alice'), [`${hubKey}access-token`]: {}, [`${hubKey}refresh-token`]: {} } },
      { registry: 'docker.io' },
    );
    expect(evidence.deadEntries).toEqual([]);
  });

  it.each([`${host}:443`, host.toUpperCase(), `${host} `, '*.example.com'])(
    'are pointed out for other registries: %s',
    async (key) => {
      expect(
        (await find({ auths: { [key]: login('alice') } })).evidence.deadEntries.map(({ key }) => key),
      ).toEqual([key]);
    },
  );

  it.each([`https://${host}`, `${host}/team`, `${host}:443`])(
    'are pointed out in credHelpers, where only the exact key counts: %s',
    async (key) => {
      expect(
        (await find({ credHelpers: { [key]: 'good' } })).evidence.deadEntries.map(({ key }) => key),
      ).toEqual([key]);
    },
  );

  it('do not include those of other registries', async () => {
    const { evidence } = await find({
      auths: { 'other.example.com': login('a'), 'example.com': login('b'), [`x.${host}`]: login('c') },
    });
    expect(evidence.deadEntries).toEqual([]);
  });
});

describe('a login inside the address of a key', () => {
  const key = (path: string) => `https://alice:${secret}@${host}/${path}`;
  it.each<[string, unknown, More]>([
    ['is used by docker', { auths: { [key('v1')]: login('alice') } }, {}],
    ['is one of two', { auths: { [key('v1')]: login('alice'), [key('v2')]: login('bob') } }, {}],
    ['is of a broken entry', { auths: { [key('v1')]: { auth: '%' } } }, {}],
    ['is of an entry with a wrong type', { auths: { [key('v1')]: { auth: 1 } } }, {}],
    ['is of a helper with a wrong type', { credHelpers: { [key('v1')]: 1 } }, {}],
    ['is of another port', { auths: { [`https://alice:${secret}@${host}:444/`]: login('alice') } }, {}],
    [
      'is in a variable that docker ignores',
      null,
      { variable: JSON.stringify({ auths: { [key('')]: { auth: '%' } } }) },
    ],
    [
      'is in a variable of the wrong shape',
      null,
      { variable: JSON.stringify({ auths: { [key('')]: { [key('')]: '' } } }) },
    ],
  ])('is not shown where it %s', async (_, config, more) => {
    // `find` looks for the secret in all that comes back
    const { evidence } = await find(config, more);
    expect(JSON.stringify(evidence)).toContain('[redacted]@');
  });
});

describe('what is not certain is noted', () => {
  it.each<[string, unknown, More, RegExp]>([
    [
      'several entries for one registry',
      { auths: { [`${host}/a`]: login('alice'), [`https://${host}`]: login('bob') } },
      {},
      /by chance/,
    ],
    [
      'a fall-back that newer versions do not make',
      { credsStore: 'nodbus', auths: { [host]: login('alice') } },
      {},
      /Docker 29/,
    ],
    [
      'a variable that older versions do not read',
      null,
      { variable: JSON.stringify({ auths: { [host]: login('bob') } }) },
      /28\.3/,
    ],
    ['a helper on the host', { credsStore: 'nowhere' }, { elsewhere: true }, /on the host/],
  ])('%s', async (_, config, more, note) => {
    expect((await find(config, more)).evidence.notes.join('\n')).toMatch(note);
  });
});
