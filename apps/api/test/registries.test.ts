import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RegistryBoard, RegistryDetail } from '@pull-doctor/contract/registries';
import { workingHelper } from '@pull-doctor/testkit/helpers/credential-helpers';
import { listenHttp } from '@pull-doctor/testkit/http-listener';
import { singleManifestImage } from '@pull-doctor/testkit/images';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import { startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildApp } from '../src/app.ts';
import { loadAdminToken } from '../src/features/access/admin-token.ts';
import { adminToken } from './application.ts';
import {
  type BoardApplication,
  type Listener,
  listen,
  loginsFor,
  manifestGets,
  mostPerSecond,
  startBoard,
  until,
} from './registries-board.ts';

// Two requests a second to each registry: several checks one after the other take their time.
vi.setConfig({ testTimeout: 40_000 });

const password = 'a-password-of-the-test';
let folder: string;
let users: Record<string, string>;
let registry: RegistryServer;
let application: BoardApplication | undefined;
let listener: Listener | undefined;
const open: { close(): Promise<unknown> }[] = [];
const keep = <T extends { close(): Promise<unknown> }>(one: T): T => {
  open.push(one);
  return one;
};

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdr-'));
  users = { alice: password };
  registry = keep(
    await startRegistry({
      auth: { kind: 'basic', realm: 'board', users },
      repositories: { 'team/app': { '1': singleManifestImage('board') } },
    }),
  );
});
afterEach(async () => {
  await listener?.close();
  await application?.close();
  listener = undefined;
  application = undefined;
  await Promise.all(open.splice(0).map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

const start = async (
  config: object | string,
  settings?: Record<string, string>,
  more?: Parameters<typeof startBoard>[3],
) => {
  application = await startBoard(path.join(folder, 'home'), config, settings, more);
  return application;
};
const hosts = (board: RegistryBoard) => board.items.map(({ host }) => host);

describe('the board', () => {
  it('says that there is nothing to watch where nothing names a registry', async () => {
    const board = RegistryBoard.parse(await (await start({})).board());
    expect(board.items).toEqual([]);
    expect(board.title).toMatch(/\S/);
    expect(board.users).toMatchObject([{ state: 'read' }]);
  });

  it('has each registry that the configuration names, never checked before the first check', async () => {
    const { board, check } = await start({
      ...loginsFor([registry.host, 'https://index.docker.io/v1/'], password),
      credHelpers: { 'quay.io': 'gone' },
    });
    const before = RegistryBoard.parse(await board());
    expect(hosts(before).sort()).toEqual([registry.host, 'docker.io', 'quay.io'].sort());
    for (const row of before.items)
      expect(row).toMatchObject({ status: 'unknown', checkedAt: null, since: null, checkMs: null });
    const { row } = RegistryDetail.parse(await check(registry.host));
    expect(row).toMatchObject({ status: 'ok', login: 'accepted' });
    expect((await board()).items.find(({ host }) => host === registry.host)).toMatchObject({ status: 'ok' });
  });

  it('knows mirrors and insecure registries of the daemon', async () => {
    const daemon = keep(
      await startStandInDaemon({
        socket: path.join(folder, 'd.sock'),
        mirrors: ['https://mirror.corp.test/'],
        insecureRegistries: ['plain.corp.test:5000'],
      }),
    );
    const { board } = await start({}, {}, { environment: { DOCKER_HOST: daemon.host } });
    const { items } = await board();
    expect(items.map(({ host, sources: [source] }) => [host, source?.kind]).sort()).toEqual([
      ['mirror.corp.test', 'mirror'],
      ['plain.corp.test:5000', 'insecure'],
    ]);
  });

  it('knows registries of the past, and not those that were mistyped', async () => {
    const { board, diagnose, detail } = await start(loginsFor([registry.host], password));
    await diagnose({ input: `${registry.host}/team/app:1` });
    await diagnose({ input: 'no-such-host.invalid/team/app:1' });
    const { items } = await board();
    expect(items).toMatchObject([{ host: registry.host }]);
    expect(items[0]?.sources.map(({ kind }) => kind)).toContain('history');
    expect((await detail(registry.host)).evidence).toBeNull();
  });
});

describe('within one check after the change, the status is right', () => {
  it('when the registry and the password change', async () => {
    const { check } = await start(loginsFor([registry.host], password));
    const statusNow = async () => {
      // Each change is looked at by one check, more often than a person may ask for.
      const { row } = await check(registry.host);
      return row.status;
    };
    expect(await statusNow()).toBe('ok');
    users.alice = 'changed-at-the-registry';
    expect(await statusNow()).toBe('invalid');
    registry.override('/v2/', (_, response) => {
      response.writeHead(503).end();
    });
    expect(await statusNow()).toBe('unreachable');
  });

  it('when the configuration changes and nobody has noticed yet', async () => {
    const { check, writeConfig } = await start(loginsFor([registry.host], 'a-wrong-password-here'));
    expect((await check(registry.host)).row.status).toBe('invalid');
    writeConfig(loginsFor([registry.host], password));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await check(registry.host)).row.status).toBe('ok');
  });

  it('when a name does not resolve', async () => {
    const { send, check } = await start({});
    await send('POST', '/registries', { host: 'no-such-host.invalid' });
    const { row } = await check('no-such-host.invalid');
    expect(row).toMatchObject({ status: 'unreachable', cause: 'dns-failure' });
  });

  it('keeps what every check said, the last one with its evidence', async () => {
    const { check, detail } = await start(loginsFor([registry.host], password));
    await check(registry.host);
    users.alice = 'changed-at-the-registry';
    await check(registry.host);
    const { checks, evidence, row } = await until(
      () => detail(registry.host),
      (read) => read.checks.length === 2,
    );
    expect(checks.map(({ status }) => status)).toEqual(['ok', 'invalid']);
    expect(row.since).toBe(checks[1]?.at);
    expect(evidence?.registry).toBe(registry.host);
  });
});

describe('a check', () => {
  it('asks for no manifest, and no more than two requests a second', { timeout: 30_000 }, async () => {
    const { check, registries } = await start(loginsFor([registry.host], password));
    await registries.start();
    for (let times = 0; times < 3; times += 1) await check(registry.host);
    expect(registry.requests.length).toBeGreaterThan(3);
    expect(manifestGets(registry.requests)).toEqual([]);
    expect(mostPerSecond(registry.requests)).toBeLessThanOrEqual(2);
  });

  it('is refused where it is asked for too often, for each host by itself', async () => {
    const { send } = await start(loginsFor([registry.host, '127.0.0.1:1'], password));
    const ask = async (host: string) =>
      (await send('POST', `/registries/${encodeURIComponent(host)}/check`)).statusCode;
    for (let times = 0; times < 3; times += 1) expect(await ask('127.0.0.1:1')).toBe(200);
    const refused = await send('POST', `/registries/${encodeURIComponent('127.0.0.1:1')}/check`);
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ code: 'checked-just-now' });
    expect(await ask(registry.host)).toBe(200);
  });

  it('by hand ends with its deadline, and the server within five seconds, whatever hangs', async () => {
    const hanging = keep(await listenHttp(() => undefined, {}));
    const board = await start(loginsFor([hanging.host], password), { PULL_DOCTOR_DEADLINE_SECONDS: '2' });
    const begun = performance.now();
    const { row } = await board.check(hanging.host);
    expect(performance.now() - begun).toBeLessThan(3_500);
    expect(row.status).toBe('unreachable');
    await board.registries.start();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const stopped = performance.now();
    await application?.close();
    application = undefined;
    expect(performance.now() - stopped).toBeLessThan(5_000);
  });

  it('does not run by itself where checks are off, and the board says so', async () => {
    const { board, registries } = await start(loginsFor([registry.host], password), {
      PULL_DOCTOR_CHECK_SECONDS: '0',
    });
    await registries.start();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const read = await board();
    expect(read.intervalSeconds).toBeNull();
    expect(read.items).toMatchObject([{ status: 'unknown', nextCheckAt: null, checkedAt: null }]);
    expect(registry.requests).toEqual([]);
  });

  it('runs by itself once it watches, and a restart knows what was found', async () => {
    const board = await start(loginsFor([registry.host], password));
    await board.registries.start();
    const read = await until(board.board, ({ items: [row] }) => row?.status === 'ok');
    expect(read.items[0]?.nextCheckAt).not.toBeNull();

    await until(
      async () => board.db.registryCheck.count(),
      (count) => count === 1,
    );
    const again = await buildApp(board.edges, loadAdminToken(adminToken, board.folder), false);
    const { headers } = board;
    const after = (await again.app.inject({ url: '/api/v1/registries', headers })).json();
    await again.app.close();
    const { status, since, checkedAt } = read.items[0] ?? {};
    expect(after.items).toMatchObject([{ status, since, checkedAt }]);
  });
});

