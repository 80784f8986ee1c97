import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /(?<!proxyconnect tcp: )dial tcp [^\s]{1,64}: (?:connect: connection refused|connect: no route to host|connect: network is unreachable|i\/o timeout|connect: connection timed out)/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://closed.lab.test/v2/": dial tcp 10.77.0.19:443: connect: connection refused',
    weight: 'proves',
  },
  {
    says: /net\/http: TLS handshake timeout/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://silent.lab.test/v2/": net/http: TLS handshake timeout',
    weight: 'proves',
  },
  {
    says: /read: connection reset by peer/,
    seenIn: 'dockerd, containerd',
    line: 'Head "https://fault.lab.test/v2/reset/app/manifests/1": read tcp 10.77.0.18:36352->10.77.0.18:443: read: connection reset by peer',
    weight: 'proves',
  },
  {
    says: /\(Client\.Timeout exceeded while awaiting headers\)|context deadline exceeded/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://hang.lab.test/v2/": net/http: request canceled (Client.Timeout exceeded while awaiting headers)',
    weight: 'fits',
  },
  {
    // The layer stream broke off: dockerd says it with nothing before it, containerd with what it was reading.
    says: /^unexpected EOF$|failed to read expected number of bytes: unexpected EOF/,
    seenIn: 'dockerd, containerd',
    line: 'failed to read expected number of bytes: unexpected EOF',
    weight: 'proves',
  },
  {
    says: /expected HTTP 206 from byte range request/,
    seenIn: 'dockerd',
    line: 'expected HTTP 206 from byte range request',
    weight: 'proves',
  },
];
