import { mkdtemp } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Certificates, makeCertificates, writeCertificates } from '@pull-doctor/testkit/certificates';
import { type Collector, startCollector } from '@pull-doctor/testkit/hostile/collector';
import { type HostileKind, hostileKinds, startHostileServer } from '@pull-doctor/testkit/hostile-server';
import { type Handler, listen, listenHttp } from '@pull-doctor/testkit/http-listener';
import { singleManifestImage } from '@pull-doctor/testkit/images';
import { answer, answerError, answerJson, answerPing } from '@pull-doctor/testkit/registry-answer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, noTrust, runProbe, type Seen } from '../test/run-probe.ts';
import type { TrustSettings } from './settings.ts';

const registryHost = 'registry.example.org';
const collectorHost = 'collector.example.net';
const credential = basic({ user: 'alice', password: 'planted-secret-7' });
// All names lead to loopback, so that only the guard of names stands between the credential and the collector.
const resolving = { lookup: async () => [{ address: '127.0.0.1', family: 4 as const }], servers: [] };
const timeouts = { answerMs: 1_500, connectMs: 1_000, handshakeMs: 1_000 };

let certificates: Certificates;
let trust: TrustSettings;
let collector: Collector;
let plainCollector: Collector;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  certificates = await makeCertificates([registryHost, collectorHost]);
  const files = await writeCertificates(certificates, await mkdtemp(join(tmpdir(), 'registry-test-')));
  trust = { ...noTrust, certFile: files.bundle };
  collector = await startCollector({ tls: certificates.good });
  plainCollector = await startCollector();
  open.push(collector, plainCollector);
});

afterAll(() => Promise.all(open.map((one) => one.close())));

async function diagnose(kind: HostileKind, collectorUrl: string): Promise<Seen> {
  const server = await startHostileServer(kind, { tls: certificates.good, collectorUrl });
  open.push(server);
  return runProbe(`${registryHost}:${server.port}/a/b:1`, { trust, credential, resolving, timeouts });
}

async function serving(handler: Handler) {
  const server = await listenHttp(handler, { tls: certificates.good });
  open.push(server);
  return `${registryHost}:${server.port}/a/b:1`;
}

// The testkit's endless body writes in a loop, which for HEAD (where nothing is sent) never lets go: an own one below.
const kinds = hostileKinds.filter((kind) => kind !== 'a body without end');

