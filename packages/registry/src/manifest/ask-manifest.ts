import type { ManifestAsk } from '@pull-doctor/contract/evidence/registry';
import type { RegistryError } from '@pull-doctor/contract/exchange';
import type { Asked, Asker } from '../http/asker.ts';
import { headerOf, headersOf, type RawHeaders } from '../http/raw-headers.ts';
import type { Authorization } from '../token/tokens.ts';
import { parseChallenges } from '../token/www-authenticate.ts';
import { bareType, manifestAccept } from './media-types.ts';
import { isDigest } from './read-manifest.ts';

/** The registry's answer about one manifest, for evidence and for going on. */
export interface ManifestAsked {
  ask: ManifestAsk;
  /** Of the last answer: its rate limit and its challenge. */
  headers: RawHeaders;
  /** The body, where it came already because only GET was answered. */
  got: { bytes: Buffer; mediaType: string } | null;
}

// What the specification demands of registries at least, and what containerd reads at most (8 MiB) is seldom seen.
export const manifestBytesMax = 4 * 1024 * 1024 + 1;

/**
 * Asks for a manifest as Docker does, by HEAD, which costs no pull. A refusal has no body there, so that the same is
 * then asked by GET once, for the registry's own words.
 *
 * @param repository `https://host/v2/NAME/`
 * @param wanted a tag or a digest
 */
export async function askManifest(
  asker: Asker,
  repository: URL,
  wanted: string,
  { as, authorization }: { as: ManifestAsk['as']; authorization: Authorization },
): Promise<ManifestAsked> {
  const url = new URL(`manifests/${wanted}`, repository);
  const head = await asker.ask(manifestRequest('HEAD', url, authorization));
  const hasNoWords = head.status !== null && head.status >= 400;
  const get = hasNoWords ? await asker.ask(manifestRequest('GET', url, authorization)) : null;
  const last = get?.status ? get : head;
  const errors = get?.exchange.answer?.errors ?? [];
  const status = last.status;
  const mediaType = bareType(headerOf(last.headers, 'content-type')) || null;
  const digest = headerOf(last.headers, 'docker-content-digest')?.trim() ?? null;
  const outcome = outcomeOf(last, errors, mediaType);
  const challengeError = challengeErrorOf(last.headers) ?? challengeErrorOf(head.headers);
  return {
    ask: {
      as,
      head: head.exchange,
      get: get?.exchange ?? null,
      outcome,
      status,
      errors,
      challengeError: challengeError && asker.shown(challengeError, 100),
      mediaType: outcome === 'found' ? mediaType : null,
      digest: outcome === 'found' && digest && isDigest(digest) ? digest : null,
    },
    headers: [...last.headers, ...(last === head ? [] : head.headers)],
    got: get?.status === 200 ? { bytes: get.body, mediaType: mediaType ?? '' } : null,
  };
}

/** The body of a manifest that is known to be there. */
export function getManifest(
  asker: Asker,
  repository: URL,
  digest: string,
  authorization: Authorization,
): Promise<Asked> {
  return asker.ask({
    ...manifestRequest('GET', new URL(`manifests/${digest}`, repository), authorization),
    bytesMax: manifestBytesMax,
    longer: 'fails',
  });
}

function manifestRequest(method: 'HEAD' | 'GET', url: URL, authorization: Authorization) {
  return {
    method,
    url,
    accept: manifestAccept,
    authorization,
    bytesMax: method === 'HEAD' ? 0 : manifestBytesMax,
    longer: 'fails',
    redirects: 'followed',
    showsBody: false,
  } as const;
}

function outcomeOf(
  asked: Asked,
  errors: readonly RegistryError[],
  mediaType: string | null,
): ManifestAsk['outcome'] {
  const { status } = asked;
  if (status === null) return 'failed';
  // A page where a manifest should be: a portal or a reverse proxy that answers 200 to everything.
  if (status === 200) return mediaType === 'text/html' ? 'unusable' : 'found';
  if (status === 401) return 'unauthorized';
  // 412: a policy of the project forbids the pull (Harbor).
  if (status === 403 || status === 412) return 'denied';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'server-error';
  const codes = errors.map(({ code }) => code.toUpperCase());
  if (codes.includes('TOOMANYREQUESTS')) return 'rate-limited';
  // 405 with DENIED: a namespace that was switched off (Quay).
  if (codes.includes('DENIED')) return 'denied';
  if (codes.includes('UNAUTHORIZED')) return 'unauthorized';
  if (codes.includes('MANIFEST_UNKNOWN') || codes.includes('NAME_UNKNOWN')) return 'not-found';
  return 'unusable';
}

function challengeErrorOf(headers: RawHeaders): string | null {
  return parseChallenges(headersOf(headers, 'www-authenticate')).find(({ error }) => error)?.error ?? null;
}
