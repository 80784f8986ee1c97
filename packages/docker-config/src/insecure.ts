import ipaddr from 'ipaddr.js';

export interface InsecureQuestion {
  /** As in the reference, with its port: `docker.io`, `localhost:5000`. */
  registry: string;
  /** What the host resolves to. Docker compares these with the ranges. */
  addresses: readonly string[];
  /** From daemon.json or `GET /info`: `HOST[:PORT]` and CIDR ranges. */
  insecureRegistries: readonly string[];
}

// Always there, whatever is configured: a registry on the same machine needs no certificate.
const loopback = ['127.0.0.0/8', '::1/128'];

/**
 * Whether dockerd takes a registry as insecure: it checks no certificate and tries plain http after https. As
 * moby/daemon/pkg/registry/config.go decides: Docker Hub never is, then names with their port by letter, then ranges by
 * any resolved address. `why` is one sentence.
 */
export function isInsecure({ registry, addresses, insecureRegistries }: InsecureQuestion): {
  insecure: boolean;
  why: string;
} {
  if (registry === 'docker.io') return { insecure: false, why: 'Docker Hub is never insecure.' };
  const entries = insecureRegistries.map((entry) => entry.replace(/^https?:\/\//i, ''));
  const ranges = entries.flatMap((entry) => readRange(entry) ?? []);
  const isRange = (entry: string) => readRange(entry) !== null;
  if (entries.some((entry) => !isRange(entry) && entry === registry))
    return { insecure: true, why: `${registry} is one of the insecure registries of the daemon.` };

  const candidates = hostAddress(registry) ?? addresses;
  for (const address of candidates) {
    const inside = [...loopback.flatMap((range) => readRange(range) ?? []), ...ranges].find((range) =>
      contains(range, address),
    );
    if (!inside) continue;
    const why = loopback.includes(inside.text)
      ? `${address} is this machine itself, which Docker always takes as insecure.`
      : `${address} is in ${inside.text}, an insecure range of the daemon.`;
    return { insecure: true, why };
  }
  return {
    insecure: false,
    why: 'The daemon checks its certificate: it is not one of the insecure registries.',
  };
}

interface Range {
  text: string;
  network: [ipaddr.IPv4 | ipaddr.IPv6, number];
}

function readRange(text: string): Range | null {
  // stricter than the library: Go takes no address without a length and none in octal
  if (!/^[0-9a-fA-F:.]+\/[0-9]{1,3}$/.test(text) || !ipaddr.isValidCIDR(text)) return null;
  return { text, network: ipaddr.parseCIDR(text) };
}

function contains({ network }: Range, text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  return address.kind() === network[0].kind() && address.match(network[0], network[1]);
}

/** The address that a registry names itself. `[::1]` without a port is none for Go, which then asks DNS for it. */
function hostAddress(registry: string): string[] | null {
  const [, bracketed] = /^\[([^\]]+)\]:[0-9]+$/.exec(registry) ?? [];
  const host = bracketed ?? registry.replace(/:[0-9]+$/, '');
  if (registry.startsWith('[') && bracketed === undefined) return [];
  return ipaddr.isValid(host) && !/^[0-9]+$/.test(host) ? [host] : null;
}
