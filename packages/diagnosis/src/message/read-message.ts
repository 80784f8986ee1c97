import type { CauseRead, MessageFailure, MessageReading, SignFound } from '@pull-doctor/contract/message';
import { readPlatform } from '../recognize/platform-text.ts';
import { allRules } from '../rules/all-rules.ts';
import type { Rule } from '../rules/define-rule.ts';
import { type Circumstances, namesShortLived } from './circumstances.ts';
import { type CleanText, cleanText } from './clean-text.ts';
import { findClient } from './find-client.ts';
import { bestMention, findImages, type ImageMention } from './find-images.ts';
import { findRegistry } from './find-registry.ts';
import { findCredentialsSent, findPlatform, findStatus, findTime, findVerb } from './find-request.ts';
import { findSigns, type Hit } from './find-signs.ts';
import { rankCauses } from './rank-causes.ts';
import { type Failure, rootFirst, splitFailures } from './split-failures.ts';

/**
 * Reads an error text of any tool that pulls images: what its words prove, what they leave open, and which image,
 * registry, client and request they are about. Pure and linear in the text's length; asks nobody, never throws.
 *
 * A text alone makes nothing more than `likely`, and words that several causes end in make each of them a `guess`. A
 * text without known words is `unknown`. All offsets count UTF-16 units of the text as given.
 */
export function readMessage(text: string, rules: readonly Rule[] = allRules): MessageReading {
  const clean = cleanText(text);
  const images = findImages(clean);
  const whole = circumstances(clean.lower, bestMention(images));
  const groups = splitFailures(clean, findSigns(clean, rules), images)
    .map((failure) => inCircumstances(failure, clean, whole))
    .sort(rootFirst)
    .map((told) => tell(told, clean, rules));
  const [root] = groups;
  if (!root) throw new Error('A text always tells of one failure at least.');
  const named = root.image ? root : (groups.find(({ image }) => image !== null) ?? root);
  return {
    ...root,
    image: named.image,
    imageAt: named.imageAt,
    registry: root.registry ?? named.registry,
    groups,
  };
}

function circumstances(lower: string, image: ImageMention | null): Circumstances {
  const registry = image?.registry ?? findRegistry(lower);
  return {
    client: findClient(lower),
    verb: findVerb(lower),
    status: findStatus(lower),
    credentialsSent: findCredentialsSent(lower, registry),
    registry,
    repository: image?.repository ?? null,
    isMidPull: /\b(?:pull|download) complete\b|: (?:downloading|extracting) /.test(lower),
    isShortLived: namesShortLived(registry ?? lower),
  };
}

interface Told extends Failure {
  image: ImageMention | null;
  around: Circumstances;
}

/** A failure with what is known of its own image, and without the signs that mean nothing there. */
function inCircumstances(failure: Failure, clean: CleanText, whole: Circumstances): Told {
  const part = clean.lower.slice(failure.start, failure.end);
  const image = bestMention(failure.mentions);
  const registry = image?.registry ?? findRegistry(part) ?? whole.registry;
  const around = {
    ...whole,
    status: findStatus(part),
    credentialsSent: findCredentialsSent(clean.lower, registry),
    isShortLived: namesShortLived(registry ?? part),
    registry,
    repository: image?.repository ?? null,
  };
  const hits = failure.hits.filter(({ sign: { when } }) => !when || when(around));
  return { ...failure, hits, image, around };
}

function tell(told: Told, clean: CleanText, rules: readonly Rule[]): MessageFailure {
  const { start, end, image, around } = told;
  const part = clean.lower.slice(start, end);
  const platform = findPlatform(part);
  const isWritten = image !== null && clean.text.slice(image.start, image.end) === image.text;
  return {
    causes: causesOf(told, clean, rules),
    image: image?.text ?? null,
    imageAt: isWritten ? { start: clean.originOf(image.start), end: clean.originOf(image.end) } : null,
    registry: around.registry,
    client: around.client,
    platform: platform === null ? null : readPlatform(platform),
    status: around.status,
    credentialsSent: around.credentialsSent,
    verb: around.verb,
    at: findTime(part) ?? findTime(clean.lower),
    start: clean.originOf(start),
    end: clean.originOf(end),
  };
}

function causesOf({ hits }: Failure, clean: CleanText, rules: readonly Rule[]): CauseRead[] {
  const decides = new Map(rules.map((rule) => [rule.cause, rule.decides]));
  const ranked = rankCauses(hits, lineCounter(clean.text));
  if (ranked.length === 0)
    return [{ cause: 'unknown', certainty: 'guess', signs: [], decides: decides.get('unknown') ?? '' }];
  return ranked.map(({ cause, certainty, hits }) => ({
    cause,
    certainty,
    signs: hits.map((hit) => signFound(hit, clean)),
    decides: decides.get(cause) ?? '',
  }));
}

/** The words alone: what stands before and after them to tell them from others is no part of them. */
function signFound({ sign, start, end }: Hit, clean: CleanText): SignFound {
  const whole = clean.text.slice(start, end);
  const before = /^[\s"'`:,(]*/.exec(whole)?.[0].length ?? 0;
  const phrase = whole.slice(before).replace(/[\s"'`:,.)]+$/, '');
  const from = start + before;
  return {
    phrase,
    start: clean.originOf(from),
    end: clean.originOf(from + phrase.length),
    says: sign.means,
  };
}

function lineCounter(text: string): (offset: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at);
  return (offset) => ends.filter((end) => end < offset).length;
}
