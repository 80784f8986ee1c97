import { notTls } from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

const wellKnown =
  /^(?:docker\.io|quay\.io|ghcr\.io|public\.ecr\.aws|mcr\.microsoft\.com)$|\.amazonaws\.com|pkg\.dev$|gcr\.io$|azurecr\.io$|gitlab\.com$/;

export const signs: readonly Sign[] = [
  {
    says: /server gave http response to https client/,
    means: 'The registry speaks plain HTTP, and HTTPS was expected.',
    seenIn: 'dockerd, containerd, podman',
    line: 'Get "https://plain.lab.test:5000/v2/": http: server gave HTTP response to HTTPS client',
    weight: 'proves',
    excludes: ['connection-failure', 'not-a-registry'],
  },
  {
    says: /if this private registry supports only http|add `?--insecure-registry|https endpoint unresponsive and insecure mode isn't enabled|insecure registry is not allowed|set --plain-http/,
    means: 'Docker itself suggests that the registry may speak HTTP only.',
    seenIn: 'docker up to 1.12',
    line: 'If this private registry supports only HTTP or HTTPS with an unknown CA certificate',
    weight: 'allows',
  },
  {
    ...notTls,
    means: 'What answers on this port speaks no TLS: plain HTTP for example.',
    weight: 'fits',
  },
  {
    says: /client sent an http request to an https server|plain http request was sent to https port/,
    means: 'HTTP was sent to a port that speaks HTTPS.',
    seenIn: 'dockerd, nginx, registries in Go',
    line: 'error parsing HTTP 400 response body: invalid character \'C\' looking for beginning of value: "Client sent an HTTP request to an HTTPS server.\\n"',
    weight: 'fits',
  },
  {
    says: /dial tcp [^\n]{1,80}?:443: (?:connect: )?(?:connection refused|connectex: no connection)/,
    means: 'Nothing listens on 443; a registry on HTTP only looks so.',
    seenIn: 'dockerd',
    line: 'Get https://156.119.56.118/v2/: dial tcp 156.119.56.118:443: connect: connection refused',
    weight: 'allows',
    when: ({ registry }) => !wellKnown.test(registry ?? ''),
  },
];
