import type { ManifestAsk, ManifestEvidence, Suggestion } from '@pull-doctor/contract/evidence/registry';
import type { Asker } from '../http/asker.ts';
import { isNearlyUsedUp, readRateLimit } from '../http/rate-limit.ts';
import { headerOf, type RawHeaders } from '../http/raw-headers.ts';
import type { Authorization, Tokens } from '../token/tokens.ts';
import { askManifest, getManifest, type ManifestAsked } from './ask-manifest.ts';
import { bareType } from './media-types.ts';
import { type ReadManifest, readManifest } from './read-manifest.ts';
import { listTags } from './tags.ts';

export interface ManifestSettings {
  asker: Asker;
  tokens: Tokens;
  /** `https://host/` */
  origin: URL;
  registryName: string;
  repository: string;
  tag: string | null;
  digest: string | null;
  candidates: readonly Candidate[];
  now: () => Date;
}

/** Another repository of this registry that may have been meant. It is suggested only if it is there. */
export interface Candidate {
  repository: string;
  tag: string;
  why: string;
}

export interface ManifestSeen {
  evidence: ManifestEvidence;
  /** Set where the body was read. */
  read: ReadManifest | null;
  /** What found the manifest; undefined where nothing did. */
  authorization: Authorization | undefined;
  isNearlyUsedUp: boolean;
  /** The answers, for a challenge that came only here. */
  answers: ManifestAsked[];
}

const candidatesMax = 3;

/**
 * Asks for the manifest as Docker would. Only where that does not find it, more is asked: the same as nobody, the
 * credential by itself, the list of tags, and other names that may have been meant. The body is read once.
 */
export async function lookAtManifest(settings: ManifestSettings): Promise<ManifestSeen> {
  const { asker, tokens, repository } = settings;
  const url = repositoryUrl(settings.origin, repository);
  const wanted = settings.digest ?? settings.tag ?? 'latest';
  const asDocker: ManifestAsk['as'] = tokens.sendsCredential ? 'signed-in' : 'anonymous';
  const ask = async (as: ManifestAsk['as']): Promise<Answered | null> => {
    const authorization = await (as === 'signed-in'
      ? tokens.signedIn(repository)
      : tokens.anonymous(repository));
    if (authorization === undefined) return null;
    return { ...(await askManifest(asker, url, wanted, { as, authorization })), authorization };
  };

  const first = await ask(asDocker);
  const isFound = first?.ask.outcome === 'found';
  // A token server that does not answer has refused nothing, and would not answer the other questions either.
  const isUnanswered = first ? isNoRefusal(first) : tokenFailed(tokens, asDocker);
  const isSettled = isFound || isUnanswered;
  const [other] =
    asDocker === 'signed-in' && !isSettled ? await Promise.all([ask('anonymous'), tokens.login()]) : [null];
  const finder = isFound ? first : other?.ask.outcome === 'found' ? other : null;
  const answers = [first, other].filter((one) => one !== null);
  const rateLimit = rateLimitOf(answers, settings);

  const evidence: ManifestEvidence = {
    wanted,
    asDocker,
    signedIn: asDocker === 'signed-in' ? (first?.ask ?? null) : null,
    anonymous: asDocker === 'signed-in' ? (other?.ask ?? null) : (first?.ask ?? null),
    repository: finder ? { exists: 'yes', why: 'The manifest was found in it.' } : repositoryBy(answers),
    tags: null,
    suggestions: [],
    rateLimit,
    body: null,
    bodyNotRead: null,
  };
  const seen: ManifestSeen = {
    evidence,
    read: null,
    authorization: finder?.authorization,
    isNearlyUsedUp: isNearlyUsedUp(rateLimit),
    answers,
  };
  if (finder) await readBody(settings, url, wanted, finder, seen);
  else if (!isUnanswered) await lookAround(settings, url, wanted, answers, seen);
  return seen;
}

export function repositoryUrl(origin: URL, repository: string): URL {
  // The name comes from a parsed reference: letters, digits and separators only.
  return new URL(`/v2/${repository}/`, origin);
}

type Answered = ManifestAsked & { authorization: Authorization };

/** No answer, a limit, a fault of the server: asking more would tell nothing and add to the load. */
function isNoRefusal({ ask: { outcome } }: ManifestAsked): boolean {
  return outcome === 'failed' || outcome === 'rate-limited' || outcome === 'server-error';
}

function tokenFailed({ evidence }: Tokens, as: ManifestAsk['as']): boolean {
  return (as === 'signed-in' ? evidence.signedIn : evidence.anonymous)?.outcome === 'failed';
}

