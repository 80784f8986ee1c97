import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@pull-doctor/contract/secret';
import { type Certificates, makeCertificates, writeCertificates } from '@pull-doctor/testkit/certificates';
import { multiPlatformImage, singleManifestImage } from '@pull-doctor/testkit/images';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import { startTokenServer, type TokenServer, tokenUsers } from '@pull-doctor/testkit/token-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { basic, noTrust, runProbe } from '../test/run-probe.ts';
import type { TrustSettings } from './settings.ts';

let certificates: Certificates;
let tokenServer: TokenServer;
let registry: RegistryServer;
let basicRegistry: RegistryServer;
let trust: TrustSettings;

const alice = basic({ user: 'alice', password: tokenUsers.alice });
const bob = basic({ user: 'bob', password: tokenUsers.bob });
const wrong = basic({ user: 'alice', password: 'looking-glass' });

beforeAll(async () => {
  certificates = await makeCertificates();
  const files = await writeCertificates(certificates, await mkdtemp(join(tmpdir(), 'registry-test-')));
  trust = { ...noTrust, certFile: files.bundle };
  tokenServer = await startTokenServer({ tls: certificates.good, signer: certificates.tokenSigner });
  const repositories = {
    'acme/app': {
      '1': multiPlatformImage('app'),
      '1.25': singleManifestImage('one'),
      'v1.26': singleManifestImage('two'),
    },
    'public/app': { '1': singleManifestImage('public') },
    'library/hello': { latest: singleManifestImage('hello') },
  };
  registry = await startRegistry({
    tls: certificates.good,
    auth: {
      kind: 'bearer',
      realm: tokenServer.realm,
      service: 'clinic',
      issuer: tokenServer.issuer,
      signerCertificate: certificates.tokenSigner.cert,
    },
    repositories,
  });
  basicRegistry = await startRegistry({
    tls: certificates.good,
    auth: { kind: 'basic', realm: 'Registry Realm', users: { alice: tokenUsers.alice } },
    repositories,
  });
});

beforeEach(() => {
  registry.requests.length = 0;
  tokenServer.requests.length = 0;
  basicRegistry.requests.length = 0;
});

afterAll(() => Promise.all([registry.close(), tokenServer.close(), basicRegistry.close()]));

/** The conversation: method, path without query, and whether an Authorization came along. */
function wire({
  requests,
}: {
  requests: readonly { method: string; path: string; sentCredential: boolean }[];
}) {
  return requests.map(
    ({ method, path, sentCredential }) =>
      `${method} ${path.replace(/\?.*/, '').replace(/sha256:.*/, 'DIGEST')}${sentCredential ? ' +' : ''}`,
  );
}

