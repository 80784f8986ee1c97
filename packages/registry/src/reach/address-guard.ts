import { isIP } from 'node:net';
import { type AddressKind, addressKind, isMetadataName } from './address-kind.ts';

/** Where the registry itself stands: what it names may not lead to a more inner place than that. */
export interface RegistryPlace {
  host: string;
  /** `null` where only the proxy knows the address. */
  kind: AddressKind | null;
}

/**
 * Why Pull Doctor does not go to an address that a registry named (as realm or by a redirect); null where it may.
 *
 * A registry chooses these addresses, and Pull Doctor stands inside the network: without this, anybody who gets a
 * reference diagnosed could have the cloud's metadata service or a neighbour's port asked.
 *
 * @param isTrusted by the operator's setting: private addresses are then fine, metadata never is
 */
export function addressObjection(
  host: string,
  address: string,
  registry: RegistryPlace,
  isTrusted = false,
): string | null {
  const kind = addressKind(address);
  const shown = host === address ? address : `${host} (${address})`;
  switch (kind) {
    case 'metadata':
    case 'link-local':
    case 'multicast':
    case 'unspecified':
    case 'reserved':
      return `${shown} is a ${words[kind]} address.`;
    case 'public':
      return null;
    case 'loopback':
      if (isTrusted || host === registry.host || registry.kind === 'loopback') return null;
      return `${shown} is a loopback address, and the registry is not.`;
    case 'private':
      if (isTrusted || host === registry.host || registry.kind === 'private' || registry.kind === 'loopback')
        return null;
      return `${shown} is a private address, and the registry is not.`;
  }
}

/** What can be said before a name is looked up, or where the proxy does that. */
export function nameObjection(host: string, registry: RegistryPlace, isTrusted = false): string | null {
  if (isMetadataName(host)) return `${host} is the name of a cloud's metadata service.`;
  if (/(?:^|\.)localhost\.?$/i.test(host)) return addressObjection(host, '127.0.0.1', registry, isTrusted);
  return isIP(host) ? addressObjection(host, host, registry, isTrusted) : null;
}

const words = {
  metadata: 'cloud metadata',
  'link-local': 'link-local',
  multicast: 'multicast',
  unspecified: 'unspecified',
  reserved: 'reserved',
} as const;
