import { hostName, isRegistryApi, readAddresses } from './registry-address.ts';

const host = '([a-z0-9[][a-z0-9._:\\]-]{1,255})';

// Sentences that name a registry and no image, in the order of trust.
const places: readonly RegExp[] = [
  /service=registry\.docker\.io|docker\.com\/increase-rate-limit|docs\.docker\.com\/go\/access-tokens/,
  new RegExp(`pinging (?:container|docker) registry ${host}`),
  new RegExp(`pulling from host ${host} failed`),
  /\blogin (?:(?:-u|-p|--username|--password)[= ]?\S{1,300} |--?[a-z-]{1,30}(?:=\S{1,300})? |-[up] \S{1,300} )*(?:https?:\/\/)?([a-z0-9[][a-z0-9._:\]-]{1,255})(?=[\s/"'`]|$)/,
  new RegExp(`login attempt to https?://${host}`),
  new RegExp(`\\(refhostname="${host}"\\)`),
  new RegExp(`dial tcp: lookup ${host}`),
  new RegExp(`\\blookup ${host}`),
  // A name whose path was blanked, and the hosts of the well-known registries wherever they stand.
  /(?:denied for|image|reference|from) ["'`]?((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,20}(?::\d{1,5})?)\//,
  /\b((?:ghcr|quay|icr)\.io|registry\.gitlab\.com|public\.ecr\.aws|mcr\.microsoft\.com|registry\.redhat\.io|\d{12}\.dkr\.ecr\.[a-z0-9-]{1,30}\.amazonaws\.com(?:\.cn)?|[a-z0-9-]{1,60}\.azurecr\.io|[a-z0-9-]{1,40}-docker\.pkg\.dev|(?:(?:us|eu|asia|k8s)\.)?gcr\.io)\b/,
  new RegExp(`\\bhost="?${host}`),
  new RegExp(
    `certificate is (?:not valid for any names, but wanted to match|valid for [^\\n]{1,300}, not) ${host}`,
  ),
];

/** The registry that a stretch of text speaks of, where it names no image; Docker Hub's many hosts are `docker.io`. */
export function findRegistry(lower: string): string | null {
  const api = readAddresses(lower).find(isRegistryApi);
  if (api) return api.registry;
  for (const place of places) {
    const match = place.exec(lower);
    if (!match) continue;
    if (match[1] === undefined) return 'docker.io';
    // "docker login" at the end of a sentence is followed by a word, not by a host.
    const found = hostName(match[1]);
    if (found && /[.:]|^localhost$/.test(found)) return found;
  }
  return null;
}
