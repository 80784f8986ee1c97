import type { ImageReference } from '@pull-doctor/contract/image-reference';

// github.com/distribution/reference, regexp.go. None of these can backtrack more than once per character: the
// separators share no character with what they separate.
const hostComponent = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)';
const host = `(?:${hostComponent}(?:\\.${hostComponent})*|\\[[a-fA-F0-9:]+\\])`;
const separator = '(?:[._]|__|-+)';
const pathComponent = `[a-z0-9]+(?:${separator}[a-z0-9]+)*`;

export const registryPattern = new RegExp(`^(${host})(?::([0-9]+))?$`);
export const separatorPattern = new RegExp(`^${separator}$`);
export const repositoryPattern = new RegExp(`^${pathComponent}(?:/${pathComponent})*$`);
export const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** What `docker images` prints: 64 digits name an image that is already here, never one in a registry. */
export const imageIdPattern = /^[a-f0-9]{64}$/;

/** Digits per algorithm: those that github.com/opencontainers/go-digest registers, lower case only. */
export const digestLengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

export const repositoryLengthMax = 255;
export const tagLengthMax = 128;
export const dockerHub = 'docker.io';
const legacyDockerHub = 'index.docker.io';
const officialPrefix = 'library/';

/** The parts of a reference by position, before any of them was checked. */
export interface ReferenceParts {
  /** What stands before the first slash, if Docker takes that for a host; null: the image is on Docker Hub. */
  host: string | null;
  /** Everything between the host and the tag, as written. */
  path: string;
  pathAt: number;
  tag: string | null;
  tagAt: number;
  digest: string | null;
  digestAt: number;
}

/**
 * Cuts a reference where Docker cuts it (normalize.go, splitDockerDomain). The first `@` begins the digest, the first
 * `:` after the host the tag. Any text can be cut; whether the parts are valid is another question.
 */
export function cutReference(text: string): ReferenceParts {
  const at = text.indexOf('@');
  const named = at < 0 ? text : text.slice(0, at);
  const slash = named.indexOf('/');
  const first = slash < 0 ? null : named.slice(0, slash);
  const host = first !== null && looksLikeHost(first) ? first : null;
  const pathAt = host === null ? 0 : slash + 1;
  const colon = named.indexOf(':', pathAt);
  return {
    host,
    path: named.slice(pathAt, colon < 0 ? undefined : colon),
    pathAt,
    tag: colon < 0 ? null : named.slice(colon + 1),
    tagAt: colon + 1,
    digest: at < 0 ? null : text.slice(at + 1),
    digestAt: at + 1,
  };
}

/** A reference that follows Docker's grammar, with Docker's defaults filled in; null for any other text. */
export function readReference(text: string): ImageReference | null {
  if (imageIdPattern.test(text)) return null;
  const { host, path, tag, digest } = cutReference(text);
  const registry = host === null || host === legacyDockerHub ? dockerHub : host;
  const repository = registry === dockerHub && !path.includes('/') ? officialPrefix + path : path;
  const valid =
    isRegistry(registry) &&
    repositoryPattern.test(repository) &&
    repository.length <= repositoryLengthMax &&
    (tag === null || tagPattern.test(tag)) &&
    (digest === null || isDigest(digest));
  if (!valid) return null;
  return { registry, repository, tag: tag ?? (digest === null ? 'latest' : null), digest };
}

/**
 * Whether Docker takes the part before the first slash for a host: `localhost`, anything with a dot or a colon, and
 * anything with an upper-case letter, since a repository has none.
 */
export function looksLikeHost(part: string): boolean {
  return part === 'localhost' || /[.:]/.test(part) || part.toLowerCase() !== part;
}

/**
 * Narrower than Docker's grammar in one point, the port: Docker takes any digits and then fails to connect. Ports end at
 * 65535, and no server can be reached on port 0.
 */
export function isRegistry(text: string): boolean {
  const port = registryPattern.exec(text);
  return port !== null && (port[2] === undefined || isPort(port[2]));
}

export function isPort(digits: string): boolean {
  const port = /^[0-9]+$/.test(digits) ? Number(digits) : Number.NaN;
  return port >= 1 && port <= 65535;
}

export function isDigest(text: string): boolean {
  const colon = text.indexOf(':');
  const digits = digestLengths.get(text.slice(0, Math.max(colon, 0)));
  return digits === text.length - colon - 1 && /^[a-f0-9]+$/.test(text.slice(colon + 1));
}