describe('a pull that works', () => {
  it('asks as a pull does and no more: ping, token, HEAD, body; then the chosen manifest and its layer', async () => {
    const seen = await runProbe(`${registry.host}/acme/app:1`, { trust, credential: alice });
    expect(wire(registry)).toEqual([
      'GET /v2/',
      'HEAD /v2/acme/app/manifests/1 +',
      'GET /v2/acme/app/manifests/DIGEST +',
      'GET /v2/acme/app/manifests/DIGEST +',
      'GET /v2/acme/app/blobs/DIGEST +',
    ]);
    expect(wire(tokenServer)).toEqual(['GET /token +']);
    expect(new URL(tokenServer.requests[0]?.path ?? '', 'http://token').searchParams.toString()).toBe(
      'account=alice&scope=repository%3Aacme%2Fapp%3Apull&service=clinic',
    );
    expect(seen.tls).toMatchObject({ use: 'verified', faults: [] });
    expect(seen.ping).toMatchObject({ isRegistry: 'yes', apiVersionHeader: true, clockOffsetSeconds: 0 });
    expect(seen.challenge).toMatchObject({
      from: 'ping',
      chosen: { scheme: 'bearer' },
      realm: { code: 'same-host' },
    });
    expect(seen.token).toMatchObject({
      scheme: 'bearer',
      signedIn: { outcome: 'granted', token: { form: 'jwt', grants: ['repository:acme/app:pull'] } },
      anonymous: null,
      login: null,
    });
    expect(seen.manifest).toMatchObject({
      asDocker: 'signed-in',
      signedIn: { outcome: 'found' },
      body: { kind: 'index', digestMatches: true },
      repository: { exists: 'yes' },
    });
    expect(seen.platform).toMatchObject({
      fits: 'yes',
      kind: 'index',
      image: { kind: 'image', digestMatches: true, image: { layers: [{ there: 'yes', form: 'gzip' }] } },
    });
  });

  it('uses one connection for all requests to the registry', async () => {
    let connections = 0;
    const counted = await startRegistry({ repositories: { 'a/b': { '1': multiPlatformImage('x') } } });
    counted.override('/count', () => {});
    const seen = await runProbe(`${counted.host}/a/b:1`, { insecure: true });
    connections = new Set(counted.requests.map(({ headers }) => headers.connection)).size;
    expect(seen.manifest?.anonymous?.outcome).toBe('found');
    expect(connections).toBe(1);
    await counted.close();
  });

  it('reads the platform of a single image from its config', async () => {
    const seen = await runProbe(`${registry.host}/acme/app:1.25`, {
      trust,
      credential: alice,
      platform: 'linux/arm64',
    });
    expect(seen.platform).toMatchObject({
      kind: 'image',
      fits: 'no',
      available: [{ os: 'linux', architecture: 'amd64' }],
    });
  });

  it('works with Basic, and makes no request for a token', async () => {
    const seen = await runProbe(`${basicRegistry.host}/acme/app:1.25`, { trust, credential: alice });
    expect(seen.token).toEqual({ scheme: 'basic', signedIn: null, anonymous: null, login: null });
    expect(seen.manifest?.signedIn?.outcome).toBe('found');
    expect(wire(basicRegistry).filter((line) => line.startsWith('HEAD'))).toEqual([
      'HEAD /v2/acme/app/manifests/1.25 +',
    ]);
  });

  it('never asks for a manifest twice by GET', async () => {
    await runProbe(`${registry.host}/acme/app:1`, { trust, credential: alice });
    const gets = registry.requests.filter(
      ({ method, path }) => method === 'GET' && path.includes('/manifests/'),
    );
    expect(new Set(gets.map(({ path }) => path)).size).toBe(gets.length);
  });
});

