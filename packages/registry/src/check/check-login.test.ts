import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential } from '@pull-doctor/contract/credential';
import { Secret } from '@pull-doctor/contract/secret';
import { type Certificates, makeCertificates, writeCertificates } from '@pull-doctor/testkit/certificates';
import { type Handler, type Listening, listenHttp } from '@pull-doctor/testkit/http-listener';
import { singleManifestImage } from '@pull-doctor/testkit/images';
import { signToken } from '@pull-doctor/testkit/json-web-token';
import { answer, answerError, answerJson } from '@pull-doctor/testkit/registry-answer';
import {
  type RegistryOptions,
  type RegistryServer,
  startRegistry,
} from '@pull-doctor/testkit/registry-server';
import { manifestGets, type RecordedRequest, record } from '@pull-doctor/testkit/request-log';
import {
  startTokenServer,
  type TokenServer,
  type TokenServerOptions,
  tokenUsers,
} from '@pull-doctor/testkit/token-server';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkSettings, runCheck } from '../../test/run-check.ts';
import { basic, noTrust } from '../../test/run-probe.ts';
import type { CheckSettings } from './check-login.ts';

let certificates: Certificates;
let trust: CheckSettings['trust'];
const closing: { close(): Promise<void> }[] = [];
const registries: RegistryServer[] = [];

const alice = basic({ user: 'alice', password: tokenUsers.alice });
const wrong = basic({ user: 'alice', password: 'looking-glass-9' });

beforeAll(async () => {
  certificates = await makeCertificates();
  const files = await writeCertificates(certificates, await mkdtemp(join(tmpdir(), 'check-test-')));
  trust = { ...noTrust, certFile: files.bundle };
});

afterEach(async () => {
  // Whatever was checked, and however it went: nobody's pulls were used up.
  for (const { requests } of registries.splice(0)) expect(manifestGets(requests)).toBe(0);
  await Promise.all(closing.splice(0).map((one) => one.close()));
});

async function registryWith(options: RegistryOptions): Promise<RegistryServer> {
  const registry = await startRegistry({ tls: certificates.good, ...options });
  closing.push(registry);
  registries.push(registry);
  return registry;
}

async function tokenServerWith(options: Partial<TokenServerOptions> = {}): Promise<TokenServer> {
  const server = await startTokenServer({
    tls: certificates.good,
    signer: certificates.tokenSigner,
    ...options,
  });
  closing.push(server);
  return server;
}

function bearerAuth(server: { realm: string; issuer?: string }): NonNullable<RegistryOptions['auth']> {
  return {
    kind: 'bearer',
    realm: server.realm,
    service: 'clinic',
    issuer: server.issuer ?? 'nobody',
    signerCertificate: certificates.tokenSigner.cert,
  };
}

/** A token server of its own kind. */
async function realmBy(handler: Handler): Promise<{ realm: string; requests: RecordedRequest[] }> {
  const requests: RecordedRequest[] = [];
  const listening: Listening = await listenHttp(
    (request, response) => {
      record(requests, request);
      handler(request, response);
    },
    { tls: certificates.good },
  );
  closing.push(listening);
  return { realm: `https://${listening.host}/token`, requests };
}

/** A registry and its token server; what the check saw, and what went over the wire to the token server. */
async function checkBearer(
  credential: Credential | null,
  server: Partial<TokenServerOptions> = {},
  settings: Partial<CheckSettings> = {},
) {
  const tokenServer = await tokenServerWith(server);
  const registry = await registryWith({ auth: bearerAuth(tokenServer) });
  const seen = await runCheck(checkSettings(registry, { trust, credential, ...settings }));
  return { seen, registry, tokenServer, wire: tokenServer.requests.map(inShort) };
}

function inShort({ method, path, sentCredential }: RecordedRequest): string {
  const { pathname, searchParams } = new URL(path, 'https://server');
  const scope = searchParams.get('scope');
  return `${method} ${pathname}${scope === null ? '' : ` ${scope}`}${sentCredential ? ' +' : ''}`;
}

