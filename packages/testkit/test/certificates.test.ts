import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KeyPair } from '../src/certificate-authority.ts';
import { type Certificates, makeCertificates, writeCertificates } from '../src/certificates.ts';
import { listen } from '../src/http-listener.ts';

let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates(['registry.clinic.test'], ['10.77.0.18']);
});

/** What node:tls says to a server with this pair: 'trusted' or the code of its error. */
async function handshake(
  pair: KeyPair,
  servername = 'registry.clinic.test',
  client?: KeyPair,
): Promise<string> {
  const wantsClient = client !== undefined;
  const server = await listen(
    tls.createServer({
      ...pair,
      ca: certificates.authority.cert,
      requestCert: wantsClient,
      rejectUnauthorized: wantsClient,
    }),
    {},
  );
  const socket = tls.connect({
    port: server.port,
    host: server.address,
    servername,
    ca: certificates.authority.cert,
    ...client,
  });
  try {
    await once(socket, 'secureConnect');
    return 'trusted';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    socket.destroy();
    await server.close();
  }
}

describe('certificates, as node:tls sees them', () => {
  it.each([
    ['good', 'trusted'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['notYetValid', 'CERT_NOT_YET_VALID'],
    ['wrongName', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    // Node falls back to the common name, Go (and so docker) does not since 1.15: a probe in Node has to look itself
    ['commonNameOnly', 'trusted'],
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['unknownAuthority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['inspection', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ] as const)('%s is %s', async (situation, verdict) => {
    expect(await handshake(certificates[situation])).toBe(verdict);
  });

  it('lets the client pair in where one is demanded', async () => {
    expect(await handshake(certificates.good, 'registry.clinic.test', certificates.client)).toBe('trusted');
  });

  it('writes a bundle for SSL_CERT_FILE that holds the good authority', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pdk-'));
    const files = await writeCertificates(certificates, folder);
    expect(await readFile(files.bundle, 'utf8')).toContain(certificates.authority.cert);
    await rm(folder, { recursive: true });
  });
});
