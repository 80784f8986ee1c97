import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /x509: certificate has expired or is not yet valid/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://expired.lab.test/v2/": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-24T19:43:23Z is after 2025-02-01T00:00:00Z',
    weight: 'proves',
  },
  {
    says: /x509: certificate is valid for [^\n]{1,512}, not |x509: certificate is not valid for any names/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://wronghost.lab.test/v2/": x509: certificate is valid for other.lab.test, not wronghost.lab.test',
    weight: 'proves',
  },
  {
    says: /because it doesn't contain any IP SANs|certificate relies on legacy Common Name field/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://10.77.0.16/v2/": x509: cannot validate certificate for 10.77.0.16 because it doesn\'t contain any IP SANs',
    weight: 'proves',
  },
  {
    says: /remote error: tls: (?:protocol version not supported|certificate required|bad certificate|handshake failure)/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://mtls.lab.test/v2/": remote error: tls: certificate required',
    weight: 'proves',
  },
];
