import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /certificate signed by unknown authority/,
    means: 'The issuer of the certificate is not trusted here.',
    seenIn: 'dockerd, containerd, podman',
    line: 'Get "https://unknownca.lab.test/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    weight: 'proves',
  },
  {
    says: /self[- ]signed certificate|unable to get local issuer certificate|unable to verify the (?:first|leaf) (?:certificate|signature)|unable_to_verify_leaf_signature|unable_to_get_issuer_cert|depth_zero_self_signed_cert|self_signed_cert_in_chain|sec_error_unknown_issuer|sec_error_untrusted_issuer|pkix path building failed|unable to find valid certification path|certificate is not trusted|certificate issuer is unknown|certificate (?:could not be|cannot be) verified|certificate chain [^\n]{0,60}not trusted|unknown certificate authority|tls: unknown ca|peer's certificate issuer (?:has been marked as not trusted|is not recognized)/,
    means: 'The issuer of the certificate is not trusted here.',
    seenIn: 'curl, clients in JavaScript, Python and Java',
    line: 'Error: unable to verify the first certificate (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
    weight: 'proves',
  },
  {
    says: /certificate[_ ]verify[_ ]failed|x509: certificate is not authorized to sign|x509: [^\n]{0,40}(?:osstatus -26276|trust settings|not standards compliant)|crypto\/rsa: verification error|failed to verify certificate: x509: “[^\n]{1,100}” certificate is not/,
    means: 'The chain of certificates does not lead to a trusted authority.',
    seenIn: 'Python clients, docker on macOS',
    line: 'x509: “registry.example.com” certificate is not standards compliant x509: OSStatus -26276',
    weight: 'proves',
  },
  {
    says: /certificate has expired or is not yet valid: current time \S{1,40} is after 2021-09-30|open \S{0,200}certs\.d[^\n]{0,200}|missing (?:client )?certificate \S{1,100} for key/,
    means: 'The set of authorities on this host is too old, or its folder of certificates is incomplete.',
    seenIn: 'dockerd',
    line: 'x509: certificate has expired or is not yet valid: current time 2024-06-30T11:33:07-07:00 is after 2021-09-30T14:01:15Z',
    weight: 'allows',
  },
];
