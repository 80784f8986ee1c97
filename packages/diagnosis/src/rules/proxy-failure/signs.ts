import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /proxyconnect tcp: /,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://ok.viaproxy.test/v2/": proxyconnect tcp: dial tcp 10.77.0.19:3128: connect: connection refused',
    weight: 'proves',
  },
  {
    says: /Proxy Authentication Required/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://needlogin.viaproxy.test/v2/": Proxy Authentication Required',
    weight: 'proves',
  },
  {
    // Only the reason phrase of the proxy's answer to CONNECT, directly after the address.
    says: /"https:\/\/[^"]{1,512}": (?:Forbidden|Bad Gateway|Service Unavailable|Gateway Timeout|unexpected EOF)$/m,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://blocked.viaproxy.test/v2/": Forbidden',
    weight: 'proves',
  },
  {
    says: /\(Client\.Timeout exceeded while awaiting headers\)|context deadline exceeded/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://hang.viaproxy.test/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    weight: 'fits',
  },
];
