import type { DaemonConfig } from '@pull-doctor/docker-config/daemon-config';
import type { ProxySettings } from '@pull-doctor/registry/settings';
import type { DaemonLook } from '../../daemon/docker-daemon.ts';

/** Go reads the upper-case name first, then the lower-case one (golang.org/x/net/http/httpproxy). */
export function environmentProxies(env: Record<string, string | undefined>): ProxySettings {
  const read = (name: string) => env[name] || env[name.toLowerCase()] || null;
  return {
    httpProxy: read('HTTP_PROXY'),
    httpsProxy: read('HTTPS_PROXY'),
    noProxy: read('NO_PROXY'),
    source: 'environment',
  };
}

/**
 * The proxies that a pull goes through: the daemon's, as it tells them; where it cannot be asked, those of
 * daemon.json; where that has none, this environment's, which is the best guess left.
 */
export function daemonProxies(look: DaemonLook, config: DaemonConfig, own: ProxySettings): ProxySettings {
  const file = config.proxies;
  const written: ProxySettings | null = file && {
    httpProxy: file.httpProxy?.reveal() ?? null,
    httpsProxy: file.httpsProxy?.reveal() ?? null,
    noProxy: file.noProxy,
    source: 'daemon.json',
  };
  if (!look.reached) return written ?? own;
  const { httpProxy, httpsProxy, noProxy } = look.info;
  const known = [written?.httpProxy, written?.httpsProxy, own.httpProxy, own.httpsProxy];
  return {
    httpProxy: withLogin(httpProxy, known),
    httpsProxy: withLogin(httpsProxy, known),
    noProxy,
    source: 'daemon',
  };
}

/** The daemon masks a proxy's login (`http://xxxxx:xxxxx@proxy:3128`); the same proxy elsewhere may have it in clear. */
function withLogin(masked: string | null, known: readonly (string | null | undefined)[]): string | null {
  if (!masked || !/\/\/xxxxx:xxxxx@/.test(masked)) return masked;
  const place = masked.replace('xxxxx:xxxxx@', '').replace(/\/+$/, '');
  return (
    known.find((proxy) => proxy && proxy.replace(/\/\/[^/@]*@/, '//').replace(/\/+$/, '') === place) ?? masked
  );
}

export function sameProxies(a: ProxySettings, b: ProxySettings): boolean {
  return a.httpProxy === b.httpProxy && a.httpsProxy === b.httpsProxy && a.noProxy === b.noProxy;
}
