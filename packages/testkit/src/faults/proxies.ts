import type { Fault } from './fault.ts';
import { failing } from './row.ts';

const behind = (host: string) => `${host}.proxied.test/ok/app:1`;
const proxyFails = { network: 'proxy', expect: { steps: { proxy: 'failed' } } } as const;

/** A proxy on the way that refuses, is wrong, or opens TLS. */
export const proxies: Fault[] = [
  failing('the proxy wants a login', behind('wants-login'), 'proxy-failure', {
    network: 'proxy',
    expect: { certaintyAtLeast: 'likely', steps: { proxy: 'failed' } },
  }),
  failing('the login for the proxy is wrong', behind('wants-login'), 'proxy-failure', {
    ...proxyFails,
    network: 'proxy-wrong-login',
  }),
  failing('the proxy blocks the host', behind('blocked'), 'proxy-failure', proxyFails),
  failing('the proxy answers 502', behind('bad-gateway'), 'proxy-failure', proxyFails),
  failing('the proxy answers 503', behind('unavailable'), 'proxy-failure', proxyFails),
  failing('the proxy closes the connection', behind('resets'), 'proxy-failure', proxyFails),
  failing('the proxy does not answer', behind('hangs'), 'proxy-failure', {
    ...proxyFails,
    slow: true,
    // dockerd sets no limit for the answer to CONNECT: the pull ends when the proxy hangs up
    daemonPull: 'cannot-show',
  }),
  failing('the proxy opens TLS with its own authority', behind('inspected'), 'tls-untrusted', {
    network: 'proxy',
    expect: { steps: { proxy: 'done', tls: 'failed' } },
  }),
  failing('nothing listens at the proxy', behind('works'), 'proxy-failure', {
    ...proxyFails,
    network: 'proxy-down',
  }),
  failing("the proxy's name does not resolve", behind('works'), 'proxy-failure', {
    ...proxyFails,
    place: 'namespace',
    network: 'proxy-unknown-name',
  }),
  failing('https:// written for an http proxy', behind('works'), 'proxy-failure', {
    ...proxyFails,
    network: 'proxy-wrong-scheme',
  }),
  failing('only a proxy leads out and none is set', behind('works'), 'proxy-failure', {
    place: 'namespace',
    network: 'by-name',
    expect: { oneOf: ['proxy-failure', 'dns-failure'], notConfident: true },
  }),
];
