import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export type NameFault = 'wrong-name' | 'no-names';

/**
 * Whether a certificate is for this host, as Go decides it (crypto/x509, Certificate.VerifyHostname): subjectAltName
 * only, never the common name; an address only against address entries; `*` only as the whole first label.
 *
 * @param names `DNS:…` and `IP:…`
 */
export function nameFault(host: string, names: readonly string[]): NameFault | null {
  if (names.length === 0) return 'no-names';
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare)) {
    const wanted = ipaddr.process(bare).toString();
    const addresses = names.filter((name) => name.startsWith('IP:')).map((name) => name.slice(3));
    return addresses.some((address) => isIP(address) && ipaddr.process(address).toString() === wanted)
      ? null
      : 'wrong-name';
  }
  const patterns = names.filter((name) => name.startsWith('DNS:')).map((name) => name.slice(4));
  return patterns.some((pattern) => matchesName(pattern, bare)) ? null : 'wrong-name';
}

function matchesName(pattern: string, host: string): boolean {
  const wanted = host.toLowerCase().replace(/\.$/, '').split('.');
  const offered = pattern.toLowerCase().split('.');
  if (wanted.length !== offered.length || wanted.includes('') || offered.includes('')) return false;
  return offered.every((label, at) => (at === 0 && label === '*') || label === wanted[at]);
}

/**
 * The entries of Node's `subjectAltName` text, which quotes what could be mistaken for a comma:
 * `DNS:localhost, IP Address:127.0.0.1, DNS:"odd, name"`.
 */
export function namesOf(subjectAltName: string | undefined): string[] {
  const entries = subjectAltName?.match(/(?:DNS|IP Address|URI|email):(?:"(?:[^"\\]|\\.)*"|[^,]*)/g) ?? [];
  return entries
    .map((entry) => entry.replace(/^IP Address:/, 'IP:'))
    .filter((entry) => entry.startsWith('DNS:') || entry.startsWith('IP:'));
}