describe('a registry that means harm', () => {
  it.each(kinds)('%s: no credential goes astray, nothing takes long, nothing grows', async (kind) => {
    const started = performance.now();
    const memory = process.memoryUsage().rss;
    const seen = await diagnose(kind, `https://${collectorHost}:${collector.port}`);
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(150 * 1024 * 1024);
    expect(collector.stolen()).toEqual([]);
    const text = JSON.stringify(seen);
    expect(text).not.toContain('planted-secret');
    expect(text.length).toBeLessThan(200_000);
    expect(text).not.toMatch(/(?<!\\)\\u001b|\u202e/);
    expect(seen.manifest?.signedIn?.outcome === 'found' && seen.platform?.fits === 'yes').toBe(false);
  });

  it.each<[HostileKind, string]>([
    ['realm on another host', 'other-domain'],
    ['realm over plain http', 'not-https'],
    ['realm at the metadata address', 'not-https'],
    ['realm with a login in it', 'user-info'],
    ['realm is a file', 'not-an-address'],
    ['realm is no URL', 'not-an-address'],
  ])('%s is judged %s, and the credential is not sent', async (kind, code) => {
    const seen = await diagnose(kind, `https://${collectorHost}:${collector.port}`);
    expect(seen.challenge?.realm).toMatchObject({ allowed: false, code });
    expect(seen.token?.signedIn).toMatchObject({ outcome: 'not-sent', exchange: null });
  });

  it('asks a realm of another domain as nobody', async () => {
    const before = collector.requests.length;
    const seen = await diagnose('realm on another host', `https://${collectorHost}:${collector.port}`);
    expect(seen.token?.anonymous).toMatchObject({ outcome: 'granted' });
    expect(collector.requests.length).toBe(before + 1);
  });

  it('sends the credential to a realm that the operator trusts', async () => {
    const server = await startHostileServer('realm on another host', {
      tls: certificates.good,
      collectorUrl: `https://${collectorHost}:${collector.port}`,
    });
    open.push(server);
    const friend = await startCollector({ tls: certificates.good });
    open.push(friend);
    const seen = await runProbe(`${registryHost}:${server.port}/a/b:1`, {
      trust,
      credential,
      resolving,
      trustedRealmHosts: [collectorHost],
    });
    expect(seen.challenge?.realm).toMatchObject({ allowed: true, code: 'trusted-by-setting' });
    expect(seen.token?.signedIn?.outcome).toBe('granted');
    collector.requests.length = 0;
  });

  it('drops the credential on a redirect to another host', async () => {
    const seen = await diagnose(
      'manifest redirects to another host',
      `https://${collectorHost}:${collector.port}`,
    );
    expect(seen.manifest?.signedIn?.head.redirects).toMatchObject([
      { followed: true, why: expect.stringContaining('without') },
    ]);
    expect(collector.stolen()).toEqual([]);
  });

  it.each<[HostileKind, string]>([
    ['a body of one byte a second', 'answer-timed-out'],
    ['a header of 10 MB', 'headers-too-large'],
    ['a gzip bomb that nobody asked for', 'bad-encoding'],
    ['redirects without end', 'too-many-redirects'],
  ])('%s ends as %s', async (kind, code) => {
    const { manifest } = await diagnose(kind, '');
    const asks = [manifest?.signedIn, manifest?.anonymous].flatMap((ask) => [
      ask?.head.failure?.code,
      ask?.get?.failure?.code,
    ]);
    expect(asks).toContain(code);
  });

  it('a body without end is read to the limit', async () => {
    const block = Buffer.alloc(64 * 1024, 0x20);
    let sent = 0;
    const name = await serving((request, response) => {
      if (request.url === '/v2/') return answerPing(response);
      response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json' });
      if (request.method === 'HEAD') return void response.end();
      const pour = () => {
        while (!response.destroyed) {
          sent += block.length;
          if (!response.write(block)) return void response.once('drain', pour);
        }
      };
      pour();
    });
    const { manifest } = await runProbe(name, { trust, resolving, timeouts });
    expect(manifest?.anonymous?.get?.failure?.code).toBe('body-too-large');
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('tells a manifest whose digest is another', async () => {
    const { manifest } = await diagnose('a manifest with another digest', '');
    expect(manifest?.body?.digestMatches).toBe(false);
  });

  it.each([
    'broken JSON',
    'JSON of the wrong shape',
    'bytes that are no UTF-8',
    'deeply nested JSON',
  ] as const)('calls %s unreadable', async (kind) => {
    const { manifest } = await diagnose(kind, '');
    expect(manifest?.body?.kind).toBe('unreadable');
  });

  it('looks through an index of 5,000 entries and shows some', async () => {
    const { manifest, platform } = await diagnose('an index of 5,000 entries', '');
    expect(manifest?.body?.kind).toBe('index');
    expect(platform).toMatchObject({ fits: 'no' });
    expect(platform?.available.length).toBeLessThanOrEqual(100);
  });
});

describe('a list of tags', () => {
  it.each([
    ['of 100,000 on one page', 100_000],
    ['longer than the limit', 400_000],
  ])('%s is read as far as the limit goes', async (_, count) => {
    const image = await serving((request, response) => {
      if (request.url === '/v2/') return answerPing(response);
      if (!request.url?.includes('/tags/list'))
        return answerError(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
      answerJson(response, 200, { name: 'a/b', tags: Array.from({ length: count }, (_tag, n) => `t${n}`) });
    });
    const { manifest } = await runProbe(image, { trust, resolving });
    expect(manifest?.repository.exists).toBe('yes');
    expect(manifest?.tags?.seen).toBeGreaterThan(90_000);
    expect(manifest?.tags?.complete).toBe(manifest?.tags?.seen === count);
  });

  it('is followed for three pages, and never to another host', async () => {
    const asked: string[] = [];
    const image = await serving((request, response) => {
      if (request.url === '/v2/') return answerPing(response);
      if (!request.url?.includes('/tags/list'))
        return answerError(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
      asked.push(request.url);
      const link = asked.length === 9 ? {} : { link: `</v2/a/b/tags/list?last=${asked.length}>; rel="next"` };
      answerJson(response, 200, { tags: [`t${asked.length}`] }, link);
    });
    const { manifest } = await runProbe(image, { trust, resolving });
    expect(asked).toHaveLength(3);
    expect(manifest?.tags).toMatchObject({ seen: 3, complete: false });
  });
});

describe('answers that break', () => {
  it.each([
    ['a body cut short of its length', 'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{}', 'http'],
    ['another protocol', '220 smtp.example.org ESMTP\r\n', 'other'],
    ['a hang-up', '', 'nothing'],
  ])('%s, on a port without TLS', async (_, bytes, speaks) => {
    const server = await listen(
      net.createServer((socket) => socket.once('data', () => socket.end(bytes))),
      {},
    );
    open.push(server);
    const { tls } = await runProbe(`${server.host}/a/b:1`, { timeouts });
    expect(tls?.plain).toMatchObject({ speaks, isRegistry: false });
  });

  it('a body cut short is a failure of its own', async () => {
    const image = singleManifestImage('cut');
    const name = await serving((request, response) => {
      if (request.url === '/v2/') return answerPing(response);
      response.writeHead(200, {
        'content-type': image.manifest.mediaType,
        'docker-content-digest': image.manifest.digest,
        'content-length': image.manifest.bytes.length,
      });
      if (request.method === 'HEAD') return void response.end();
      response.write(image.manifest.bytes.subarray(0, 40), () => response.destroy());
    });
    const { manifest } = await runProbe(name, { trust, resolving });
    expect(manifest?.anonymous?.get?.failure?.code).toBe('body-cut-short');
  });

  it('an error page that is compressed keeps its status', async () => {
    const name = await serving((request, response) => {
      if (request.url === '/v2/') return answerPing(response);
      answer(response, 503, 'text/html', gzipSync('<html>sorry</html>'), { 'content-encoding': 'gzip' });
    });
    const { manifest } = await runProbe(name, { trust, resolving });
    expect(manifest?.anonymous).toMatchObject({ outcome: 'server-error', status: 503 });
  });
});

describe('the end of the time', () => {
  it('cuts a step off, and says so', async () => {
    const name = await serving((request, response) => {
      if (request.url === '/v2/') answerPing(response);
    });
    const started = performance.now();
    const { manifest } = await runProbe(name, { trust, resolving, signal: AbortSignal.timeout(400) });
    expect(manifest?.anonymous?.head.failure).toMatchObject({ layer: 'deadline', code: 'stopped' });
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});

describe('a pull by digest', () => {
  it('is compared with the digest that was asked for', async () => {
    const wanted = singleManifestImage('wanted');
    const other = singleManifestImage('other');
    const name = await serving((request, response) => {
      if (request.url === '/v2/') return answerPing(response);
      answer(response, 200, other.manifest.mediaType, other.manifest.bytes, {
        'docker-content-digest': other.manifest.digest,
      });
    });
    const image = name.replace(/:1$/, `@${wanted.manifest.digest}`);
    const { manifest } = await runProbe(image, { trust, resolving });
    expect(manifest).toMatchObject({ wanted: wanted.manifest.digest, body: { digestMatches: false } });
  });
});
