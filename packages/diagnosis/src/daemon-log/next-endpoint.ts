import { readAddresses } from '../message/registry-address.ts';
import type { LogEntry } from './read-line.ts';
import type { Said } from './said.ts';

/** What decides in which order a daemon asks, as `GET /info` tells it. */
export interface DaemonRegistries {
  /** Addresses: `https://mirror.example.com/`. Asked before Docker Hub, and for nothing else. */
  mirrors: readonly string[];
  /** Hosts, with a port where one is given, and CIDR ranges. 127.0.0.0/8 is one always. */
  insecureRegistries: readonly string[];
}

/** The hosts of the daemon's mirrors, with the port if one is given. */
export function mirrorHosts({ mirrors }: DaemonRegistries): ReadonlySet<string> {
  return new Set(
    mirrors.map((mirror) =>
      mirror
        .replace(/^https?:\/\//i, '')
        .replace(/\/.*$/, '')
        .toLowerCase(),
    ),
  );
}

/**
 * Whether the daemon may try another endpoint after the one that this line tells of, and succeed without a further line:
 * Docker Hub after a mirror, plain http after https. What names no endpoint was said by one that answered over TLS, so that
 * plain http is not tried; it may be a mirror where there is one.
 *
 * Follows lookupV2Endpoints and pullEndpoints of moby. containerd's store falls back to plain http within one request.
 */
export function mayGoOn(entry: LogEntry, { error }: Said, daemon: DaemonRegistries): boolean {
  const mirrors = mirrorHosts(daemon);
  const host = entry.fields.get('host');
  if (host !== undefined) return mirrors.has(host.toLowerCase());
  const asked = askedFor((error ?? '').slice(0, addressWithin));
  if (!asked) return mirrors.size > 0;
  if (mirrors.has(asked.host)) return true;
  return asked.isPing && asked.scheme === 'https' && mayBeInsecure(asked.host, daemon.insecureRegistries);
}

const addressWithin = 2_000;

/** The endpoint whose API was asked; a token server is none. */
function askedFor(error: string): { scheme: string; host: string; isPing: boolean } | null {
  const api = readAddresses(error).find(({ path }) => path.startsWith('/v2/'));
  const address = api && /^(https?):\/\/([^/]+)/i.exec(error.slice(api.start, api.end));
  if (!address) return null;
  const [, scheme = '', host = ''] = address;
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), isPing: /^\/v2\/[:,]?$/.test(api.path) };
}

/** A name may resolve to an address in a range, which cannot be seen from here. */
function mayBeInsecure(host: string, insecure: readonly string[]): boolean {
  const name = host.replace(/:\d{1,5}$/, '');
  if (name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name)) return true;
  return insecure.some((entry) => {
    const listed = entry.toLowerCase();
    if (!listed.includes('/')) return listed === host || listed === name;
    return !isLoopback(listed) && !isOutside(name, listed);
  });
}

const isLoopback = (range: string): boolean => range.startsWith('127.') || range.startsWith('::1/');

/** Whether an address is surely not in an IPv4 range. */
function isOutside(name: string, range: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const address = numberOf(name);
  const from = numberOf(network);
  if (address === null || from === null) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) !== Math.floor(from / size);
}

function numberOf(address: string): number | null {
  const parts = address.split('.').map(Number);
  const isAddress =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256);
  return isAddress ? parts.reduce((sum, part) => sum * 256 + part, 0) : null;
}
