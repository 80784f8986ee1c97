import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBasic } from '../src/basic-credentials.ts';
import {
  type CertificateFiles,
  type Certificates,
  makeCertificates,
  writeCertificates,
} from '../src/certificates.ts';
import { findProgram } from '../src/child-process.ts';
import { type DebianRegistry, startDebianRegistry } from '../src/debian-registry.ts';
import { mediaTypes, singleManifestImage } from '../src/images.ts';
import { pushImage } from '../src/push-image.ts';
import { type RegistryServer, startRegistry } from '../src/registry-server.ts';
import { startTokenServer, type TokenServer, tokenUsers } from '../src/token-server.ts';

const image = singleManifestImage('registries test');
const service = 'test-registry';
const users = { alice: 'wonderland-7' };

let folder: string;
let certificates: Certificates;
let files: CertificateFiles;
let tokenServer: TokenServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pdk-'));
  certificates = await makeCertificates();
  files = await writeCertificates(certificates, join(folder, 'certs'));
  tokenServer = await startTokenServer({ signer: certificates.tokenSigner });
});
afterAll(async () => {
  await tokenServer.close();
  await rm(folder, { recursive: true, force: true });
});

async function tokenFor(user?: keyof typeof tokenUsers, repository = 'team/app'): Promise<string> {
  const headers = user ? { authorization: writeBasic(user, tokenUsers[user]) } : {};
  const url = `${tokenServer.realm}?service=${service}&scope=repository:${repository}:pull`;
  const answer = (await (await fetch(url, { headers: headers as Record<string, string> })).json()) as {
    token: string;
  };
  return answer.token;
}

/** Status, error code and challenge: what a client decides by. */
async function ask(url: string, authorization?: string, method = 'GET') {
  const response = await fetch(url, {
    method,
    headers: { accept: mediaTypes.dockerManifest, ...(authorization ? { authorization } : {}) },
  });
  const body = await response.text();
  return {
    status: response.status,
    code: body.startsWith('{"errors"')
      ? (JSON.parse(body) as { errors: { code: string }[] }).errors[0]?.code
      : undefined,
    challenge: response.headers.get('www-authenticate'),
    digest: response.headers.get('docker-content-digest'),
    type: response.headers.get('content-type')?.split(';')[0],
  };
}

const missing = findProgram('docker-registry')
  ? ''
  : ' (docker-registry is not installed: apt-get install docker-registry)';

