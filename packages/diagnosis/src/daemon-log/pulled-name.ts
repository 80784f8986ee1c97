import { cleanText } from '../message/clean-text.ts';
import { bestMention, findImages } from '../message/find-images.ts';
import { hostName, isRegistryApi, readAddresses } from '../message/registry-address.ts';
import { canonical } from '../reference/names.ts';
import { parseReference } from '../reference/parse-reference.ts';
import type { LogEntry } from './read-line.ts';
import type { Said } from './said.ts';

/** What the lines of a pull tell of its image: all of it, its repository, its registry, or nothing. */
export interface PulledName {
  registry: string | null;
  repository: string | null;
  tag: string | null;
  digest: string | null;
}

export const nothingNamed: PulledName = { registry: null, repository: null, tag: null, digest: null };

/** `registry/repository:tag@digest`; null where tag and digest are not known, since such a name would mean `latest`. */
export function referenceOf({ registry, repository, tag, digest }: PulledName): string | null {
  if (registry === null || repository === null || (tag === null && digest === null)) return null;
  return canonical({ registry, repository, tag, digest });
}

/** Whether both can be of one pull. */
export function areCompatible(one: PulledName, other: PulledName): boolean {
  return (['registry', 'repository', 'tag', 'digest'] as const).every(
    (part) => one[part] === null || other[part] === null || one[part] === other[part],
  );
}

/** The fuller one of two names of one pull. */
export function fuller(one: PulledName, other: PulledName): PulledName {
  return partsOf(other) > partsOf(one) ? other : one;
}

const partsOf = (name: PulledName): number => Object.values(name).filter((part) => part !== null).length;

// An error is quoted whole, be it a registry's page; the name stands in front.
const searchedMax = 16_000;

/**
 * The image that a line names, by the surest place it stands in: the request, a field, a sentence of the error, the address
 * that was asked. A mirror's host stands for Docker Hub, since dockerd asks its mirrors for nothing else.
 *
 * @param mirrors Their hosts, with the port if one is given.
 */
export function nameIn(entry: LogEntry, { error }: Said, mirrors: ReadonlySet<string>): PulledName {
  const { fields } = entry;
  const asked = inRequest(fields.get('request-url') ?? '') ?? fields.get('remote') ?? null;
  const whole = asked === null ? null : inReference(asked);
  if (whole) return whole;
  const text = [error ?? '', fields.get('url') ?? ''].join(' ').slice(0, searchedMax);
  return inText(text, mirrors) ?? inHost(fields.get('host'), text, mirrors);
}

function inRequest(url: string): string | null {
  const query = url.split('?', 2)[1];
  if (query === undefined) return null;
  const image = parameter(query, 'fromImage');
  if (image === null) return null;
  const tag = parameter(query, 'tag');
  if (tag === null || tag === '') return image;
  return tag.includes(':') ? `${image}@${tag}` : `${image}:${tag}`;
}

function parameter(query: string, name: string): string | null {
  const written = query.split('&').find((part) => part.startsWith(`${name}=`));
  if (written === undefined) return null;
  try {
    return decodeURIComponent(written.slice(name.length + 1).replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function inReference(text: string): PulledName | null {
  const parsed = parseReference(text);
  return parsed.ok ? parsed.reference : null;
}

const deprecated = /Suggest the author of (\S{1,400}) to upgrade/;

function inText(text: string, mirrors: ReadonlySet<string>): PulledName | null {
  const author = deprecated.exec(text)?.[1];
  if (author) return inReference(author);
  // Commands and loose names stand in what a registry answered, not in what the daemon says.
  const mentions = findImages(cleanText(text)).filter(
    ({ from, isValid }) => isValid && (from === 'error' || from === 'address'),
  );
  const best = bestMention(mentions);
  const name = best && inReference(best.text);
  if (!best || !name) return null;
  const registry = name.registry !== null && mirrors.has(name.registry) ? dockerHub : name.registry;
  return best.isPointed ? { ...name, registry } : { ...name, registry, tag: null };
}

const dockerHub = 'docker.io';

/** The host that was asked, and the repository where the token server was asked for it by name. */
function inHost(host: string | undefined, text: string, mirrors: ReadonlySet<string>): PulledName {
  const asked = host ?? readAddresses(text).find(isRegistryApi)?.registry;
  const registry = asked === undefined ? null : hostName(asked);
  if (registry === null) return nothingNamed;
  const scope = /[?&]scope=repository(?:%3A|:)([^&\s"]{1,400}?)(?:%3A|:)pull/i.exec(text)?.[1];
  const repository = scope?.replace(/%2F/gi, '/') ?? null;
  return { ...nothingNamed, registry: mirrors.has(registry) ? dockerHub : registry, repository };
}