describe('a pull that is refused', () => {
  it('tells a login that works from a right that is missing', async () => {
    const seen = await runProbe(`${registry.host}/acme/app:1`, { trust, credential: bob });
    expect(seen.token).toMatchObject({
      signedIn: { outcome: 'granted', token: { grants: [] } },
      anonymous: { outcome: 'granted' },
      login: { outcome: 'accepted' },
    });
    expect(seen.manifest).toMatchObject({
      signedIn: {
        outcome: 'unauthorized',
        challengeError: 'insufficient_scope',
        errors: [{ code: 'UNAUTHORIZED' }],
      },
      anonymous: { outcome: 'unauthorized' },
    });
  });

  it('finds a public image that a wrong login blocks', async () => {
    const seen = await runProbe(`${registry.host}/public/app:1`, { trust, credential: wrong });
    expect(seen.token).toMatchObject({ signedIn: { outcome: 'refused' }, login: { outcome: 'refused' } });
    expect(seen.manifest).toMatchObject({
      signedIn: null,
      anonymous: { outcome: 'found' },
      asDocker: 'signed-in',
    });
  });

  it('tests the login of a Basic registry at the ping', async () => {
    const seen = await runProbe(`${basicRegistry.host}/acme/app:1`, { trust, credential: wrong });
    expect(seen.token).toMatchObject({ scheme: 'basic', login: { outcome: 'refused' } });
    expect(seen.manifest).toMatchObject({
      signedIn: { outcome: 'unauthorized' },
      anonymous: { outcome: 'unauthorized' },
    });
  });

  it('asks as nobody where there is no credential, once', async () => {
    const seen = await runProbe(`${registry.host}/acme/app:1`, { trust });
    expect(seen.manifest).toMatchObject({
      asDocker: 'anonymous',
      signedIn: null,
      anonymous: { outcome: 'unauthorized' },
    });
    expect(wire(tokenServer)).toEqual(['GET /token']);
  });

  it('exchanges an identity token by POST and falls back to GET', async () => {
    const credential = { kind: 'identity-token', token: new Secret('refresh-me-please') } as const;
    const seen = await runProbe(`${registry.host}/acme/app:1`, { trust, credential });
    expect(wire(tokenServer).slice(0, 2)).toEqual(['POST /token', 'GET /token +']);
    expect(seen.token?.signedIn).toMatchObject({
      outcome: 'refused',
      exchange: { request: { method: 'POST', credential: 'identity-token' } },
    });
    expect(JSON.stringify(seen)).not.toContain('refresh-me-please');
  });

  it('sends a registry token as it is', async () => {
    const credential = { kind: 'registry-token', token: new Secret('not-a-token-of-theirs') } as const;
    const seen = await runProbe(`${registry.host}/acme/app:1`, { trust, credential });
    expect(seen.token?.signedIn).toMatchObject({ outcome: 'granted', exchange: null });
    expect(seen.manifest?.signedIn).toMatchObject({
      outcome: 'unauthorized',
      challengeError: 'invalid_token',
    });
  });
});

describe('an image that is not there', () => {
  it('lists the tags that may have been meant, with proof', async () => {
    const seen = await runProbe(`${registry.host}/acme/app:1.26`, { trust, credential: alice });
    expect(seen.manifest).toMatchObject({
      signedIn: { outcome: 'not-found', errors: [{ code: 'MANIFEST_UNKNOWN' }] },
      repository: { exists: 'yes' },
      tags: { seen: 3, complete: true },
    });
    expect(seen.manifest?.suggestions[0]?.reference).toBe(`${registry.host}/acme/app:v1.26`);
  });

  it('says that the repository does not exist where the registry does', async () => {
    const seen = await runProbe(`${registry.host}/acme/web:1`, { trust, credential: alice });
    expect(seen.manifest).toMatchObject({
      signedIn: { outcome: 'not-found' },
      repository: { exists: 'no' },
      tags: null,
    });
  });

  it('suggests another repository only when it is there', async () => {
    const candidates = [
      { repository: 'public/app', tag: '1', why: 'one' },
      { repository: 'public/none', tag: '1', why: 'two' },
      { repository: '../../etc', tag: '1', why: 'three' },
    ];
    const seen = await runProbe(`${registry.host}/public/ap:1`, { trust, candidates });
    expect(seen.manifest?.suggestions.map(({ reference }) => reference)).toEqual([
      `${registry.host}/public/app:1`,
    ]);
    expect(registry.requests.some(({ path }) => path.includes('etc'))).toBe(false);
  });
});

describe('a registry that counts pulls', () => {
  it.each([
    ['leaves the body unread where few are left', 8, null],
    ['reads it where enough are left', 80, 'image'],
  ])('%s', async (_, remaining, kind) => {
    const counting = await startRegistry({
      tls: certificates.good,
      repositories: { 'a/b': { '1': singleManifestImage('counted') } },
      rateLimit: { limit: 100, remaining, windowSeconds: 21600 },
    });
    const { manifest } = await runProbe(`${counting.host}/a/b:1`, { trust });
    expect(manifest?.rateLimit).toMatchObject({
      limit: 100,
      remaining,
      windowSeconds: 21600,
      source: '192.0.2.17',
    });
    expect(manifest?.body?.kind ?? null).toBe(kind);
    expect(manifest?.bodyNotRead === null).toBe(kind !== null);
    await counting.close();
  });
});

