import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import type { Certificate, TlsEvidence } from '@pull-doctor/contract/evidence/network';
import type { Failure } from '@pull-doctor/contract/exchange';
import { getDomain } from 'tldts';
import { failure } from '../failure.ts';
import { nameFault, namesOf } from './host-name-check.ts';
import type { Authorities } from './trust.ts';

export interface Judged {
  /** As received, leaf first. */
  chain: Certificate[];
  leaf: X509Certificate | null;
  faults: TlsEvidence['faults'];
  /** Set where Go would end the connection, with the words that dockerd would use. */
  failure: Failure | null;
}

/**
 * What is wrong with a server's certificate, in Go's order: time, name, authority.
 *
 * OpenSSL has checked the chain (its word is `authorizationError`), but it names one fault only, and the time hides the
 * authority. So time and name are checked here, and the authority again where time had the word.
 */
export function judgeCertificate(
  socket: tls.TLSSocket,
  host: string,
  authorities: Authorities,
  now: Date,
): Judged {
  const leaf = socket.getPeerX509Certificate();
  if (!leaf) {
    return {
      chain: [],
      leaf: null,
      faults: [],
      failure: failure('tls', 'certificate-invalid', 'The server showed no certificate.'),
    };
  }
  const all = issuersOf(leaf);
  const received = withoutLocalIssuers(all, authorities);
  const shown = received.map(describeCertificate);
  const own = shown[0] ?? describeCertificate(leaf);
  const word = wordOf(socket.authorizationError);

  const faults: TlsEvidence['faults'] = [];
  if (all.some((one) => now > new Date(one.validTo))) faults.push('expired');
  if (all.some((one) => now < new Date(one.validFrom))) faults.push('not-yet-valid');
  const wrongName = nameFault(host, own.names);
  if (wrongName) faults.push(wrongName);
  const authority = authorityFault(word, all, authorities);
  if (authority) faults.push(authority);
  if (isWeak(word)) faults.push('weak');
  if (word === 'CERT_REVOKED') faults.push('revoked');

  return { chain: shown, leaf, faults, failure: goFailure(faults, word, { host, own, now }) };
}

/** Whether the chain ends at an authority that browsers trust, whatever this machine trusts. */
export function isFromPublicAuthority(leaf: X509Certificate): boolean {
  const last = issuersOf(leaf).at(-1) ?? leaf;
  return publicAuthorities().some(
    (root) => root.fingerprint256 === last.fingerprint256 || isIssuedBy(last, root),
  );
}

function authorityFault(
  word: string,
  chain: readonly X509Certificate[],
  authorities: Authorities,
): 'untrusted' | 'self-signed' | 'incomplete-chain' | null {
  switch (word) {
    case '':
      return null;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'self-signed';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return 'untrusted';
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return issuerIsPublic(chain.at(-1)) ? 'incomplete-chain' : 'untrusted';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return anchored(chain, authorities) ? null : isSelfSigned(chain[0]) ? 'self-signed' : 'untrusted';
    case 'INVALID_CA':
    case 'CERT_UNTRUSTED':
    case 'CERT_SIGNATURE_FAILURE':
    case 'PATH_LENGTH_EXCEEDED':
      return 'untrusted';
    default:
      return null;
  }
}

// Whether the missing issuer is an intermediate that the server forgot, or an authority that nobody here knows, cannot
// be seen from the certificate alone. A public authority says where its intermediate can be fetched (Authority
// Information Access); private ones do so as well, but at an address of their own.
const publicAuthorityDomains = new Set(
  (
    'actalis.it amazontrust.com buypass.com buypass.no certum.pl cloudflaressl.com comodoca.com digicert.com ' +
    'disig.sk e-szigno.hu entrust.net firmaprofesional.com globalsign.com godaddy.com harica.gr identrust.com ' +
    'izenpe.com lencr.org letsencrypt.org microsoft.com netlock.hu pki.goog quovadisglobal.com secomtrust.net ' +
    'sectigo.com ssl.com starfieldtech.com swisssign.com swisssign.net symcb.com telia.com trustwave.com usertrust.com'
  ).split(' '),
);

