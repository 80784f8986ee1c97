/** Pages that show one image, and how the image is written in their address. Paths come without the leading slash. */
const pages: readonly { host: RegExp; path: RegExp; image: (...parts: string[]) => string }[] = [
  { host: /^hub\.docker\.com$/, path: /^_\/([^/]+)/, image: (name) => name ?? '' },
  {
    host: /^hub\.docker\.com$/,
    path: /^(?:r|u)\/([^/]+)\/([^/]+)/,
    image: (user, name) => `${user}/${name}`,
  },
  {
    host: /^hub\.docker\.com$/,
    path: /^(?:layers|repository\/docker)\/([^/]+)\/([^/]+)/,
    image: (user, name) => (user === 'library' ? (name ?? '') : `${user}/${name}`),
  },
  {
    host: /^(?:www\.)?github\.com$/,
    path: /^(?:orgs\/|users\/)?([^/]+)\/(?:[^/]+\/)?(?:pkgs|packages)\/container\/(?:package\/)?([^/]+)/,
    image: (owner, name) => `ghcr.io/${owner}/${name}`,
  },
  {
    host: /^quay\.io$/,
    path: /^repository\/([^/]+)\/([^/]+)/,
    image: (space, name) => `quay.io/${space}/${name}`,
  },
  {
    host: /^gallery\.ecr\.aws$/,
    path: /^([^/]+)\/([^/]+)/,
    image: (space, name) => `public.ecr.aws/${space}/${name}`,
  },
  {
    host: /^(?:www\.)?mcr\.microsoft\.com$/,
    path: /^(?:[a-z]{2}-[a-z]{2}\/)?(?:product|artifact\/mar)\/(.+?)(?:\/(?:about|tags|tag\/.*))?$/,
    image: (name) => `mcr.microsoft.com/${name}`,
  },
];

// Longer than any of those pages' addresses, and short enough that no pattern can be made to run long.
const addressLengthMax = 2048;

/**
 * The image that a pasted web address shows, as a reference; null where the address is no such page. Takes an address
 * with or without its scheme; query and fragment are left out. The result is a guess at a name: parse it.
 */
export function imageOfWebAddress(address: string): string | null {
  if (address.length > addressLengthMax) return null;
  const bare = withoutScheme(address);
  const slash = bare.indexOf('/');
  if (slash < 0) return null;
  const host = bare.slice(0, slash).toLowerCase();
  const path = bare.slice(slash + 1).replace(/\/+$/, '');
  for (const page of pages) {
    const parts = page.host.test(host) ? page.path.exec(path) : null;
    if (parts) return decode(page.image(...parts.slice(1))).toLowerCase();
  }
  return null;
}

/** An address without `https://`, `docker://` and the like, and without query and fragment. */
export function withoutScheme(address: string): string {
  return address.replace(/^[A-Za-z][A-Za-z0-9+.-]{0,30}:\/{2,3}/, '').replace(/[?#].*$/s, '');
}

// GitHub writes a package name with a slash in it as `name%2Fpart`.
function decode(path: string): string {
  return path.replace(/%2f/gi, '/');
}
