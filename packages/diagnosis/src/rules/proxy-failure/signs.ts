import { deadline, notTls } from '../../message/shared-phrases.ts';
import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /proxyconnect tcp: /,
    means: 'The fault lies between this host and its proxy.',
    seenIn: 'dockerd, containerd, podman',
    line: 'Get "https://ok.viaproxy.test/v2/": proxyconnect tcp: dial tcp 10.77.0.19:3128: connect: connection refused',
    weight: 'proves',
    excludes: [
      'dns-failure',
      'connection-failure',
      'plain-http-registry',
      'not-a-registry',
      'tls-untrusted',
      'tls-invalid',
    ],
  },
  {
    says: /proxy authentication (?:is )?required|407 proxy|authenticationrequired\b|proxy-authenticate|err_cache_access_denied|status(?: code)?:? 407/,
    means: 'The proxy asks for a login.',
    seenIn: 'dockerd, containerd, proxies',
    line: 'Get "https://needlogin.viaproxy.test/v2/": Proxy Authentication Required',
    weight: 'proves',
    excludes: ['credentials-missing', 'access-denied', 'registry-unavailable', 'not-a-registry'],
  },
  {
    // Only the reason phrase of the proxy's answer to CONNECT, directly after the address.
    says: /(?:get|head|post) "?https:\/{0,2} ?\/?[^\s"]{1,512}"?: (?:forbidden|bad ?gateway|service ?unavailable|gateway ?time-?out|unexpected eof|authorizedonly|internal server error|method not allowed|access ?denied|[a-z]{0,20}blocked[a-z ]{0,30}|too many requests|bad request|tunnel or ssl forbidden|blacklisted|policy_denied|url_blocked)\.?(?:"|\*|\)|'|$)/m,
    means: 'A bare phrase after the address is a proxy’s answer, not the registry’s.',
    seenIn: 'dockerd, containerd',
    line: 'Get "https://blocked.viaproxy.test/v2/": Forbidden',
    weight: 'proves',
  },
  {
    says: /(?:failed|unable|cannot|could not) (?:to )?connect to (?:the )?proxy|error connecting to (?:the )?proxy|proxyerror\(|tunnel connection failed|via proxy \S{1,200} failed|with (?:the )?(?:http |https |static )?(?:system )?proxy[^\n]{0,120}(?:refused|timeout|no such host|failed|forbidden|eof)|x-squid-error|squid[^\n]{0,60}(?:error|denied)|err_(?:access_denied|tunnel_connection_failed|proxy_connection_failed)|socks connect|(?:connecting to|dial tcp) (?:\S{1,100}:3128|http\.docker\.internal)|invalid proxy (?:address|url)|proxy: (?:unknown scheme|failed)|unsupported proxy|received http code \d{3} from proxy|bad response from proxy|proxy server/,
    means: 'The program names the proxy itself.',
    seenIn: 'Docker Desktop, curl, Python and Java clients, proxies',
    line: "HTTPSConnectionPool(host='registry-1.docker.io', port=443): Max retries exceeded with url: /v2/ (Caused by ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407')))",
    weight: 'proves',
    excludes: ['connection-failure', 'dns-failure'],
  },
  {
    says: /dial tcp \S{1,64}:(?:3128|8888|9090|1080|7890|10808|10809|8118): (?:connect: )?(?:connection refused|i\/o timeout|no route)/,
    means: 'This is a port on which proxies listen.',
    seenIn: 'dockerd',
    line: 'dial tcp 192.168.65.1:3128: connect: connection refused',
    weight: 'fits',
  },
  {
    ...deadline,
    means: 'Where only a proxy leads out, a request that goes past it is never answered.',
    weight: 'fits',
  },
  {
    says: /dial tcp \S{1,64}:443: (?:connect: )?(?:i\/o timeout|connection timed out|connectex: a connection attempt failed)/,
    means: 'Where only a proxy leads out, a request that goes past it is never answered.',
    seenIn: 'dockerd',
    line: 'Get "https://registry-1.docker.io/v2/": dial tcp 3.216.34.172:443: i/o timeout',
    weight: 'allows',
  },
  {
    ...notTls,
    means: 'A proxy that is set with https:// and speaks plain HTTP looks so.',
    weight: 'allows',
  },
];