function issuerIsPublic(last: X509Certificate | undefined): boolean {
  if (last === undefined || isSelfSigned(last)) return false;
  const from = /CA Issuers - URI:https?:\/\/([^/:\s]+)/.exec(last.infoAccess ?? '')?.[1];
  const domain = from === undefined ? null : getDomain(from);
  return domain !== null && publicAuthorityDomains.has(domain);
}

function anchored(chain: readonly X509Certificate[], authorities: Authorities): boolean {
  const last = chain.at(-1);
  if (!last) return false;
  const prints = authorities.fingerprints();
  if (chain.some(({ fingerprint256 }) => prints.has(fingerprint256))) return true;
  return authorities.certificates().some((authority) => isIssuedBy(last, authority));
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function isSelfSigned(certificate: X509Certificate | undefined): boolean {
  return (
    certificate !== undefined &&
    certificate.subject === certificate.issuer &&
    isIssuedBy(certificate, certificate)
  );
}

function isWeak(word: string): boolean {
  return /TOO_WEAK|KEY_TOO_SMALL/.test(word);
}

function wordOf(error: Error | string | null | undefined): string {
  if (!error) return '';
  if (typeof error === 'string') return error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

function goFailure(
  faults: TlsEvidence['faults'],
  word: string,
  { host, own, now }: { host: string; own: Certificate; now: Date },
): Failure | null {
  const at = now.toISOString().replace(/\.\d+Z/, 'Z');
  if (faults.includes('expired')) {
    return invalid(
      `certificate has expired or is not yet valid: current time ${at} is after ${own.notAfter}`,
    );
  }
  if (faults.includes('not-yet-valid')) {
    return invalid(
      `certificate has expired or is not yet valid: current time ${at} is before ${own.notBefore}`,
    );
  }
  if (faults.includes('no-names'))
    return invalid('certificate relies on legacy Common Name field, use SANs instead');
  if (faults.includes('wrong-name'))
    return invalid(`certificate is valid for ${own.names.join(', ')}, not ${host}`);
  if (
    faults.some((fault) => fault === 'untrusted' || fault === 'self-signed' || fault === 'incomplete-chain')
  ) {
    return failure('tls', 'untrusted', `x509: certificate signed by unknown authority (${word})`);
  }
  // What is left: a key too small, an extension that Go does not know, a wrong purpose.
  return word === '' ? null : invalid(`certificate is not valid (${word})`);
}

function invalid(message: string): Failure {
  return failure('tls', 'certificate-invalid', `x509: ${message}`);
}

function issuersOf(leaf: X509Certificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next: X509Certificate | undefined = leaf;
  // A server may send a hundred certificates; Go builds chains of ten at most.
  while (next && chain.length < 10 && !chain.some((one) => one.fingerprint256 === next?.fingerprint256)) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

// Node completes the chain with the issuer from the trusted ones. A server that sends its root loses it here, which
// changes nothing: the name of the root stands as issuer in the certificate before.
function withoutLocalIssuers(chain: readonly X509Certificate[], authorities: Authorities): X509Certificate[] {
  if (chain.length < 2) return [...chain];
  const prints = authorities.fingerprints();
  return chain.filter(({ fingerprint256 }, at) => at === 0 || !prints.has(fingerprint256));
}

function describeCertificate(certificate: X509Certificate): Certificate {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: namesOf(certificate.subjectAltName).slice(0, 50),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    sha256: certificate.fingerprint256,
    selfSigned: isSelfSigned(certificate),
    isCa: certificate.ca,
  };
}

// Node puts each part of a name on a line of its own.
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ').slice(0, 500);
}

let parsedPublic: X509Certificate[] | undefined;

function publicAuthorities(): readonly X509Certificate[] {
  parsedPublic ??= tls.rootCertificates.map((pem) => new X509Certificate(pem));
  return parsedPublic;
}
