import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { type Certificates, makeCertificates, writeCertificates } from '@pull-doctor/testkit/certificates';
import { startMuteServer, startSshBanner } from '@pull-doctor/testkit/faulty/whole-hosts';
import { listen } from '@pull-doctor/testkit/http-listener';
import { singleManifestImage } from '@pull-doctor/testkit/images';
import { startRegistry } from '@pull-doctor/testkit/registry-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noTrust, runProbe, tlsEnd } from '../test/run-probe.ts';
import type { TrustSettings } from './settings.ts';

let certificates: Certificates;
let trust: TrustSettings;
let folder: string;
const open: { close(): Promise<void> }[] = [];
const repositories = { 'a/b': { '1': singleManifestImage('tls') } };

beforeAll(async () => {
  certificates = await makeCertificates();
  folder = await mkdtemp(join(tmpdir(), 'registry-test-'));
  trust = { ...noTrust, certFile: (await writeCertificates(certificates, folder)).bundle };
});

afterAll(() => Promise.all(open.map((one) => one.close())));

async function serving(pair: Certificates['good'] | undefined) {
  const registry = await startRegistry({ ...(pair ? { tls: pair } : {}), repositories });
  open.push(registry);
  return registry;
}

describe('certificates', () => {
  it.each([
    ['good', 'verified', null, []],
    ['addressOnly', 'verified', null, []],
    ['expired', 'failed', 'certificate-invalid', ['expired']],
    ['notYetValid', 'failed', 'certificate-invalid', ['not-yet-valid']],
    ['wrongName', 'failed', 'certificate-invalid', ['wrong-name']],
    ['commonNameOnly', 'failed', 'certificate-invalid', ['no-names']],
    ['selfSigned', 'failed', 'untrusted', ['self-signed']],
    ['unknownAuthority', 'failed', 'untrusted', ['untrusted']],
  ] as const)('%s: %s', async (which, use, code, faults) => {
    const registry = await serving(certificates[which]);
    const seen = await runProbe(`${registry.host}/a/b:1`, { trust });
    expect(tlsEnd(seen)).toEqual({ use, code, faults });
    expect(seen.tls?.chain.length).toBeGreaterThan(0);
    // Not a byte of HTTP goes over a connection that failed.
    expect(registry.requests.length > 0).toBe(use === 'verified');
  });

  it.each(['expired', 'wrongName', 'selfSigned', 'unknownAuthority'] as const)(
    'of an insecure registry do not count, and are told all the same: %s',
    async (which) => {
      const registry = await serving(certificates[which]);
      const seen = await runProbe(`${registry.host}/a/b:1`, { trust, insecure: true });
      expect(seen.tls).toMatchObject({ use: 'not-verified', failure: null });
      expect(seen.tls?.faults).toHaveLength(1);
      expect(seen.manifest?.anonymous?.outcome).toBe('found');
    },
  );

  it('an expired one of an unknown authority has both faults', async () => {
    const registry = await serving(certificates.expired);
    const seen = await runProbe(`${registry.host}/a/b:1`, { trust: noTrust });
    expect(seen.tls?.faults).toEqual(['expired', 'untrusted']);
  });

  it('an authority that names an inspection product is suspected', async () => {
    const registry = await serving(certificates.inspection);
    const seen = await runProbe(`${registry.host}/a/b:1`, { trust });
    expect(seen.tls?.interception.suspected).toBe(true);
  });
});

