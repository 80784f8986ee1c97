import { isIP } from 'node:net';
import type { ProxyEvidence } from '@pull-doctor/contract/evidence/network';
import ipaddr from 'ipaddr.js';
import type { ProxySettings } from '../settings.ts';
import { type ProxyServer, parseProxy } from './proxy-address.ts';

export type ProxyChoice =
  | { use: 'none' | 'bypassed'; why: string }
  | { use: 'used'; why: string; proxy: ProxyServer };

/**
 * Which proxy a request goes through, as Go decides it (golang.org/x/net/http/httpproxy, config.proxyForURL).
 *
 * @param host without brackets
 */
export function chooseProxy(
  { scheme, host, port }: { scheme: 'http' | 'https'; host: string; port: number },
  settings: ProxySettings,
): ProxyChoice {
  const variable = scheme === 'https' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = (scheme === 'https' ? settings.httpsProxy : settings.httpProxy)?.trim();
  if (!value) return { use: 'none', why: `${variable} is not set.` };
  const proxy = parseProxy(value);
  // Go ignores an address that it cannot read, without a word: the pull goes out directly.
  if (!proxy)
    return { use: 'none', why: `${variable} is set to something that is no address, so it is ignored.` };
  const bypass = bypassRule(host, port, settings.noProxy ?? '');
  if (bypass) return { use: 'bypassed', why: bypass };
  return { use: 'used', why: `${variable} is set, and nothing in NO_PROXY matches ${host}.`, proxy };
}

/** Upper case first, as Go reads them. `REQUEST_METHOD` (CGI) is not a matter for a daemon and is not looked at. */
export function proxiesOfEnvironment(
  environment: Record<string, string | undefined>,
  source: NonNullable<ProxyEvidence['source']>,
): ProxySettings {
  const read = (name: string) => environment[name] || environment[name.toLowerCase()] || null;
  return {
    httpProxy: read('HTTP_PROXY'),
    httpsProxy: read('HTTPS_PROXY'),
    noProxy: read('NO_PROXY'),
    source,
  };
}

/** The rule that keeps this host away from the proxy, in words; null where none does. */
function bypassRule(host: string, port: number, noProxy: string): string | null {
  const name = host.toLowerCase().trim();
  if (name === 'localhost') return 'localhost never goes through a proxy.';
  const address = isIP(name) ? ipaddr.process(name) : null;
  if (address?.range() === 'loopback') return 'Loopback addresses never go through a proxy.';
  for (const entry of noProxy.split(',').map((part) => part.trim().toLowerCase())) {
    if (entry !== '' && matches(entry, name, address, port)) return `NO_PROXY has "${entry}".`;
  }
  return null;
}

type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

function matches(entry: string, host: string, address: IpAddress | null, port: number): boolean {
  if (entry === '*') return true;
  if (ipaddr.isValidCIDR(entry)) return address !== null && inRange(address, entry);

  const { name, port: entryPort } = splitPort(entry);
  if (name === '') return false;
  if (entryPort !== null && entryPort !== String(port)) return false;
  if (isIP(name)) return address !== null && ipaddr.process(name).toString() === address.toString();
  // An address is never compared with a domain (Go since CVE-2025-22870).
  if (address) return false;

  const pattern = name.startsWith('*.') ? name.slice(1) : name;
  // ".corp" means the hosts under it, "corp" the host itself as well.
  if (pattern.startsWith('.')) return host.endsWith(pattern);
  return host === pattern || host.endsWith(`.${pattern}`);
}

function inRange(address: IpAddress, range: string): boolean {
  const [network, bits] = ipaddr.parseCIDR(range);
  if (address instanceof ipaddr.IPv4 && network instanceof ipaddr.IPv4) return address.match(network, bits);
  if (address instanceof ipaddr.IPv6 && network instanceof ipaddr.IPv6) return address.match(network, bits);
  return false;
}

/** Go's net.SplitHostPort, with the entry as it is where that fails ("::1" has too many colons and no port). */
function splitPort(entry: string): { name: string; port: string | null } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(entry);
  if (bracketed) return { name: bracketed[1] ?? '', port: bracketed[2] ?? null };
  const colon = entry.indexOf(':');
  if (colon === -1 || colon !== entry.lastIndexOf(':')) return { name: entry, port: null };
  return { name: entry.slice(0, colon), port: entry.slice(colon + 1) };
}