describe('a registry with Basic', () => {
  const auth = { kind: 'basic', realm: 'Registry Realm', users: { alice: tokenUsers.alice } } as const;

  it('is told the login at /v2/ and takes it', async () => {
    const registry = await registryWith({ auth });
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }));
    expect(registry.requests.map(inShort)).toEqual(['GET /v2/', 'GET /v2/ +']);
    expect(seen).toMatchObject({
      tls: { use: 'verified' },
      ping: { isRegistry: 'yes' },
      challenge: { chosen: { scheme: 'basic' } },
      token: { scheme: 'basic', login: { outcome: 'accepted' } },
      rateLimit: null,
    });
    expect(seen.cutOff).toBeUndefined();
  });

  it('refuses a wrong one in its own words', async () => {
    const registry = await registryWith({ auth });
    const seen = await runCheck(checkSettings(registry, { trust, credential: wrong }));
    expect(seen.token?.login).toMatchObject({
      outcome: 'refused',
      errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }],
    });
  });

  it('is not told a login that there is not', async () => {
    const registry = await registryWith({ auth });
    const seen = await runCheck(checkSettings(registry, { trust }));
    expect(registry.requests.map(inShort)).toEqual(['GET /v2/']);
    expect(seen.token).toMatchObject({ login: null });
  });
});

describe('a registry with a token server', () => {
  it('takes a login: one request, without a scope, and the token says as whom', async () => {
    const { seen, wire, registry } = await checkBearer(alice);
    expect(wire).toEqual(['GET /token +']);
    expect(registry.requests.map(inShort)).toEqual(['GET /v2/']);
    expect(seen.token).toMatchObject({
      signedIn: null,
      anonymous: null,
      login: { outcome: 'accepted', subject: 'alice' },
    });
  });

  it('refuses a wrong one', async () => {
    const { seen, wire } = await checkBearer(wrong);
    expect(wire).toEqual(['GET /token +']);
    expect(seen.token?.login).toMatchObject({ outcome: 'refused', errors: [{ code: 'UNAUTHORIZED' }] });
  });

  it('refuses a wrong one without a scope only, and is asked so', async () => {
    const { seen } = await checkBearer(wrong, { wrongLogin: 'refused-without-scope' });
    expect(seen.token?.login).toMatchObject({ outcome: 'refused' });
  });

  it('says that a token has expired', async () => {
    const server = await realmBy((_request, response) =>
      answerJson(response, 401, { details: 'personal access token is expired' }),
    );
    const registry = await registryWith({ auth: bearerAuth(server) });
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }));
    expect(seen.token?.login).toMatchObject({
      outcome: 'refused',
      errors: [{ message: 'personal access token is expired' }],
    });
  });

  it.each(['gets-html', 'gets-503'] as const)('that answers badly (%s) proves nothing', async (user) => {
    const { seen } = await checkBearer(basic({ user, password: tokenUsers[user] }));
    expect(seen.token?.login).toMatchObject({ outcome: 'unknown' });
  });

  it('gets a stored registry token from nobody', async () => {
    const token = { kind: 'registry-token', token: new Secret('stored-registry-token') } as const;
    const { seen, wire } = await checkBearer(token);
    expect(wire).toEqual([]);
    expect(seen.token).toMatchObject({ login: null });
  });

  it('on another domain is not given the credential', async () => {
    const registry = await registryWith({
      auth: bearerAuth({ realm: 'https://tokens.elsewhere.example/token' }),
    });
    const resolving = { lookup: async () => [{ address: '127.0.0.1', family: 4 as const }], servers: [] };
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }), resolving);
    expect(seen.challenge?.realm).toMatchObject({ allowed: false });
    expect(seen.token?.login).toMatchObject({ outcome: 'unknown', exchange: null });
  });
});