describe('secrets', () => {
  it('are in no part of the evidence, even where a registry quotes them', async () => {
    const echo = await startRegistry({
      tls: certificates.good,
      auth: { kind: 'basic', realm: 'x', users: {} },
    });
    echo.override('/v2/a/b/manifests/1', (request, response) => {
      response.writeHead(403, {
        'content-type': 'application/json',
        'x-you-sent': String(request.headers.authorization),
      });
      const code = `I do not like ${request.headers.authorization} nor ${Buffer.from(String(request.headers.authorization).slice(6), 'base64')}`;
      response.end(JSON.stringify({ errors: [{ code: 'DENIED', message: code }] }));
    });
    const credential = basic({ user: 'alice', password: 'planted secret/42' });
    const seen = await runProbe(`${echo.host}/a/b:1`, { trust, credential });
    expect(seen.manifest?.signedIn).toMatchObject({ outcome: 'denied', errors: [{ code: 'DENIED' }] });
    const text = JSON.stringify(seen);
    expect(text).not.toContain('planted secret');
    expect(text).not.toContain(Buffer.from('alice:planted secret/42').toString('base64'));
    await echo.close();
  });
});

describe('a token server that fails', () => {
  it.each(['gets-503', 'gets-429'] as const)('%s is asked once, and nobody else is', async (user) => {
    const credential = basic({ user, password: tokenUsers[user] });
    const seen = await runProbe(`${registry.host}/acme/app:1`, { trust, credential });
    expect(seen.token).toMatchObject({ signedIn: { outcome: 'failed' }, anonymous: null, login: null });
    expect(wire(tokenServer)).toHaveLength(1);
    expect(wire(registry)).toEqual(['GET /v2/']);
  });

  it.each<[keyof typeof tokenUsers, object]>([
    ['gets-html', { outcome: 'unusable' }],
    ['gets-403', { outcome: 'refused', errors: [{ code: 'DENIED' }] }],
    ['gets-expired', { outcome: 'granted' }],
  ])('%s', async (user, expected) => {
    const credential = basic({ user, password: tokenUsers[user] });
    const seen = await runProbe(`${registry.host}/acme/app:1`, { trust, credential });
    expect(seen.token?.signedIn).toMatchObject(expected);
  });
});

describe('a challenge that comes late', () => {
  it('is taken from the manifest where the ping was let through', async () => {
    const lax = await startRegistry({
      tls: certificates.good,
      auth: {
        kind: 'bearer',
        realm: tokenServer.realm,
        service: 'clinic',
        issuer: tokenServer.issuer,
        signerCertificate: certificates.tokenSigner.cert,
      },
      repositories: { 'acme/app': { '1': singleManifestImage('late') } },
    });
    lax.override('/v2/', (_, response) => {
      response.writeHead(200, { 'docker-distribution-api-version': 'registry/2.0' }).end('{}');
    });
    const seen = await runProbe(`${lax.host}/acme/app:1`, { trust, credential: alice });
    expect(seen.challenge).toMatchObject({ from: 'manifest', chosen: { scheme: 'bearer' } });
    expect(seen.manifest).toMatchObject({ asDocker: 'signed-in', signedIn: { outcome: 'found' } });
    await lax.close();
  });

  it('is told where Docker cannot answer it', async () => {
    const odd = await startRegistry({ tls: certificates.good });
    odd.override('/v2/', (_, response) => {
      response.writeHead(401, { 'www-authenticate': 'Negotiate, NTLM' }).end();
    });
    const seen = await runProbe(`${odd.host}/acme/app:1`, { trust });
    expect(seen.challenge).toMatchObject({ chosen: null, fault: expect.stringContaining('negotiate') });
    await odd.close();
  });
});
