import type { webcrypto } from 'node:crypto';
// @peculiar/x509 injects its parts by decorators and refuses to load without this
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key, both as PEM text, as node:tls takes them. */
export interface KeyPair {
  cert: string;
  key: string;
}

/** What a leaf certificate says. `names` undefined: no subjectAltName at all, only the common name. */
export interface LeafRequest {
  commonName: string;
  names?: readonly string[];
  addresses?: readonly string[];
  notBefore?: Date;
  notAfter?: Date;
  usage?: 'server' | 'client';
}

/** Signs leaf certificates. `pair.cert` is what a client has to trust. */
export interface CertificateAuthority {
  pair: KeyPair;
  issue(request: LeafRequest): Promise<KeyPair>;
}

// P-256 everywhere: a key takes under a millisecond, an RSA key a tenth of a second, and Go's TLS takes both.
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 24 * 60 * 60 * 1000;

/** Makes a root CA (RFC 5280: basicConstraints CA, keyCertSign) valid from yesterday for ten years. */
export async function makeAuthority(commonName: string): Promise<CertificateAuthority> {
  const keys = await newKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: algorithm,
    serialNumber: serialNumber(),
    ...validity({}),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    pair: { cert: root.toString('pem'), key: await pemOf(keys.privateKey) },
    issue: async (request) => {
      const leafKeys = await newKeys();
      const leaf = await x509.X509CertificateGenerator.create({
        subject: `CN=${request.commonName}`,
        issuer: root.subject,
        publicKey: leafKeys.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        serialNumber: serialNumber(),
        ...validity(request),
        extensions: [
          ...leafExtensions(request),
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ],
      });
      return { cert: leaf.toString('pem'), key: await pemOf(leafKeys.privateKey) };
    },
  };
}

/** A leaf that signed itself: no authority at all stands behind it. */
export async function makeSelfSigned(request: LeafRequest): Promise<KeyPair> {
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${request.commonName}`,
    keys,
    signingAlgorithm: algorithm,
    serialNumber: serialNumber(),
    ...validity(request),
    extensions: leafExtensions(request),
  });
  return { cert: cert.toString('pem'), key: await pemOf(keys.privateKey) };
}

function leafExtensions({ names, addresses = [], usage = 'server' }: LeafRequest): x509.Extension[] {
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(false),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([
      usage === 'server' ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth,
    ]),
  ];
  if (names) {
    extensions.push(
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
    );
  }
  return extensions;
}

function validity({ notBefore, notAfter }: { notBefore?: Date; notAfter?: Date }) {
  return {
    notBefore: notBefore ?? new Date(Date.now() - dayMs),
    notAfter: notAfter ?? new Date(Date.now() + 3650 * dayMs),
  };
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

// Positive and never the same twice: OpenSSL refuses two certificates of one issuer with one serial number.
function serialNumber(): string {
  return `01${Buffer.from(crypto.getRandomValues(new Uint8Array(12))).toString('hex')}`;
}