describe('a token server that hands tokens to anybody', () => {
  const anybody = { wrongLogin: 'as-nobody' } as const;

  it('tells a right login by whom the token names', async () => {
    const { seen, wire } = await checkBearer(alice, anybody);
    expect(wire).toEqual(['GET /token +']);
    expect(seen.token?.login).toMatchObject({ outcome: 'accepted', subject: 'alice' });
  });

  it('does not tell a wrong login: the token is the one that anybody gets', async () => {
    const { seen, wire } = await checkBearer(wrong, anybody);
    expect(wire).toEqual(['GET /token +', 'GET /token']);
    expect(seen.token).toMatchObject({
      anonymous: { outcome: 'granted' },
      login: { outcome: 'unknown', subject: null, why: expect.stringContaining('the very same token') },
    });
  });

  it.each([
    ['right', alice],
    ['wrong', wrong],
  ])('does not tell a %s login where tokens say nothing', async (_, credential) => {
    const { seen } = await checkBearer(credential, { ...anybody, tokens: 'opaque' });
    expect(seen.token).toMatchObject({
      anonymous: { outcome: 'granted', token: { form: 'opaque' } },
      login: { outcome: 'unknown', why: expect.stringContaining('does not say as whom') },
    });
  });

  it('tells a login by a claim of its own', async () => {
    const own = { ...anybody, userClaim: 'UserID' };
    expect((await checkBearer(alice, own)).seen.token?.login).toMatchObject({
      outcome: 'accepted',
      subject: null,
    });
    expect((await checkBearer(wrong, own)).seen.token?.login).toMatchObject({ outcome: 'unknown' });
  });

  it('tells it where those without a login get none', async () => {
    const { seen, wire } = await checkBearer(alice, { anonymous: 'refused', tokens: 'opaque' });
    expect(wire).toEqual(['GET /token +', 'GET /token']);
    expect(seen.token).toMatchObject({ anonymous: { outcome: 'refused' }, login: { outcome: 'accepted' } });
  });

  it('is not compared where it fails meanwhile', async () => {
    const server = await realmBy((request, response) =>
      request.headers.authorization
        ? answerJson(response, 200, { token: 'opaque-token' })
        : answerError(response, 429, 'TOOMANYREQUESTS', 'slow down', { 'retry-after': '30' }),
    );
    const registry = await registryWith({ auth: bearerAuth(server) });
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }));
    expect(seen.token?.login).toMatchObject({ outcome: 'unknown' });
    expect(seen.rateLimit).toMatchObject({ retryAfterSeconds: 30 });
  });

  it('is not asked twice where the product is known to refuse wrong logins', async () => {
    const settings = { registryName: 'quay.io' };
    const { seen, wire } = await checkBearer(alice, { tokens: 'opaque' }, settings);
    expect(wire).toEqual(['GET /token +']);
    expect(seen.token?.login).toMatchObject({ outcome: 'accepted' });
  });
});

describe('a registry that does not ask who one is', () => {
  it('cannot tell the login, and is sent none', async () => {
    const registry = await registryWith({});
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }));
    expect(registry.requests.map(inShort)).toEqual(['GET /v2/']);
    expect(seen.token).toMatchObject({
      scheme: 'none',
      login: { outcome: 'unknown', why: 'The registry does not ask who one is.' },
    });
  });

  it('is another thing than one that refuses without saying how to sign in', async () => {
    const registry = await registryWith({});
    registry.override('/v2/', (_request, response) => answerError(response, 403, 'DENIED', 'not from here'));
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }));
    expect(seen.ping).toMatchObject({ isRegistry: 'yes' });
    expect(seen.challenge).toMatchObject({ from: 'none' });
    expect(seen.token).toBeUndefined();
  });
});

describe('who wants to be left alone', () => {
  it.each([
    [429, '120', 120],
    [503, '45', 45],
    [429, new Date(Date.now() + 300_000).toUTCString(), 300],
  ])('is not asked further: %s, Retry-After %s', async (status, retryAfter, seconds) => {
    const registry = await registryWith({ auth: { kind: 'basic', realm: 'x', users: {} } });
    registry.override('/v2/', (_request, response) =>
      answerError(response, status, 'UNAVAILABLE', 'later', {
        'retry-after': retryAfter,
        // As good as an invitation, and not taken.
        'www-authenticate': 'Basic realm="x"',
      }),
    );
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }));
    expect(registry.requests).toHaveLength(1);
    expect(seen.token).toBeUndefined();
    const told = seen.rateLimit?.retryAfterSeconds ?? 0;
    expect(Math.abs(told - seconds)).toBeLessThanOrEqual(2);
  });

  it('is the token server', async () => {
    const { seen, wire } = await checkBearer(
      basic({ user: 'gets-429', password: tokenUsers['gets-429'] }),
      {},
      { registryName: 'docker.io' },
    );
    expect(wire).toHaveLength(1);
    expect(seen.token?.login).toMatchObject({ outcome: 'unknown' });
    expect(seen.rateLimit).toMatchObject({ limit: null, retryAfterSeconds: 60 });
  });
});

