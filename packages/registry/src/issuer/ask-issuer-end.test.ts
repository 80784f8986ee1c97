import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RealmVerdict } from '@pull-doctor/contract/evidence/registry';
import { CheckEvidence } from '@pull-doctor/contract/registries';
import { Secret } from '@pull-doctor/contract/secret';
import { type Certificates, makeCertificates, writeCertificates } from '@pull-doctor/testkit/certificates';
import { type Handler, type Listening, listenHttp } from '@pull-doctor/testkit/http-listener';
import {
  gitHubApi,
  gitHubTokens,
  gitLabApi,
  gitLabTokens,
  googleTokenInfo,
  googleTokens,
} from '@pull-doctor/testkit/look-alikes/issuer-apis';
import { startProxy } from '@pull-doctor/testkit/proxy-server';
import { answer, answerJson } from '@pull-doctor/testkit/registry-answer';
import { type RecordedRequest, record } from '@pull-doctor/testkit/request-log';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { basic, noProxy, noTrust } from '../../test/run-probe.ts';
import { type Accepted, askIssuerEnd, hasIssuer, type IssuerSettings } from './ask-issuer-end.ts';
import { github, readExpiration } from './github.ts';
import { gitlab } from './gitlab.ts';
import { google } from './google.ts';

let certificates: Certificates;
let trust: IssuerSettings['trust'];
const closing: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  certificates = await makeCertificates(['api.github.clinic.test']);
  const files = await writeCertificates(certificates, await mkdtemp(join(tmpdir(), 'issuer-test-')));
  trust = { ...noTrust, certFile: files.bundle };
});

afterEach(() => Promise.all(closing.splice(0).map((one) => one.close())));

interface Api extends Listening {
  url: string;
  requests: RecordedRequest[];
}

async function apiBy(handler: Handler, pair: keyof Certificates | null = 'good'): Promise<Api> {
  const requests: RecordedRequest[] = [];
  const tls = pair === null ? undefined : (certificates[pair] as Certificates['good']);
  const listening = await listenHttp(
    (request, response) => {
      record(requests, request);
      handler(request, response);
    },
    tls ? { tls } : {},
  );
  closing.push(listening);
  return { ...listening, url: `${tls ? 'https' : 'http'}://${listening.host}`, requests };
}

function accepted(registryName: string, password: string, more: Partial<Accepted> = {}): Accepted {
  return {
    credential: basic({ user: 'octo', password }),
    registryName,
    provider: null,
    realm: null,
    ...more,
  };
}

function realmAt(url: string, allowed = true): RealmVerdict {
  return { url, host: new URL(url).host, allowed, code: allowed ? 'same-host' : 'other-domain', why: '' };
}

function settings(options: Partial<IssuerSettings> = {}): IssuerSettings {
  return {
    proxies: noProxy,
    trust,
    signal: AbortSignal.timeout(10_000),
    now: () => new Date(),
    pace: undefined,
    ...options,
  };
}

async function ask(question: Accepted, options: Partial<IssuerSettings> = {}) {
  const end = await askIssuerEnd(question, settings(options));
  CheckEvidence.shape.issuerEnd.parse(end);
  // Whatever is told, the token is not told with it.
  const { credential } = question;
  const secret = credential.kind === 'basic' ? credential.password.reveal() : credential.token.reveal();
  expect(JSON.stringify(end)).not.toContain(secret);
  return end;
}

