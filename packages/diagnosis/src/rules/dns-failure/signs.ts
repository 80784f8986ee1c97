import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    // A name that does not exist behind "proxyconnect" is the proxy's: that phrase excludes this cause.
    says: /(?:dial tcp: )?lookup [^\s]{1,255}(?: on [^\n:]{1,40}(?::53)?)?: (?:no such host|no address associated|not found|getaddrinfow)/,
    means: 'No name server knows this name.',
    seenIn: 'dockerd, containerd, podman',
    line: 'Get "https://nx.lab.test/v2/": dial tcp: lookup nx.lab.test on 10.77.0.53:53: no such host',
    weight: 'proves',
    excludes: ['connection-failure'],
  },
  {
    says: /lookup [^\s]{1,255}(?: on [^\n:]{1,40}(?::53)?)?: (?:server misbehaving|temporary failure in name resolution|try again|operation was canceled|i\/o timeout|device or resource busy|no data)/,
    means: 'The name server answers with a fault, or not at all.',
    seenIn: 'dockerd, containerd, podman',
    line: 'Get "https://x.servfail.lab.test/v2/": dial tcp: lookup x.servfail.lab.test on 10.77.0.53:53: server misbehaving',
    weight: 'proves',
    excludes: ['connection-failure'],
  },
  {
    says: /lookup [^\s]{1,255} on [^\n:]{1,40}(?::53)?: (?:read|write|dial) (?:udp|tcp)[^\n]{1,160}?: (?:i\/o timeout|(?:read|write|connect|socket): [a-z ]{1,40}|connection refused|network is unreachable)/,
    means: 'The name server did not answer.',
    seenIn: 'dockerd, containerd, podman',
    line: 'Get "https://x.slow.lab.test/v2/": dial tcp: lookup x.slow.lab.test on 10.77.0.53:53: read udp 10.77.0.53:57088->10.77.0.53:53: i/o timeout',
    weight: 'proves',
    excludes: ['connection-failure'],
  },
  {
    says: /(?:no such host(?: is known)?|temporary failure in name resolution|name or service not known|nodename nor servname provided|getaddrinfo (?:enotfound|eai_again|failed)|could not resolve host|name does not resolve|no address associated with hostname|unknownhostexception|failed to resolve '[^'\n]{1,255}' \(|name resolution (?:failed|failure)|failed to resolve host(?:name)?)/,
    means: 'The name of the registry was not resolved.',
    seenIn: 'docker, curl, clients in JavaScript, Python and Java',
    line: 'resolving host production.cloudflare.docker.com: lookup production.cloudflare.docker.com: no such host',
    weight: 'proves',
    excludes: ['connection-failure'],
  },
];
