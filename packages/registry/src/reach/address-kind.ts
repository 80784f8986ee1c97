import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Where an address leads, as far as guards care.
 *
 * `metadata` are the fixed addresses at which clouds hand credentials to whoever asks from inside a machine.
 */
export type AddressKind =
  | 'public'
  | 'private'
  | 'loopback'
  | 'link-local'
  | 'metadata'
  | 'multicast'
  | 'unspecified'
  | 'reserved';

// AWS, Azure, GCP, OpenStack and more share 169.254.169.254; the others are ECS tasks, AWS and GCP over IPv6, Alibaba,
// Oracle and Azure's wire server.
const metadataAddresses = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
]);

const metadataNames = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.packet.net',
  'metadata.platformequinix.com',
]);

/** @param address an IPv4 or IPv6 address; anything else is `reserved`, which no guard lets through */
export function addressKind(address: string): AddressKind {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!isIP(bare)) return 'reserved';
  const parsed = ipaddr.process(bare);
  const inner = parsed instanceof ipaddr.IPv6 ? embeddedIPv4(parsed) : null;
  if (inner) return addressKind(inner);
  if (metadataAddresses.has(parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString())) {
    return 'metadata';
  }
  return kindOfRange[parsed.range()] ?? 'public';
}

/** Names under which clouds serve credentials; they are refused before they are looked up. */
export function isMetadataName(host: string): boolean {
  return metadataNames.has(host.toLowerCase().replace(/\.$/, ''));
}

/** Whether two addresses lie in one /24 (IPv4) or one /64 (IPv6). */
export function inSameNetwork(one: string, other: string): boolean {
  if (!isIP(one) || !isIP(other)) return false;
  const [a, b] = [ipaddr.process(one), ipaddr.process(other)];
  if (a instanceof ipaddr.IPv4 && b instanceof ipaddr.IPv4) return a.match(b, 24);
  if (a instanceof ipaddr.IPv6 && b instanceof ipaddr.IPv6) return a.match(b, 64);
  return false;
}

// Ranges that mean "public" here although they are special: 198.18.0.0/15 is what some VPN and proxy programs answer
// for every public name, and the documentation ranges lead nowhere.
const kindOfRange: Record<string, AddressKind> = {
  unspecified: 'unspecified',
  broadcast: 'multicast',
  multicast: 'multicast',
  linkLocal: 'link-local',
  loopback: 'loopback',
  private: 'private',
  carrierGradeNat: 'private',
  uniqueLocal: 'private',
  deprecatedSiteLocal: 'private',
};

// Addresses that a gateway turns into the IPv4 address inside: NAT64 (RFC 6052), 6to4 (RFC 3056), and the deprecated
// "IPv4-compatible" form ::a.b.c.d.
function embeddedIPv4(address: ipaddr.IPv6): string | null {
  const bytes = address.toByteArray();
  if (address.range() === 'rfc6052') return bytes.slice(12).join('.');
  if (address.range() === '6to4') return bytes.slice(2, 6).join('.');
  const isCompatible =
    bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12, 15).some((byte) => byte !== 0);
  return isCompatible ? bytes.slice(12).join('.') : null;
}