describe.skipIf(missing !== '')(`Debian's docker-registry${missing}`, () => {
  let token: DebianRegistry;
  let ours: RegistryServer;
  let basic: DebianRegistry;
  let oursBasic: RegistryServer;
  beforeAll(async () => {
    const storage = join(folder, 'images');
    const start = async (name: string, auth: Parameters<typeof startDebianRegistry>[0]['auth']) => {
      const registry = await startDebianRegistry({
        folder: join(folder, name),
        storage,
        ...(auth ? { auth } : {}),
      });
      if (!registry.ok) throw new Error(registry.why);
      return registry;
    };
    const open = await start('open', undefined);
    await pushImage(open.url, 'team/app', '1.0', image);
    await open.close();
    const { realm, issuer } = tokenServer;
    token = await start('token', {
      kind: 'token',
      realm,
      service,
      issuer,
      signerCertificateFile: files.tokenSigner,
    });
    basic = await start('basic', { kind: 'htpasswd', realm: 'Clinic', users });
    const repositories = { 'team/app': { '1.0': image } };
    const signerCertificate = certificates.tokenSigner.cert;
    ours = await startRegistry({
      auth: { kind: 'bearer', realm, service, issuer, signerCertificate },
      repositories,
    });
    oursBasic = await startRegistry({ auth: { kind: 'basic', realm: 'Clinic', users }, repositories });
  });
  afterAll(() => Promise.all([token, ours, basic, oursBasic].map((registry) => registry.close())));

  it('accepts the tokens of our token server', async () => {
    const answer = await ask(`${token.url}/v2/team/app/manifests/1.0`, `Bearer ${await tokenFor('alice')}`);
    expect(answer).toMatchObject({ status: 200, digest: image.manifest.digest });
  });

  it.each(['gets-expired', 'gets-too-early', 'gets-forged'] as const)(
    'refuses the token of "%s"',
    async (user) => {
      const answer = await ask(`${token.url}/v2/team/app/manifests/1.0`, `Bearer ${await tokenFor(user)}`);
      expect(answer).toMatchObject({
        status: 401,
        challenge: expect.stringContaining('error="invalid_token"'),
      });
    },
  );

  it.each([
    ['the ping without a login', '/v2/', undefined],
    ['a manifest without a token', '/v2/team/app/manifests/1.0', undefined],
    ['a manifest with a token', '/v2/team/app/manifests/1.0', 'alice'],
    ['a manifest with a token that may not', '/v2/team/app/manifests/1.0', 'bob'],
    ['a manifest with an expired token', '/v2/team/app/manifests/1.0', 'gets-expired'],
    ['a tag that is missing', '/v2/team/app/manifests/9.9', 'alice'],
    ['tags of a repository', '/v2/team/app/tags/list', 'alice'],
  ] as const)('answers %s as our own registry does', async (_, path, user) => {
    const authorization = user ? `Bearer ${await tokenFor(user)}` : undefined;
    expect(await ask(ours.url + path, authorization)).toEqual(await ask(token.url + path, authorization));
  });

  it.each([
    ['no login', '/v2/team/app/manifests/1.0', undefined],
    ['a wrong password', '/v2/', writeBasic('alice', 'wrong')],
    ['the right password', '/v2/team/app/manifests/1.0', writeBasic('alice', users.alice)],
    ['a missing repository', '/v2/team/nothing/manifests/1.0', writeBasic('alice', users.alice)],
    ['the tags of a missing repository', '/v2/team/nothing/tags/list', writeBasic('alice', users.alice)],
  ])('answers %s with htpasswd as our own registry does', async (_, path, authorization) => {
    expect(await ask(oursBasic.url + path, authorization)).toEqual(
      await ask(basic.url + path, authorization),
    );
  });
});

describe('our own registry', () => {
  let registry: RegistryServer;
  beforeAll(async () => {
    const tags = Object.fromEntries(['1', '2', '3', '4', '5'].map((tag) => [tag, image]));
    registry = await startRegistry({
      repositories: { 'team/app': tags },
      rateLimit: { limit: 100, remaining: 3, windowSeconds: 21600 },
    });
  });
  afterAll(() => registry.close());

  it('pages through tags with a Link to the next page', async () => {
    const first = await fetch(`${registry.url}/v2/team/app/tags/list?n=2`);
    expect(await first.json()).toEqual({ name: 'team/app', tags: ['1', '2'] });
    const next = /<(.+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1];
    expect(await (await fetch(new URL(next ?? '', registry.url))).json()).toMatchObject({ tags: ['3', '4'] });
  });

  it('serves a part of a blob', async () => {
    const layer = image.blobs.at(-1);
    const answer = await fetch(`${registry.url}/v2/team/app/blobs/${layer?.digest}`, {
      headers: { range: 'bytes=10-' },
    });
    expect(answer.status).toBe(206);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(layer?.bytes.subarray(10));
  });

  it('sends the headers of a rate limit', async () => {
    const answer = await fetch(`${registry.url}/v2/team/app/manifests/1`, { method: 'HEAD' });
    expect(answer.headers.get('ratelimit-remaining')).toBe('3;w=21600');
  });

  it('remembers what it was asked, and whether a credential came', async () => {
    registry.requests.length = 0;
    await fetch(`${registry.url}/v2/`, { headers: { authorization: writeBasic('a', 'b') } });
    await fetch(`${registry.url}/v2/`);
    expect(registry.requests.map(({ path, sentCredential }) => [path, sentCredential])).toEqual([
      ['/v2/', true],
      ['/v2/', false],
    ]);
  });

  it('answers a path in any way a test wants', async () => {
    registry.override('/v2/team/app/manifests/5', (_, response) => void response.writeHead(418).end());
    expect((await fetch(`${registry.url}/v2/team/app/manifests/5`)).status).toBe(418);
  });
});