describe('a change of the configuration on disk', () => {
  /** An event comes, and the board then shows the change, all within two seconds. */
  const noticed = async (
    board: BoardApplication,
    change: () => void,
    holds: (board: RegistryBoard) => boolean,
    host = registry.host,
  ) => {
    const begun = performance.now();
    change();
    await listener?.next(host, begun, 2_000);
    await until(board.board, holds, 2_000 - (performance.now() - begun));
    expect(performance.now() - begun).toBeLessThan(2_000);
  };

  it('is told within two seconds: a login, another store, a broken file, and a file that comes back', {
    timeout: 60_000,
  }, async () => {
    const right = loginsFor([registry.host], password);
    const wrong = loginsFor([registry.host], 'a-wrong-password-here');
    const store = workingHelper({ [registry.host]: { username: 'alice', secret: password } });
    const board = await start(wrong, {}, { helpers: { store } });
    const stateIs =
      (state: string) =>
      ({ users: [user] }: RegistryBoard) =>
        user?.state === state;
    const statusIs = (status: string) => until(board.board, ({ items: [row] }) => row?.status === status);
    listener = await listen(board);
    await board.registries.start();
    await statusIs('invalid');

    await noticed(
      board,
      () => board.writeConfig(right),
      ({ items: [row] }) => row?.credential?.secretLength === password.length && row.status !== 'invalid',
    );
    await statusIs('ok');

    await noticed(board, () => board.writeConfig(JSON.stringify(right).slice(0, -3)), stateIs('malformed'));
    // Still in use, and without its credential.
    await until(
      board.board,
      ({ items: [row] }) => row?.host === registry.host && row.credential === null && row.status !== 'ok',
    );

    await noticed(
      board,
      () => board.writeConfig({ ...wrong, credsStore: 'store' }),
      ({ items: [row] }) => row?.credential?.place === 'credsStore',
    );
    await statusIs('ok');

    await noticed(board, () => rmSync(board.configFile), stateIs('absent'));
    await until(board.board, ({ items }) => items.length === 0);

    await noticed(board, () => board.writeConfig(right), stateIs('read'));
    await statusIs('ok');
  });

  it('is told of a registry that is new, and one that is gone is not checked any more', {
    timeout: 30_000,
  }, async () => {
    const other = keep(await startRegistry());
    const board = await start(loginsFor([registry.host], password));
    listener = await listen(board);
    await board.registries.start();
    await until(board.board, ({ items: [row] }) => row?.checkedAt != null);
    await noticed(
      board,
      () => board.writeConfig(loginsFor([other.host], password)),
      ({ items: [row] }) => row?.host === other.host,
      other.host,
    );
    await until(board.board, ({ items }) => items.some(({ checkedAt }) => checkedAt !== null));
    expect(hosts(await board.board())).toEqual([other.host]);
    const before = registry.requests.length;
    await board.send('POST', '/registries-check');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(registry.requests.length).toBe(before);
  });

  it('does not wait for a helper that hangs', async () => {
    const hangs = { script: '#!/bin/sh\nexec sleep 600\n' };
    const slow = { ...loginsFor([registry.host], password), credHelpers: { 'slow.example': 'hangs' } };
    const board = await start(slow, { PULL_DOCTOR_CHECK_SECONDS: '0' }, { helpers: { hangs } });
    listener = await listen(board);
    void board.registries.start();
    // By now the helper was asked, and nine seconds are left of its time.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const other = loginsFor([registry.host], 'a-longer-password-of-the-test');
    await noticed(
      board,
      () => board.writeConfig({ ...other, credHelpers: { 'slow.example': 'hangs' } }),
      ({ items }) => items.some(({ credential }) => credential?.secretLength === 29),
    );
    await noticed(
      board,
      () =>
        board.writeConfig({
          ...loginsFor([registry.host], password),
          credHelpers: { 'slow.example': 'hangs' },
        }),
      ({ items }) => items.some(({ credential }) => credential?.secretLength === password.length),
    );
  });

  it('checks only the registry whose credential changed', { timeout: 30_000 }, async () => {
    const other = keep(await startRegistry({ auth: { kind: 'basic', realm: 'other', users } }));
    const board = await start(loginsFor([registry.host, other.host], password));
    listener = await listen(board);
    await board.registries.start();
    await until(board.board, ({ items }) => items.every(({ status }) => status === 'ok'));
    const before = other.requests.length;
    const { auths } = loginsFor([other.host], password) as { auths: object };
    const { auths: changed } = loginsFor([registry.host], 'b-password-of-the-test') as { auths: object };
    await noticed(
      board,
      () => board.writeConfig({ auths: { ...auths, ...changed } }),
      // Of the same length: that it was not measured yet is said at once.
      ({ items }) => items.some(({ status }) => status === 'unknown' || status === 'invalid'),
    );
    await until(board.board, ({ items }) => items.some(({ status }) => status === 'invalid'));
    expect(other.requests.length).toBe(before);
  });
});