describe('limits', () => {
  const headers = { 'ratelimit-limit': '300', 'ratelimit-remaining': '299' };

  it('are read from the answer to the ping', async () => {
    const registry = await registryWith({ headers });
    const seen = await runCheck(checkSettings(registry, { trust }));
    expect(seen.rateLimit).toEqual({
      limit: 300,
      remaining: 299,
      windowSeconds: null,
      source: null,
      retryAfterSeconds: null,
    });
  });

  it('are read from the answer of the token server', async () => {
    const { seen } = await checkBearer(alice, {
      headers: { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '49' },
    });
    expect(seen.rateLimit).toMatchObject({ limit: 50, remaining: 49 });
  });
});

describe('pulls that are left at Docker Hub', () => {
  const repositories = { 'ratelimitpreview/test': { latest: singleManifestImage('limit') } };
  const account = '0b9f6c1e-52f4-4c2b-8f0c-3d7c1f0a9e55';
  const rateLimit = { limit: 200, remaining: 187, windowSeconds: 21_600, countedAs: account };

  async function checkHub(
    credential: Credential | null,
    options: RegistryOptions,
    change: (registry: RegistryServer) => void = () => {},
    registryName = 'docker.io',
  ) {
    const tokenServer = await tokenServerWith();
    const registry = await registryWith({ auth: bearerAuth(tokenServer), repositories, ...options });
    change(registry);
    const seen = await runCheck(checkSettings(registry, { trust, credential, registryName }));
    return { seen, wire: tokenServer.requests.map(inShort), asked: registry.requests.map(inShort) };
  }

  // The kit's registry wants a right to pull; alice has one for everything.
  const scope = 'repository:ratelimitpreview/test:pull';

  it('are told for the account, by HEAD, with the same credential', async () => {
    const { seen, wire, asked } = await checkHub(alice, { rateLimit });
    expect(wire).toEqual(['GET /token +', `GET /token ${scope} +`]);
    expect(asked).toEqual(['GET /v2/', 'HEAD /v2/ratelimitpreview/test/manifests/latest +']);
    expect(seen.rateLimit).toEqual({
      limit: 200,
      remaining: 187,
      windowSeconds: 21_600,
      source: account,
      retryAfterSeconds: null,
    });
    expect(seen.token).toMatchObject({
      signedIn: { outcome: 'granted', token: { grants: [scope], subject: 'alice' } },
      login: { outcome: 'accepted' },
    });
  });

  it('are told for the address without a credential', async () => {
    const server = await realmBy((_request, response) => answerJson(response, 200, { token: 'anybody' }));
    const registry = await registryWith({ auth: bearerAuth(server) });
    registry.override('/v2/ratelimitpreview/test/manifests/latest', (_request, response) =>
      answer(response, 200, 'application/vnd.oci.image.manifest.v1+json', '', {
        'ratelimit-limit': '100;w=21600',
        'ratelimit-remaining': '76;w=21600',
        'docker-ratelimit-source': '192.0.2.17',
      }),
    );
    const seen = await runCheck(checkSettings(registry, { trust, registryName: 'docker.io' }));
    expect(server.requests.map(inShort)).toEqual([`GET /token ${scope}`]);
    expect(registry.requests.map(inShort)).toEqual([
      'GET /v2/',
      'HEAD /v2/ratelimitpreview/test/manifests/latest +',
    ]);
    expect(seen.rateLimit).toMatchObject({ limit: 100, remaining: 76, source: '192.0.2.17' });
    expect(seen.token).toMatchObject({ anonymous: { outcome: 'granted' }, login: null });
  });

  it('are not made up where it tells none', async () => {
    const { seen, asked } = await checkHub(alice, {});
    expect(asked).toHaveLength(2);
    expect(seen.rateLimit).toBeNull();
  });

  it.each([
    ['an error', (registry: RegistryServer) => failing(registry, 500, {})],
    ['a refusal', (registry: RegistryServer) => failing(registry, 401, {})],
  ])('spoil nothing where the answer is %s', async (_, change) => {
    const { seen } = await checkHub(alice, { rateLimit }, change);
    expect(seen.token?.login).toMatchObject({ outcome: 'accepted' });
    expect(seen.rateLimit).toBeNull();
  });

  it('used up, it says how long to wait', async () => {
    const { seen } = await checkHub(alice, { rateLimit }, (registry) =>
      failing(registry, 429, {
        'retry-after': '600',
        'ratelimit-limit': '200;w=21600',
        'ratelimit-remaining': '0;w=21600',
      }),
    );
    expect(seen.rateLimit).toMatchObject({ limit: 200, remaining: 0, retryAfterSeconds: 600 });
    expect(seen.token?.login).toMatchObject({ outcome: 'accepted' });
  });

  it('spoil nothing where there is no token for the question', async () => {
    const server = await realmBy((request, response) =>
      request.url?.includes('scope=')
        ? request.socket.destroy()
        : answerJson(response, 200, { token: 'opaque' }),
    );
    const registry = await registryWith({ auth: bearerAuth(server) });
    const settings = checkSettings(registry, { trust, credential: alice, registryName: 'docker.io' });
    const seen = await runCheck(settings);
    expect(seen.token).toMatchObject({ signedIn: null, login: { outcome: 'accepted' } });
    expect(registry.requests).toHaveLength(1);
  });

  it('are not asked for with a login that was refused', async () => {
    const { wire, asked } = await checkHub(wrong, { rateLimit });
    expect(wire).toEqual(['GET /token +']);
    expect(asked).toEqual(['GET /v2/']);
  });

  it('are asked of no other registry', async () => {
    const { asked } = await checkHub(alice, { rateLimit }, () => {}, 'hub.mirror.example');
    expect(asked).toEqual(['GET /v2/']);
  });

  function failing(registry: RegistryServer, status: number, headers: Record<string, string>) {
    registry.override('/v2/ratelimitpreview/test/manifests/latest', (_request, response) =>
      answerError(response, status, 'UNKNOWN', 'no', headers),
    );
  }
});