async function readBody(
  { asker, origin, repository, now }: ManifestSettings,
  url: URL,
  wanted: string,
  finder: Answered,
  seen: ManifestSeen,
): Promise<void> {
  // Who asks for a digest wants that one, whatever the registry calls what it sends.
  const digest = wanted.includes(':') ? wanted : finder.ask.digest;
  if (finder.got) {
    seen.read = readManifest(finder.got.bytes, finder.got.mediaType, digest);
    seen.evidence.body = seen.read.body;
    return;
  }
  if (seen.isNearlyUsedUp) {
    const left = seen.evidence.rateLimit?.remaining;
    seen.evidence.bodyNotRead = `Reading it counts as a pull on ${origin.hostname}, and ${left} are left.`;
    return;
  }
  const asked = await getManifest(asker, url, digest ?? wanted, finder.authorization);
  finder.ask.get = asked.exchange;
  const counted = shownRateLimit(asked.headers, { asker, now });
  if (counted) seen.evidence.rateLimit = counted;
  if (asked.status !== 200) {
    const why = asked.failure?.message ?? `the registry answers ${asked.status}`;
    seen.evidence.bodyNotRead = `${repository} has it by HEAD, and reading it failed: ${why}`;
    return;
  }
  seen.read = readManifest(asked.body, bareType(headerOf(asked.headers, 'content-type')), digest);
  seen.evidence.body = seen.read.body;
}

/** What is there instead: the tags of the repository, and other repositories that may have been meant. */
async function lookAround(
  settings: ManifestSettings,
  url: URL,
  wanted: string,
  answers: readonly ManifestAsked[],
  seen: ManifestSeen,
): Promise<void> {
  const { asker, tokens, repository, registryName } = settings;
  const best = answers.find(({ ask }) => ask.outcome === 'not-found') ?? answers[0];
  const authorization = await (best?.ask.as === 'signed-in'
    ? tokens.signedIn(repository)
    : tokens.anonymous(repository));
  const [list, proven] = await Promise.all([
    authorization === undefined ? null : listTags(asker, url, authorization, wanted),
    proveCandidates(settings),
  ]);
  const { evidence } = seen;
  evidence.tags = list?.tags ?? null;
  if (list && evidence.repository.exists === 'unknown') evidence.repository = list.exists;
  const near = settings.tag ? (list?.tags?.near ?? []) : [];
  evidence.suggestions = [
    ...proven,
    ...near.map((tag) => ({
      reference: familiar(registryName, repository, tag),
      why: `The tag is close to ${wanted}.`,
      proof: 'The list of tags of the repository has it.',
    })),
  ];
}

/** By HEAD and as nobody: costs no pull, and shows nothing that the public could not see. */
async function proveCandidates({
  asker,
  tokens,
  origin,
  registryName,
  repository,
  tag,
  candidates,
}: ManifestSettings): Promise<Suggestion[]> {
  const all = [...officialImage(registryName, repository, tag), ...candidates]
    .filter((candidate) => candidate.repository !== repository && isPathSafe(candidate.repository))
    .slice(0, candidatesMax);
  const proven = await Promise.all(
    all.map(async (candidate): Promise<Suggestion | null> => {
      const authorization = await tokens.anonymous(candidate.repository);
      if (authorization === undefined) return null;
      const { status } = await asker.ask({
        method: 'HEAD',
        url: new URL(`manifests/${candidate.tag}`, repositoryUrl(origin, candidate.repository)),
        authorization,
        bytesMax: 0,
        longer: 'is-cut',
        redirects: 'followed',
        showsBody: false,
      });
      return status === 200
        ? {
            reference: familiar(registryName, candidate.repository, candidate.tag),
            why: candidate.why,
            proof: 'The registry has its manifest (HEAD, without a credential).',
          }
        : null;
    }),
  );
  return proven.filter((one) => one !== null);
}

/** `someone/nginx` on Docker Hub, where `nginx` was meant. */
function officialImage(registryName: string, repository: string, tag: string | null): Candidate[] {
  const name = repository.split('/').at(-1) ?? '';
  if (registryName !== 'docker.io' || repository.startsWith('library/')) return [];
  return [
    {
      repository: `library/${name}`,
      tag: tag ?? 'latest',
      why: `${name} is an official image of Docker Hub.`,
    },
  ];
}

function isPathSafe(repository: string): boolean {
  return /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/.test(repository) && !repository.includes('..');
}

function familiar(registryName: string, repository: string, tag: string): string {
  if (registryName === 'docker.io') return `${repository.replace(/^library\//, '')}:${tag}`;
  return `${registryName}/${repository}:${tag}`;
}

// MANIFEST_UNKNOWN is no proof that the repository exists: distribution says it of a missing one, too.
function repositoryBy(answers: readonly ManifestAsked[]): ManifestEvidence['repository'] {
  const unknown = answers
    .flatMap(({ ask }) => ask.errors)
    .find(({ code }) => code.toUpperCase() === 'NAME_UNKNOWN');
  if (unknown)
    return {
      exists: 'no',
      why: `The registry says ${unknown.code}: ${unknown.message || 'no such repository'}.`,
    };
  return { exists: 'unknown', why: 'The registry does not tell.' };
}

function rateLimitOf(
  answers: readonly ManifestAsked[],
  settings: Pick<ManifestSettings, 'asker' | 'now'>,
): ManifestEvidence['rateLimit'] {
  for (const { headers } of answers) {
    const rate = shownRateLimit(headers, settings);
    if (rate) return rate;
  }
  return null;
}

/** Whom it counts is the registry's own text. */
function shownRateLimit(
  headers: RawHeaders,
  { asker, now }: Pick<ManifestSettings, 'asker' | 'now'>,
): ManifestEvidence['rateLimit'] {
  const rate = readRateLimit(headers, now());
  return rate && { ...rate, source: rate.source && asker.shown(rate.source, 200) };
}
