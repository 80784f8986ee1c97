import { certificateDates, certificateTooEarly, notTls } from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /certificate is (?:not )?valid for [^\n]{1,600}|cannot validate certificate for \S{1,256}|doesn't contain any ip sans|relies on legacy common name|not valid for any names|hostname(?:\/ip)? (?:mismatch|does not match)|certificate(?:'s)? (?:subject )?(?:name|alternative names?)[^\n]{0,60} (?:does not|do not|doesn't) match|no alternative certificate subject name matches|err_tls_cert_altname_invalid|no subject alternative (?:dns )?names?/,
    means: 'The certificate was made for another name.',
    seenIn: 'dockerd, containerd, podman',
    line: 'x509: certificate is valid for registry.internal, not registry.example.com',
    weight: 'proves',
  },
  {
    says: /current time \S{1,40} is after \d{4}-|certificate (?:has |is )?expired(?! or)|cert_has_expired|sec_error_expired_certificate/,
    means: 'The certificate has ended.',
    seenIn: 'dockerd, containerd since Go 1.15',
    line: 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-08-13T05:50:29Z is after 2026-08-13T04:59:29Z',
    weight: 'proves',
  },
  {
    ...certificateDates,
    means: 'The certificate is out of date, or the clock is.',
    weight: 'proves',
  },
  {
    ...certificateTooEarly,
    means: 'The certificate is not valid yet, if the clock is right.',
    weight: 'allows',
  },
  {
    says: /remote error: tls: (?!unknown certificate authority)[^\n]{1,60}|tls: (?:handshake failure|server selected unsupported protocol|protocol version not supported|no supported versions|unsupported (?:protocol|elliptic)|failed to (?:sign|verify) handshake|server's identity changed|internal error)|sslv3_alert|malformed http response "\\x15\\x03|ssl_error_|handshake failure|tlsv1(?:_| )alert|certificate required|x509: (?:certificate specifies an incompatible key usage|negative serial number|invalid |cannot verify signature|unhandled critical extension|ecdsa verification|malformed|too many intermediates|a root or intermediate|certificate has (?:a )?(?:non-?|no ))/,
    means: 'The two sides did not agree on TLS, or the certificate is malformed.',
    seenIn: 'dockerd, containerd, podman',
    line: 'Get "https://registry.example.com/v2/": remote error: tls: handshake failure',
    weight: 'proves',
  },
  {
    ...notTls,
    means: 'What answers speaks no TLS that this program knows.',
    weight: 'allows',
  },
];
