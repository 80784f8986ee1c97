import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto';
import type { KeyPair } from './certificate-authority.ts';

/** One entry of the "access" claim, https://distribution.github.io/distribution/spec/auth/jwt/ */
export interface Access {
  type: string;
  name: string;
  actions: string[];
}

/** Claims that a registry checks. Times are in seconds since 1970. */
export interface Claims {
  iss: string;
  sub: string;
  aud: string;
  exp: number;
  nbf: number;
  iat: number;
  jti: string;
  access: Access[];
}

/** Signs with ES256 and names the key by x5c, the certificate itself (RFC 7515, section 4.1.6). */
export function signToken(claims: Claims, signer: KeyPair, shownCertificate = signer.cert): string {
  const header = {
    typ: 'JWT',
    alg: 'ES256',
    x5c: [new X509Certificate(shownCertificate).raw.toString('base64')],
  };
  const body = `${encode(header)}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(body), {
    key: createPrivateKey(signer.key),
    dsaEncoding: 'ieee-p1363',
  });
  return `${body}.${signature.toString('base64url')}`;
}

/** The claims of a token whose signature fits the certificate, or undefined. Times and audience are not looked at. */
export function readToken(token: string, certificate: string): Claims | undefined {
  const [header, payload, signature] = token.split('.');
  if (!header || !payload || !signature) return undefined;
  const fits = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: new X509Certificate(certificate).publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return fits ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : undefined;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