describe('certs.d', () => {
  async function folderOf(host: string, files: Record<string, string>) {
    const certsDir = await mkdtemp(join(tmpdir(), 'certs-d-'));
    await mkdir(join(certsDir, host));
    for (const [name, text] of Object.entries(files)) await writeFile(join(certsDir, host, name), text);
    return { ...noTrust, certsDirs: [certsDir] };
  }

  it('adds an authority for exactly this host and port', async () => {
    const registry = await serving(certificates.unknownAuthority);
    const ca = { 'ca.crt': certificates.inspectionAuthority.cert };
    const right = await runProbe(`${registry.host}/a/b:1`, { trust: await folderOf(registry.host, ca) });
    expect(right.tls?.use).toBe('verified');
    const other = await runProbe(`${registry.host}/a/b:1`, { trust: await folderOf('127.0.0.1', ca) });
    expect(other.tls?.use).toBe('failed');
  });

  it('takes the certificate of the server itself', async () => {
    const registry = await serving(certificates.selfSigned);
    const own = await folderOf(registry.host, { 'ca.crt': certificates.selfSigned.cert });
    expect((await runProbe(`${registry.host}/a/b:1`, { trust: own })).tls?.use).toBe('verified');
  });

  it("says docker's two errors about client pairs", async () => {
    const registry = await serving(certificates.good);
    const odd = await folderOf(registry.host, {
      'a.cert': certificates.client.cert,
      'b.key': certificates.client.key,
    });
    const notes = (await runProbe(`${registry.host}/a/b:1`, { trust: odd })).tls?.trust.notes ?? [];
    expect(notes).toContainEqual(expect.stringContaining('missing key a.key for client certificate a.cert'));
    expect(notes).toContainEqual(expect.stringContaining('missing client certificate b.cert for key b.key'));
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'gives the client certificate that %s asks for',
    async (version) => {
      const { authority, good, client } = certificates;
      const server = tls.createServer(
        { ...good, ca: authority.cert, requestCert: true, rejectUnauthorized: true, maxVersion: version },
        (socket) => {
          socket.on('error', () => {});
          socket.once('data', () =>
            socket.end(
              'HTTP/1.1 200 OK\r\ndocker-distribution-api-version: registry/2.0\r\ncontent-length: 0\r\n\r\n',
            ),
          );
        },
      );
      server.on('tlsClientError', () => {});
      const listening = await listen(server, {});
      open.push(listening);
      const without = await runProbe(`${listening.host}/a/b:1`, { trust });
      expect(tlsEnd(without)).toMatchObject({ use: 'failed', code: 'certificate-required' });
      expect(without.tls?.clientCertificate).toBe('required');

      const pair = await folderOf(listening.host, {
        'a.cert': client.cert,
        'a.key': client.key,
        'ca.crt': authority.cert,
      });
      const sent = await runProbe(`${listening.host}/a/b:1`, { trust: pair });
      expect(sent.tls).toMatchObject({ use: 'verified', clientCertificate: 'sent' });
      expect(sent.ping?.isRegistry).toBe('yes');
    },
  );
});

describe('what is no TLS', () => {
  it('a registry over plain http is seen as one, and nothing more is asked of it', async () => {
    const registry = await serving(undefined);
    const seen = await runProbe(`${registry.host}/a/b:1`, { trust });
    expect(tlsEnd(seen)).toMatchObject({ use: 'failed', code: 'not-tls' });
    expect(seen.tls?.plain).toMatchObject({ speaks: 'http', isRegistry: true });
    expect(registry.requests.map(({ path }) => path)).toEqual(['/v2/']);
  });

  it('an insecure registry is used over plain http', async () => {
    const registry = await serving(undefined);
    const seen = await runProbe(`${registry.host}/a/b:1`, { trust, insecure: true });
    expect(seen.tls?.use).toBe('plain-http');
    expect(seen.manifest?.anonymous?.outcome).toBe('found');
  });

  it('an SSH server is called one', async () => {
    const ssh = await startSshBanner({});
    open.push(ssh);
    const seen = await runProbe(`${ssh.host}/a/b:1`, { trust });
    expect(seen.tls?.plain).toMatchObject({ speaks: 'ssh', greeting: expect.stringContaining('SSH-2.0') });
  });

  it('a port that says nothing is given up in time', async () => {
    const mute = await startMuteServer({});
    open.push(mute);
    const timeouts = { handshakeMs: 200, answerMs: 200 };
    const seen = await runProbe(`${mute.host}/a/b:1`, { trust, timeouts });
    expect(tlsEnd(seen)).toMatchObject({ use: 'failed', code: 'answer-timed-out' });
    expect(seen.tls?.plain?.speaks).toBe('nothing');
  });

  it('a server with an old TLS only is called that', async () => {
    const old = tls.createServer({
      ...certificates.good,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    old.on('tlsClientError', () => {});
    const listening = await listen(old, {});
    open.push(listening);
    const seen = await runProbe(`${listening.host}/a/b:1`, { trust });
    expect(tlsEnd(seen)).toMatchObject({ use: 'failed', code: 'tls-protocol' });
  });
});
