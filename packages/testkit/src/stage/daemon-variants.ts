import type { DockerdOptions } from '../dockerd.ts';
import type { Fault, Network } from '../faults/fault.ts';
import { proxyLogin } from '../proxy-server.ts';
import { closedAddress, domain } from './hosts.ts';
import type { Place, StageServers } from './servers.ts';

/** Which daemon a row needs. A daemon's proxy is set at its start, so each proxy needs a daemon of its own. */
export type DaemonVariant = 'plain' | 'disk full' | Exclude<Network, 'loopback' | 'by-name'>;

/** The daemon for a row. */
export function variantOf({ network, daemon }: Fault, place: Place): DaemonVariant {
  if (daemon === 'disk full') return 'disk full';
  if (network === 'loopback') return 'plain';
  // names resolve in a namespace; elsewhere the proxy knows them
  if (network === 'by-name') return place === 'namespace' ? 'plain' : 'proxy';
  return network;
}

/** The proxy variables of a variant, for the daemon and for whoever looks over its shoulder. */
export function proxyVariables(variant: DaemonVariant, servers: StageServers): Record<string, string> {
  const url = proxyUrl(variant, servers.proxy);
  if (url === undefined) return {};
  return { HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: 'localhost,127.0.0.0/8' };
}

export function dockerdOptions(
  variant: DaemonVariant,
  servers: StageServers,
): Omit<DockerdOptions, 'folder'> {
  return {
    env: { SSL_CERT_FILE: servers.certificates.bundle, ...proxyVariables(variant, servers) },
    ...(variant === 'disk full' ? { diskMegabytes: 8 } : {}),
  };
}

function proxyUrl(
  variant: DaemonVariant,
  { address, port }: { address: string; port: number },
): string | undefined {
  const { user, password } = proxyLogin;
  switch (variant) {
    case 'plain':
    case 'disk full':
      return undefined;
    case 'proxy':
      return `http://${address}:${port}`;
    case 'proxy-with-login':
      return `http://${user}:${password}@${address}:${port}`;
    case 'proxy-wrong-login':
      return `http://${user}:wrong@${address}:${port}`;
    case 'proxy-wrong-scheme':
      return `https://${address}:${port}`;
    case 'proxy-down':
      return `http://${closedAddress}`;
    case 'proxy-unknown-name':
      return `http://proxy.nx.${domain}:3128`;
  }
}