describe('what changes with time alone', () => {
  /** As JFrog's access tokens are: Artifactory goes by the dates in them. */
  const tokenUntil = (endsAt: number) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: 'jfac@01', sub: 'alice', iat: Math.floor(endsAt) - 3600, exp: Math.floor(endsAt) };
    return `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
  };

  it('is told at its moment: a credential ends', { timeout: 30_000 }, async () => {
    const endsAt = Math.floor(Date.now() / 1000) + 5;
    users.alice = tokenUntil(endsAt);
    const board = await start(loginsFor([registry.host], users.alice));
    listener = await listen(board);
    await board.registries.start();
    const expiring = await until(board.board, ({ items: [row] }) => row?.checkedAt != null);
    expect(expiring.items).toMatchObject([{ status: 'expiring', group: 'expiring' }]);
    const checks = registry.requests.length;
    const before = performance.now() + Math.max(0, endsAt * 1000 - Date.now());
    expect((await listener.next(registry.host, before - 50, 8_000)) - before).toBeLessThan(1_000);
    const { items } = await board.board();
    expect(items).toMatchObject([
      { status: 'expired', group: 'attention', since: new Date(endsAt * 1000).toISOString() },
    ]);
    expect(registry.requests.length).toBe(checks);
  });

  it('an end that a person entered', async () => {
    const board = await start(loginsFor([registry.host], password));
    const endsAt = new Date(Date.now() + 86_400_000 * 3).toISOString();
    const added = await board.send('POST', '/registries', { host: registry.host, endsAt });
    expect(added.json()).toMatchObject({ enteredEnd: endsAt, row: { addedByHand: false } });
    const { row } = await board.check(registry.host);
    expect(row).toMatchObject({ status: 'expiring', end: { state: 'ends', endsAt, from: 'entered' } });
    const cleared = await board.send('POST', '/registries', { host: registry.host, endsAt: null });
    expect(cleared.json()).toMatchObject({ enteredEnd: null, row: { status: 'ok' } });
  });
});

describe('by hand', () => {
  it('a registry is added, corrected, hidden, shown again and removed', async () => {
    const { send, board } = await start(loginsFor([registry.host], password));
    const added = await send('POST', '/registries', { host: 'docker pull quay.io/acme/app:1' });
    expect(RegistryDetail.parse(added.json()).row).toMatchObject({ host: 'quay.io', addedByHand: true });
    expect(hosts(await board()).sort()).toEqual([registry.host, 'quay.io'].sort());

    expect((await send('DELETE', '/registries/quay.io')).statusCode).toBe(200);
    const removed = await board();
    expect(hosts(removed)).toEqual([registry.host]);
    expect(removed.hidden).toEqual([]);

    const hidden = (await send('DELETE', `/registries/${encodeURIComponent(registry.host)}`)).json();
    expect(hidden).toMatchObject({ items: [], hidden: [{ host: registry.host }] });
    expect((await send('GET', `/registries/${encodeURIComponent(registry.host)}`)).statusCode).toBe(404);
    const shown = await send('POST', '/registries', { host: registry.host });
    expect(shown.json().row).toMatchObject({ host: registry.host });
    expect((await board()).hidden).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['a path', '/acme/app'],
    ['words', 'my registry please'],
    ['a password in the address', 'https://alice:hunter2@ghcr.io'],
    ['a port that is none', 'ghcr.io:99999'],
    ['a bell', 'ghcr.io\u0007'],
    ['half an emoji', '\ud83d.example.com'],
    ['4,000 dots', '.'.repeat(4_000)],
  ])('%s is refused with a sentence, and not stored', async (_, host) => {
    const { send, board } = await start({});
    const answer = await send('POST', '/registries', { host });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json().code).toMatch(/^(?:not-a-registry-host|invalid-request)$/);
    expect(answer.body).not.toContain('hunter2');
    expect((await board()).items).toEqual([]);
  });

  it('any text at all is taken or refused, and never a fault of ours', { timeout: 30_000 }, async () => {
    const { send } = await start({});
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const at = `/registries/${encodeURIComponent(text.toWellFormed())}`;
        const answers = [
          await send('POST', '/registries', { host: text }),
          await send('GET', at),
          await send('GET', `/registries?user=${encodeURIComponent(text.toWellFormed())}`),
          await send('DELETE', at),
          await send('POST', `${at}/check`),
        ];
        for (const { statusCode, body } of answers) expect(statusCode, body).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    '/registries?user=nobody',
    '/registries/nowhere.example',
    '/registries/%00',
    `/registries/${'a'.repeat(300)}`,
    `/registries/${'%F0%9F%98%80'.repeat(40)}`,
    '/registries/..%2f..%2fetc',
  ])('GET %s is a clear answer below 500', async (url) => {
    const { send } = await start({});
    const answer = await send('GET', url);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });
});

describe('several users', () => {
  it('have a row each for the same registry, and see their own credential', { timeout: 30_000 }, async () => {
    const deploy = path.join(folder, 'deploy/.docker');
    mkdirSync(deploy, { recursive: true });
    writeFileSync(
      path.join(deploy, 'config.json'),
      JSON.stringify(loginsFor([registry.host], 'of-another-user')),
    );
    const board = await start(loginsFor([registry.host], password), {
      PULL_DOCTOR_CONFIGS: `deploy=${deploy},gone=${path.join(folder, 'gone')}`,
    });
    listener = await listen(board);
    await board.registries.start();
    await until(
      () => board.board('deploy'),
      ({ items: [row] }) => row?.status === 'invalid',
    );
    const first = await until(board.board, ({ items: [row] }) => row?.status === 'ok');
    expect(first.users.map(({ name, state }) => [name, state]).slice(1)).toEqual([
      ['deploy', 'read'],
      ['gone', 'absent'],
    ]);
    expect((await board.board('gone')).items).toEqual([]);
    expect((await board.detail(registry.host)).row.user).toBe(first.user);

    const begun = performance.now();
    const next = path.join(deploy, 'next');
    writeFileSync(next, JSON.stringify(loginsFor([registry.host], password)));
    renameSync(next, path.join(deploy, 'config.json'));
    expect((await listener.next(registry.host, begun)) - begun).toBeLessThan(2_000);
    await until(
      () => board.board('deploy'),
      ({ items: [row] }) => row?.status === 'ok',
    );
  });
});
