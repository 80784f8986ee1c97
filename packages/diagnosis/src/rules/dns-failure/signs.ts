import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    // A name that does not exist behind "proxyconnect" is the proxy's, and proxy-failure's business.
    says: /(?<!proxyconnect tcp: )dial tcp: lookup [^\s:]{1,255}(?: on [^\s]{1,64})?: no such host/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://nx.lab.test/v2/": dial tcp: lookup nx.lab.test on 10.77.0.53:53: no such host',
    weight: 'proves',
  },
  {
    says: /(?<!proxyconnect tcp: dial tcp: )lookup [^\s:]{1,255} on [^\s]{1,64}: server misbehaving/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://x.servfail.lab.test/v2/": dial tcp: lookup x.servfail.lab.test on 10.77.0.53:53: server misbehaving',
    weight: 'proves',
  },
  {
    says: /(?<!proxyconnect tcp: dial tcp: )lookup [^\s:]{1,255} on [^\s]{1,64}: read udp [^\s]{1,128}: i\/o timeout/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://x.slow.lab.test/v2/": dial tcp: lookup x.slow.lab.test on 10.77.0.53:53: read udp 10.77.0.53:57088->10.77.0.53:53: i/o timeout',
    weight: 'proves',
  },
];