describe('on the way', () => {
  it('ends where the certificate is not trusted', async () => {
    const registry = await registryWith({ tls: certificates.unknownAuthority });
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }));
    expect(seen).toMatchObject({ tls: { use: 'failed' } });
    expect(seen.ping).toBeUndefined();
    expect(seen.rateLimit).toBeUndefined();
  });

  it('ends where nobody listens, and tells the proxy', async () => {
    const registry = await registryWith({});
    await registry.close();
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }));
    expect(seen).toMatchObject({ tcp: { failure: { code: 'refused' } }, proxy: { use: 'none' } });
    expect(seen.tls).toBeUndefined();
  });

  it('ends where the name is not found', async () => {
    const at = { address: 'registry.invalid', port: 443, host: 'registry.invalid' };
    const resolving = {
      lookup: () => Promise.reject(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' })),
      servers: [],
    };
    const seen = await runCheck(checkSettings(at), resolving);
    expect(seen.dns?.failure).not.toBeNull();
    expect(seen.tcp).toBeUndefined();
    expect(seen.proxy).toBeDefined();
  });

  it('ends at what is no registry', async () => {
    const registry = await registryWith({});
    registry.override('/v2/', (_request, response) =>
      answer(response, 200, 'text/html', '<html>Hello</html>'),
    );
    const seen = await runCheck(checkSettings(registry, { trust, credential: alice }));
    expect(seen.ping).toMatchObject({ isRegistry: 'no' });
    expect(seen.challenge).toBeUndefined();
  });
});