describe('GitHub', () => {
  const { ends, endsWithOffset, endless, strangeEnd, overTheLimit } = gitHubTokens;

  it.each([
    ['an end in UTC', ends, { endsAt: '2027-10-07T19:07:53.000Z', never: false }],
    ['an end with an offset', endsWithOffset, { endsAt: '2027-10-07T19:07:53.000Z', never: false }],
    ['no end', endless, { endsAt: null, never: true }],
    ['an end in another form', strangeEnd, { endsAt: null, never: false }],
  ])('names %s', async (_, token, expected) => {
    const api = await apiBy(gitHubApi());
    const end = await ask(accepted('ghcr.io', token), { apis: { github: api.url } });
    expect(end).toMatchObject(expected);
    expect(end?.says).toMatch(/^127\.0\.0\.1.*\.$/);
    expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /user']);
    expect(api.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  it.each([
    ['does not take the token', 'ghp_revoked0000000000000000000000000000', /does not take this token/],
    ['was asked too often', overTheLimit, /refuses to tell its end with 403/],
  ])('%s', async (_, token, says) => {
    const api = await apiBy(gitHubApi());
    const end = await ask(accepted('ghcr.io', token), { apis: { github: api.url } });
    expect(end).toMatchObject({ endsAt: null, never: false, says: expect.stringMatching(says) });
  });

  it('is asked of where the registry belongs', () => {
    const apiOf = (registryName: string, token: string = ends) =>
      github.apiOf(accepted(registryName, token), new Secret(token));
    expect(apiOf('ghcr.io')).toBe('https://api.github.com');
    expect(apiOf('docker.pkg.github.com')).toBe('https://api.github.com');
    expect(apiOf('containers.acme.ghe.com')).toBe('https://api.acme.ghe.com');
    for (const other of ['ghcr.io.evil.example', 'evil.example', 'containers.acme.ghe.com.evil.example'])
      expect(apiOf(other)).toBeNull();
    // The ends of these are told when they are made, and only then.
    for (const token of ['ghs_00000000', 'ghu_00000000', 'hunter2', ''])
      expect(apiOf('ghcr.io', token)).toBeNull();
  });

  it.each([
    ['2026-10-07 19:07:53 UTC', '2026-10-07T19:07:53.000Z'],
    ['2026-10-07 19:07:53 -0700', '2026-10-08T02:07:53.000Z'],
    ['2026-10-07 19:07:53 +05:30', '2026-10-07T13:37:53.000Z'],
    [' 2026-10-07 19:07:53 UTC ', '2026-10-07T19:07:53.000Z'],
    ['2026-13-07 19:07:53 UTC', null],
    ['2026-10-07T19:07:53Z', null],
    ['', null],
  ])('writes %j', (header, expected) => {
    expect(readExpiration(header)).toBe(expected);
  });
});

describe('GitLab', () => {
  const { ends, endless, revoked, readRegistry } = gitLabTokens;

  it.each([
    ['a day', ends, { endsAt: '2027-03-02T00:00:00.000Z', never: false }],
    ['no end', endless, { endsAt: null, never: true }],
    ['that it was revoked', revoked, { endsAt: null, never: false, says: expect.stringMatching(/revoked/) }],
    [
      'nothing without a scope',
      readRegistry,
      { endsAt: null, never: false, says: expect.stringMatching(/read_api/) },
    ],
    ['nothing of a token it does not know', 'glpat-gone', { endsAt: null, never: false }],
  ])('tells %s', async (_, token, expected) => {
    const api = await apiBy(gitLabApi());
    const end = await ask(accepted('registry.gitlab.com', token), { apis: { gitlab: api.url } });
    expect(end).toMatchObject(expected);
    expect(api.requests).toHaveLength(1);
    expect(api.requests[0]?.headers['private-token']).toBe(token);
    expect(api.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('of one’s own is where the registry’s tokens come from', async () => {
    const api = await apiBy(gitLabApi('/git'));
    const question = accepted('registry.corp.example', ends, {
      provider: 'gitlab',
      realm: realmAt(`${api.url}/git/jwt/auth`),
    });
    expect(await ask(question)).toMatchObject({ endsAt: '2027-03-02T00:00:00.000Z' });
    expect(api.requests).toHaveLength(1);
  });

  it('is asked of nobody else', () => {
    const apiOf = (name: string, more: Partial<Accepted>, token: string = ends) =>
      gitlab.apiOf(accepted(name, token, more), new Secret(token));
    const realm = realmAt('https://git.corp.example/jwt/auth');
    expect(apiOf('registry.corp.example', { provider: 'gitlab', realm })).toBe('https://git.corp.example');
    expect(apiOf('registry.gitlab.com', { realm: realmAt('https://evil.example/jwt/auth') })).toBe(
      'https://gitlab.com',
    );
    expect(apiOf('registry.corp.example', { provider: 'harbor', realm })).toBeNull();
    expect(apiOf('registry.corp.example', { provider: 'gitlab', realm: null })).toBeNull();
    const other = realmAt('https://evil.example/jwt/auth', false);
    expect(apiOf('registry.corp.example', { provider: 'gitlab', realm: other })).toBeNull();
    const odd = realmAt('https://git.corp.example/token');
    expect(apiOf('registry.corp.example', { provider: 'gitlab', realm: odd })).toBeNull();
    for (const token of ['gldt-deploy', 'glcbt-job', 'hunter2'])
      expect(apiOf('registry.gitlab.com', {}, token)).toBeNull();
  });

  it('over plain http is not told the token', async () => {
    const api = await apiBy(gitLabApi(), null);
    const question = accepted('registry.corp.example', ends, {
      provider: 'gitlab',
      realm: realmAt(`${api.url}/jwt/auth`),
    });
    expect(await ask(question)).toMatchObject({
      endsAt: null,
      never: false,
      says: expect.stringMatching(/https/),
    });
    expect(api.requests).toEqual([]);
  });
});

describe('Google', () => {
  const { ends, expired } = googleTokens;

  it('tells the end, and the token stands in no address', async () => {
    const api = await apiBy(googleTokenInfo());
    const end = await ask(accepted('europe-docker.pkg.dev', ends), { apis: { google: api.url } });
    expect(end).toMatchObject({ endsAt: '2027-12-28T13:20:00.000Z', never: false });
    expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /tokeninfo']);
  });

  it('does not know one that has expired', async () => {
    const api = await apiBy(googleTokenInfo());
    const end = await ask(accepted('gcr.io', expired), { apis: { google: api.url } });
    expect(end).toMatchObject({
      endsAt: null,
      never: false,
      says: expect.stringMatching(/expired or was revoked/),
    });
  });

  it('is asked about its own tokens for its own hosts', () => {
    const apiOf = (name: string, token: string = ends) =>
      google.apiOf(accepted(name, token), new Secret(token));
    for (const host of ['europe-docker.pkg.dev', 'gcr.io', 'eu.gcr.io'])
      expect(apiOf(host)).toBe('https://oauth2.googleapis.com');
    for (const host of ['evil.example', 'gcr.io.evil.example', 'ghcr.io']) expect(apiOf(host)).toBeNull();
    expect(apiOf('gcr.io', 'eyJhbGciOi.made.up')).toBeNull();
  });
});

describe('whoever the issuer is', () => {
  const question = accepted('ghcr.io', gitHubTokens.ends);

  it('nobody is asked about a password, or about a token of a registry', async () => {
    expect(hasIssuer(question)).toBe(true);
    expect(hasIssuer(accepted('ghcr.io', 'hunter2'))).toBe(false);
    expect(await ask(accepted('ghcr.io', 'hunter2'))).toBeNull();
    const token = new Secret(gitHubTokens.ends);
    expect(await ask({ ...question, credential: { kind: 'identity-token', token } })).toBeNull();
    expect(await ask(accepted('ghcr.io', `${gitHubTokens.ends}\r\nx: y`))).toBeNull();
  });

  it('a redirect takes the token nowhere', async () => {
    const elsewhere = await apiBy(gitHubApi());
    const api = await apiBy((_request, response) =>
      answer(response, 302, 'text/plain', '', { location: `${elsewhere.url}/user` }),
    );
    const end = await ask(question, { apis: { github: api.url } });
    expect(end).toMatchObject({ endsAt: null, never: false, says: expect.stringMatching(/answers 302/) });
    expect(elsewhere.requests).toEqual([]);
    expect(api.requests).toHaveLength(1);
  });

  it.each(['unknownAuthority', 'expired', 'wrongName'] as const)('a certificate counts: %s', async (pair) => {
    const api = await apiBy(gitHubApi(), pair);
    const end = await ask(question, { apis: { github: api.url } });
    expect(end).toMatchObject({ endsAt: null, never: false, says: expect.stringMatching(/gave no answer/) });
    expect(api.requests).toEqual([]);
  });

  it.each<[string, Handler]>([
    ['an answer that is no JSON', (_request, response) => answer(response, 200, 'text/html', '<html>')],
    ['another answer', (_request, response) => answerJson(response, 200, { hello: 1 })],
    ['a fault of its own', (_request, response) => answerJson(response, 503, {})],
    ['too many requests', (_request, response) => answerJson(response, 429, {})],
  ])('%s is no end', async (_, handler) => {
    const apis = { gitlab: (await apiBy(handler)).url, google: (await apiBy(handler)).url };
    const gitLabEnd = await ask(accepted('registry.gitlab.com', gitLabTokens.ends), { apis });
    const googleEnd = await ask(accepted('gcr.io', googleTokens.ends), { apis });
    for (const end of [gitLabEnd, googleEnd])
      expect(end).toMatchObject({ endsAt: null, never: false, says: expect.stringMatching(/^\S.{10,}\.$/) });
  });

  it('is told through the proxy that registries are reached by', async () => {
    const api = await apiBy(gitHubApi());
    const name = 'api.github.clinic.test';
    const proxy = await startProxy({ addresses: new Map([[name, api]]) });
    closing.push(proxy);
    const proxies = { ...noProxy, httpsProxy: proxy.url };
    const end = await ask(question, { proxies, apis: { github: `https://${name}` } });
    expect(proxy.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([`CONNECT ${name}:443`]);
    expect(end).toMatchObject({ endsAt: '2027-10-07T19:07:53.000Z' });
    expect(proxy.requests.some(({ sentCredential }) => sentCredential)).toBe(false);
  });

  it('is asked at the caller’s pace', async () => {
    const api = await apiBy(gitHubApi());
    const paced: string[] = [];
    const pace = async (url: URL) => {
      expect(api.requests).toEqual([]);
      paced.push(url.href);
    };
    await ask(question, { pace, apis: { github: api.url } });
    expect(paced).toEqual([`${api.url}/user`]);
  });

  it('is not waited for after the end of the check', async () => {
    const api = await apiBy(() => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    const begun = performance.now();
    const end = await ask(question, { signal: stop.signal, apis: { github: api.url } });
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(end).toMatchObject({ endsAt: null, never: false });
  });

  it('that listens nowhere is told', async () => {
    const api = await apiBy(gitHubApi());
    await api.close();
    const end = await ask(question, { apis: { github: api.url } });
    expect(end).toMatchObject({ endsAt: null, never: false, says: expect.stringMatching(/gave no answer/) });
  });
});
