import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KeyPair, makeAuthority, makeSelfSigned } from './certificate-authority.ts';

/** One TLS situation each. All but the two authorities and the client pair are server certificates. */
export interface Certificates {
  /** The authority that clients are told to trust. */
  authority: KeyPair;
  /** The authority of a corporate proxy that opens TLS; clients do not know it. */
  inspectionAuthority: KeyPair;
  good: KeyPair;
  expired: KeyPair;
  notYetValid: KeyPair;
  /** Signed by the good authority, but for another name. */
  wrongName: KeyPair;
  /** A common name only, no subjectAltName: refused by Go since 1.15, and accepted by Node. */
  commonNameOnly: KeyPair;
  selfSigned: KeyPair;
  /** For 127.0.0.1 and no name at all: Node, asked by address, would compare with "localhost". */
  addressOnly: KeyPair;
  /** Right name, signed by the authority that nobody trusts. */
  unknownAuthority: KeyPair;
  /** What a TLS-inspecting proxy shows for any name given in `names`. */
  inspection: KeyPair;
  /** A client certificate of the good authority. */
  client: KeyPair;
  /** Key and certificate with which the token server signs; no TLS server shows it. */
  tokenSigner: KeyPair;
}

/** Where `writeCertificates` put things. */
export interface CertificateFiles {
  folder: string;
  /** The good authority, alone. */
  authority: string;
  /** The good authority and the machine's own ones: a value for SSL_CERT_FILE. */
  bundle: string;
  inspectionAuthority: string;
  good: { cert: string; key: string };
  client: { cert: string; key: string };
  tokenSigner: string;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Makes all certificates in memory, in about 50 ms.
 *
 * `names` and `addresses` go into every certificate whose name is meant to be right. 127.0.0.1 and localhost are
 * always among them.
 */
export async function makeCertificates(
  names: readonly string[] = [],
  addresses: readonly string[] = [],
): Promise<Certificates> {
  const right = {
    commonName: 'Clinic registries',
    names: [...new Set(['localhost', ...names])],
    addresses: [...new Set(['127.0.0.1', ...addresses])],
  };
  const now = Date.now();
  const [authority, inspectionAuthority] = await Promise.all([
    makeAuthority('Clinic Root CA'),
    makeAuthority('Corporate TLS Inspection CA'),
  ]);
  const [good, expired, notYetValid, wrongName, commonNameOnly, selfSigned] = await Promise.all([
    authority.issue(right),
    authority.issue({
      ...right,
      notBefore: new Date(now - 400 * dayMs),
      notAfter: new Date(now - 35 * dayMs),
    }),
    authority.issue({
      ...right,
      notBefore: new Date(now + 35 * dayMs),
      notAfter: new Date(now + 400 * dayMs),
    }),
    authority.issue({ commonName: 'elsewhere.example', names: ['elsewhere.example'] }),
    authority.issue({ commonName: names[0] ?? 'localhost' }),
    makeSelfSigned(right),
  ]);
  const [addressOnly, unknownAuthority, inspection, client, tokenSigner] = await Promise.all([
    authority.issue({ commonName: '127.0.0.1', names: [], addresses: right.addresses }),
    inspectionAuthority.issue(right),
    inspectionAuthority.issue(right),
    authority.issue({ commonName: 'a docker host', usage: 'client' }),
    makeSelfSigned({ commonName: 'clinic token signer' }),
  ]);
  return {
    authority: authority.pair,
    inspectionAuthority: inspectionAuthority.pair,
    good,
    expired,
    notYetValid,
    wrongName,
    commonNameOnly,
    selfSigned,
    addressOnly,
    unknownAuthority,
    inspection,
    client,
    tokenSigner,
  };
}

/** Writes what programs need as files (trust, the good server's pair, the client's pair, the signer's certificate). */
export async function writeCertificates(
  certificates: Certificates,
  folder: string,
): Promise<CertificateFiles> {
  await mkdir(folder, { recursive: true });
  const write = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text, { mode: name.endsWith('.key') ? 0o600 : 0o644 });
    return file;
  };
  return {
    folder,
    authority: await write('ca.crt', certificates.authority.cert),
    bundle: await write('bundle.crt', `${certificates.authority.cert}\n${machineAuthorities()}`),
    inspectionAuthority: await write('inspection-ca.crt', certificates.inspectionAuthority.cert),
    good: {
      cert: await write('good.crt', certificates.good.cert),
      key: await write('good.key', certificates.good.key),
    },
    client: {
      cert: await write('client.cert', certificates.client.cert),
      key: await write('client.key', certificates.client.key),
    },
    tokenSigner: await write('token-signer.crt', certificates.tokenSigner.cert),
  };
}

// SSL_CERT_FILE replaces the machine's list, and a real host's list holds more than one authority.
function machineAuthorities(): string {
  try {
    return readFileSync('/etc/ssl/certs/ca-certificates.crt', 'utf8');
  } catch {
    return '';
  }
}