describe('the pace', () => {
  it('is waited for before each request, to the registry and to the token server', async () => {
    const tokenServer = await tokenServerWith();
    const registry = await registryWith({
      auth: bearerAuth(tokenServer),
      repositories: { 'ratelimitpreview/test': { latest: singleManifestImage('pace') } },
    });
    const sent = () => registry.requests.length + tokenServer.requests.length;
    const sentWhenPaced: number[] = [];
    const paced: string[] = [];
    const pace = async (url: URL) => {
      paced.push(`${url.host}${url.pathname}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      sentWhenPaced.push(sent());
    };
    await runCheck(checkSettings(registry, { trust, credential: alice, registryName: 'docker.io', pace }));
    expect(sentWhenPaced).toEqual([0, 1, 2, 3]);
    expect(sent()).toBe(4);
    expect(paced).toEqual([
      `${registry.host}/v2/`,
      `${tokenServer.host}/token`,
      `${tokenServer.host}/token`,
      `${registry.host}/v2/ratelimitpreview/test/manifests/latest`,
    ]);
  });
});

describe('a check that is ended early', () => {
  it.each([1, 2, 3, 4])('says so and asks nothing more: before request %i', async (last) => {
    const stop = new AbortController();
    const tokenServer = await tokenServerWith();
    const registry = await registryWith({
      auth: bearerAuth(tokenServer),
      repositories: { 'ratelimitpreview/test': { latest: singleManifestImage('cut') } },
    });
    let turns = 0;
    const pace = async () => {
      turns += 1;
      if (turns === last) stop.abort();
    };
    const seen = await runCheck(
      checkSettings(registry, {
        trust,
        credential: alice,
        registryName: 'docker.io',
        pace,
        signal: stop.signal,
      }),
    );
    expect(seen.cutOff).toBe('The check was stopped.');
    expect(registry.requests.length + tokenServer.requests.length).toBe(last - 1);
    expect(turns).toBe(last);
    expect(seen.token?.login?.outcome ?? 'unknown').toBe(last > 2 ? 'accepted' : 'unknown');
  });

  it('says that its time was over', async () => {
    const server = await realmBy(() => {});
    const registry = await registryWith({ auth: bearerAuth(server) });
    const seen = await runCheck(
      checkSettings(registry, { trust, credential: alice, signal: AbortSignal.timeout(1_500) }),
    );
    expect(seen.cutOff).toBe('The time of the check was over.');
    expect(seen.ping).toMatchObject({ isRegistry: 'yes' });
    expect(seen.token?.login).toMatchObject({ outcome: 'unknown' });
  });

  it('says so where it had not begun', async () => {
    const registry = await registryWith({});
    const seen = await runCheck(checkSettings(registry, { trust, signal: AbortSignal.abort() }));
    expect(seen.cutOff).toBe('The check was stopped.');
    expect(registry.requests).toEqual([]);
    expect(seen.ping).toBeUndefined();
  });
});

describe('the secret', () => {
  const secret = tokenUsers.alice;
  const forms = [secret, `alice:${secret}`].flatMap((text) => [text, Buffer.from(text).toString('base64')]);

  it.each(['good', 'refusing'] as const)(
    'is not in what was seen of a %s server that repeats it',
    async (mood) => {
      const server = await realmBy((request, response) => {
        const header = request.headers.authorization ?? '';
        const pair = Buffer.from(header.replace(/^Basic /, ''), 'base64').toString();
        const said = `${header} ${pair} ${pair.split(':')[1] ?? ''}`;
        if (mood === 'refusing') return answerError(response, 401, 'UNAUTHORIZED', said, {}, said);
        const seconds = Math.floor(Date.now() / 1000);
        const claims = { iss: said, aud: said, jti: said, iat: seconds, nbf: seconds, exp: seconds + 60 };
        const access = [{ type: 'repository', name: said, actions: ['pull'] }];
        const token = signToken({ ...claims, sub: said, access }, certificates.tokenSigner);
        answerJson(response, 200, { token });
      });
      const registry = await registryWith({ auth: bearerAuth(server) });
      const settings = { trust, credential: alice, registryName: 'docker.io' };
      const text = JSON.stringify(await runCheck(checkSettings(registry, settings)));
      expect(server.requests.some(({ sentCredential }) => sentCredential)).toBe(true);
      for (const form of forms) expect(text).not.toContain(form);
    },
  );

  it('goes to the token server alone, and a person’s address is not kept as a name', async () => {
    const elsewhere = await realmBy((_request, response) => answerJson(response, 200, { token: 'x' }));
    const server = await realmBy((request, response) => {
      if (request.headers.authorization && !request.url?.includes('scope')) {
        const seconds = Math.floor(Date.now() / 1000);
        const claims = { iss: 'i', aud: 'a', jti: 'j', iat: seconds, nbf: seconds, exp: seconds + 60 };
        const token = signToken(
          { ...claims, sub: 'alice@corp.example', access: [] },
          certificates.tokenSigner,
        );
        return answerJson(response, 200, { token });
      }
      answer(response, 307, 'text/plain', '', { location: elsewhere.realm });
    });
    const registry = await registryWith({ auth: bearerAuth(server) });
    const seen = await runCheck(
      checkSettings(registry, { trust, credential: alice, registryName: 'docker.io' }),
    );
    expect(seen.token?.login).toMatchObject({ outcome: 'accepted', subject: null });
    expect(elsewhere.requests).toEqual([]);
    expect(registry.requests.some(({ sentCredential }) => sentCredential)).toBe(false);
  });
});
