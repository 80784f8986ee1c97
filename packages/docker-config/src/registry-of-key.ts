import { isRegistry, looksLikeHost } from '@pull-doctor/diagnosis/reference/grammar';
import { deadKey, hostOfKey, isDockerHubKey, lookupKeyOf } from './registry-key.ts';
import { shownKey } from './shown-key.ts';

/** The registry that a key is about, or why it is about none. */
export type RegistryOfKey = { host: string } | { host: null; why: string };

// a name of DNS, a colon and a port
const hostCharactersMax = 253 + 6;

/**
 * The registry that a key of a configuration or of a credential store is meant for: as in image names, in lower case,
 * with its port, `docker.io` for all of Docker Hub's names. A key that no image name can lead to names none.
 */
export function registryOfKey(key: string): RegistryOfKey {
  if (isDockerHubKey(key)) return { host: 'docker.io' };
  const host = hostOfKey(key).trim().toLowerCase();
  const none = (why: string) => ({ host: null, why });
  if (host === '') return none('It names no host.');
  if (host.length > hostCharactersMax) return none('It is longer than a host can be.');
  if (host.includes('*'))
    return none('Docker compares keys letter by letter, and most versions know no wildcards.');
  if (host.includes('@')) return none('It holds a login, and Docker looks for a host alone.');
  if (/[\s\p{C}]/u.test(host)) return none('It holds white space or an invisible character.');
  if (!isRegistry(host)) return none('No image name can have it as its host.');
  if (!looksLikeHost(host))
    return none(`Without a dot or a port it is no host: an image ${host}/… is one of Docker Hub.`);
  return { host };
}

/**
 * Why Docker does not read a key for the registry that it is meant for; null where it does. What a credential store
 * does with a key is its own affair: some find hosts by other spellings.
 */
export function whyNeverRead(
  place: 'auths' | 'credHelpers' | 'credsStore' | 'DOCKER_AUTH_CONFIG',
  key: string,
  registry: string,
): string | null {
  if (registry === 'docker.io') return deadKey(key, registry)?.why ?? null;
  if (place === 'credsStore' || key === registry) return null;
  const host = hostOfKey(key);
  if (host.trim() !== host) return 'There is white space around the host.';
  if (host !== registry)
    return `Docker compares letter by letter: only image names with ${shownKey(host)} lead to it.`;
  if (place === 'auths') return null;
  return `In ${place}, Docker reads only the key ${lookupKeyOf(registry)}, without scheme and path.`;
}
