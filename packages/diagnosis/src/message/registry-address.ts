/** An address of a registry's API that stands in a text. */
export interface RegistryAddress {
  /** As people name it: `docker.io` for each of Docker Hub's hosts. */
  registry: string;
  /** What follows the host. */
  path: string;
  start: number;
  end: number;
}

// Docker Hub answers under several names, and hands out its layers from others.
const dockerHubHosts =
  /^(?:index\.docker\.io|registry-1\.docker\.io|registry\.docker\.io|docker\.io|registry\.hub\.docker\.com|hub\.docker\.com|auth\.docker\.io|production\.cloudflare\.docker\.com|docker-images-prod\.[\w.-]+|cdn-registry-1\.docker\.io)$/;

// Some loggers leave the scheme out; only the API's own path tells such an address from a file's.
const address =
  /(?:https?:\/\/|(?<![\w/.-])(?=[a-z0-9.-]{1,255}(?::\d{1,5})?\/v2\/))([a-z0-9[][^\s/"'`<>()]{0,255})(\/[^\s"'`<>()\]]{0,2000})?/gi;
const addressesMax = 200;

/** Every http address of the text, with the name of the registry that its host stands for. */
export function readAddresses(text: string): RegistryAddress[] {
  const found: RegistryAddress[] = [];
  address.lastIndex = 0;
  for (let match = address.exec(text); match; match = address.exec(text)) {
    const [whole, host = '', path = ''] = match;
    // A mirror is asked with the name of the registry that it stands for.
    const registry = hostName(/[?&]ns=([^&\s]{1,255})/.exec(path)?.[1] ?? host);
    if (registry) found.push({ registry, path, start: match.index, end: match.index + whole.length });
    if (found.length === addressesMax) break;
  }
  return found;
}

/** The registry that a host stands for; null for what cannot be a host (a blanked one, a socket's path). */
export function hostName(host: string): string | null {
  const bare = host
    .replace(/^[^@]*@/, '')
    .replace(/[:.,]+$/, '')
    .toLowerCase();
  if (!/^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/.test(bare)) return null;
  const withoutPort = bare.replace(/:443$/, '');
  return dockerHubHosts.test(withoutPort) ? 'docker.io' : bare;
}

/** Whether the address is one of a registry's own API, and not of a token server or a web page. */
export function isRegistryApi({ path }: RegistryAddress): boolean {
  return /^\/v[12](?:\/|$)/.test(path) || path.startsWith('/registry-v2/');
}

/**
 * The image that an address of the distribution API asks for: `HOST/NAME:TAG` or `HOST/NAME@DIGEST` of
 * `/v2/NAME/manifests/…`, or the name alone for blobs, tags and `/v1/`.
 */
export function imageOfAddress({ registry, path }: RegistryAddress): string | null {
  const clean = path.replace(/[?#].*$/, '').replace(/[.:,;]+$/, '');
  const named = /^\/v2\/(.{1,255}?)\/(manifests|blobs|tags)\/([^/]{1,200})/.exec(clean);
  const old = named ? null : /^\/v1\/repositories\/(.{1,255}?)\/(?:images|tags)/.exec(clean);
  const repository = named?.[1] ?? old?.[1];
  if (!repository) return null;
  const pointer = named?.[2] === 'manifests' ? (named[3] ?? '') : '';
  const mark = pointer.includes(':') ? '@' : ':';
  return `${registry}/${repository}${pointer && `${mark}${pointer}`}`;
}
