import type { CauseRead, MessageFailure, MessageReading } from '@pull-doctor/contract/message';
import { readPlatform } from '../recognize/platform-text.ts';
import { allRules } from '../rules/all-rules.ts';
import type { Rule } from '../rules/define-rule.ts';
import type { Circumstances } from './circumstances.ts';
import { type CleanText, cleanText } from './clean-text.ts';
import { findClient } from './find-client.ts';
import { bestMention, findImages, type ImageMention } from './find-images.ts';
import { findRegistry } from './find-registry.ts';
import { findCredentialsSent, findPlatform, findStatus, findTime, findVerb } from './find-request.ts';
import { findSigns } from './find-signs.ts';
import { rankCauses } from './rank-causes.ts';
import { type Failure, splitFailures } from './split-failures.ts';

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
  const around = circumstances(clean, images);
  const hits = findSigns(clean, rules, around);
  const groups = splitFailures(clean, hits, images).map((failure) => tell(failure, clean, around, rules));
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

function circumstances(clean: CleanText, images: readonly ImageMention[]): Circumstances {
  const image = bestMention(images);
  return {
    client: findClient(clean.lower),
    verb: findVerb(clean.lower),
    status: findStatus(clean.lower),
    credentialsSent: findCredentialsSent(clean.lower),
    registry: image?.registry ?? findRegistry(clean.lower),
    repository: image?.repository ?? null,
    isMidPull: /\b(?:pull|download) complete\b|: (?:downloading|extracting) /.test(clean.lower),
  };
}

function tell(
  failure: Failure,
  clean: CleanText,
  around: Circumstances,
  rules: readonly Rule[],
): MessageFailure {
  const part = clean.lower.slice(failure.start, failure.end);
  const best = bestMention(failure.mentions);
  const platform = findPlatform(part);
  return {
    causes: causesOf(failure, clean, rules),
    image: best?.text ?? null,
    imageAt:
      best && clean.text.slice(best.start, best.end) === best.text
        ? { start: clean.originOf(best.start), end: clean.originOf(best.end) }
        : null,
    registry: best?.registry ?? findRegistry(part) ?? around.registry,
    client: around.client,
    platform: platform === null ? null : readPlatform(platform),
    status: findStatus(part),
    credentialsSent: around.credentialsSent,
    verb: around.verb,
    at: findTime(part) ?? findTime(clean.lower),
    start: clean.originOf(failure.start),
    end: clean.originOf(failure.end),
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
    signs: hits.map(({ sign, start, end }) => ({
      phrase: clean.text.slice(start, end),
      start: clean.originOf(start),
      end: clean.originOf(end),
      says: sign.means,
    })),
    decides: decides.get(cause) ?? '',
  }));
}

function lineCounter(text: string): (offset: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at);
  return (offset) => ends.filter((end) => end < offset).length;
}
