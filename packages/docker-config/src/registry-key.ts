/** Under what Docker looks a registry up: for Docker Hub the address of its first API, for all others host and port. */
export function lookupKeyOf(registry: string): string {
  return registry === 'docker.io' || registry === 'index.docker.io' ? dockerHubKey : registry;
}

export const dockerHubKey = 'https://index.docker.io/v1/';

/** `docker login` in a browser leaves two more entries for Docker Hub, which pulls do not read. */
const webLoginKeys = new Set([`${dockerHubKey}access-token`, `${dockerHubKey}refresh-token`]);

/**
 * The host (and port) that Docker sees in a key of `auths`: without scheme and path. As Go's url.Parse has it, the case
 * and a port 443 stay as written (cli/config/credentials/file_store.go, ConvertToHostname).
 */
export function hostOfKey(key: string): string {
  const address =
    /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(?::([0-9]*))?(?:[/?#]|$)/.exec(key);
  const host = address?.[1] ?? '';
  const port = address?.[2] ?? '';
  if (host === '' || /[\s<>"\\^`{|}]/.test(host)) return key.split('/')[0] ?? '';
  if (port === '') return host.replace(/^\[|\]$/g, '');
  return `${host}:${port}`;
}

export function isDockerHubKey(key: string): boolean {
  return dockerHubNames.test(hostOfKey(key).trim());
}

export interface DeadKey {
  code: 'dead-key' | 'other-port';
  why: string;
}

const dockerHubNames =
  /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|registry\.docker\.io|auth\.docker\.io|(?:www\.)?docker\.com|hub\.docker\.com|registry\.hub\.docker\.com)(?::443)?$/i;

/**
 * Why a key that looks meant for a registry is not the one that Docker looks up; null for keys that are, and for those
 * of other registries.
 */
export function deadKey(key: string, registry: string): DeadKey | null {
  const lookup = lookupKeyOf(registry);
  if (key === lookup || webLoginKeys.has(key)) return null;
  const host = hostOfKey(key);
  if (lookup === dockerHubKey) {
    if (!dockerHubNames.test(host.trim())) return null;
    return { code: 'dead-key', why: `For Docker Hub, Docker reads only the key ${dockerHubKey}.` };
  }
  if (host === registry) return null;
  if (host.trim() === registry) return { code: 'dead-key', why: 'There is white space around the host.' };
  if (host.toLowerCase() === registry.toLowerCase())
    return { code: 'dead-key', why: `Docker compares letter by letter, and the image says ${registry}.` };
  if (withoutPort(host).toLowerCase() === withoutPort(registry).toLowerCase())
    return { code: 'other-port', why: `The port has to be the one of the image name, ${registry}.` };
  if (host.includes('*') && matchesWildcard(host, registry))
    return {
      code: 'dead-key',
      why: 'Docker takes * for a character of the name; most versions know no wildcards.',
    };
  return null;
}

function withoutPort(host: string): string {
  return host.trim().replace(/:[0-9]*$/, '');
}

/** `*.dkr.ecr.*.amazonaws.com`: a star is any part of one label. */
function matchesWildcard(pattern: string, host: string): boolean {
  const labels = host.split('.');
  const wanted = pattern.split('.');
  return (
    wanted.length === labels.length &&
    wanted.every((part, index) => {
      const pieces = part.split('*');
      const label = labels[index] ?? '';
      const [first = ''] = pieces;
      const last = pieces.at(-1) ?? '';
      if (pieces.length === 1) return part === label;
      return label.length >= first.length + last.length && label.startsWith(first) && label.endsWith(last);
    })
  );
}
