import type { CleanText } from './clean-text.ts';
import type { ImageMention } from './find-images.ts';
import type { Hit } from './find-signs.ts';

/** One failure of a text: what was said of one image. Offsets are those of the clean text. */
export interface Failure {
  hits: Hit[];
  mentions: ImageMention[];
  start: number;
  end: number;
}

/**
 * Sorts what was found in a text into failures: words belong to the image that their own line names, else to the last
 * one named above, else to the first one below.
 */
export function splitFailures(
  { text }: CleanText,
  hits: readonly Hit[],
  mentions: readonly ImageMention[],
): Failure[] {
  const byKey = new Map<string, Failure>();
  const failureOf = (key: string): Failure => {
    const found = byKey.get(key) ?? { hits: [], mentions: [], start: text.length, end: 0 };
    byKey.set(key, found);
    return found;
  };

  const subjects = mentions.filter(({ from }) => from !== 'loose');
  const lineEnds = lineEndsOf(text);
  for (const hit of hits) {
    const failure = failureOf(subjectOf(hit, subjects.length > 0 ? subjects : mentions, lineEnds)?.key ?? '');
    failure.hits.push(hit);
  }
  // Of an image that failed in words that nobody knows, at least the image is told.
  for (const { from, key } of mentions) if (from === 'error') failureOf(key);
  if (byKey.size === 0) failureOf(mentions[0]?.key ?? '');

  for (const [key, failure] of byKey) {
    failure.mentions = mentions.filter((mention) => mention.key === key);
    const told: { start: number; end: number }[] = [...failure.hits, ...failure.mentions];
    // A text that nothing is known of is its own and only failure.
    if (told.length === 0) told.push({ start: 0, end: text.length });
    for (const { start, end } of told) {
      failure.start = Math.min(failure.start, start);
      failure.end = Math.max(failure.end, end);
    }
    failure.start = startOfLine(failure.start, lineEnds);
    failure.end = endOfLine(failure.end, lineEnds, text.length);
  }
  return [...byKey.values()];
}

/** The failure of the command's image is the root one, else the one that the text tells first; those that no known words tell of come last. */
export function rootFirst(a: Failure, b: Failure): number {
  return (
    Number(a.hits.length === 0) - Number(b.hits.length === 0) ||
    Number(isOfCommand(b)) - Number(isOfCommand(a)) ||
    (a.hits[0]?.start ?? a.start) - (b.hits[0]?.start ?? b.start)
  );
}

/** Podman tries a short name at several registries; the one that the command means is what was asked for. */
function isOfCommand({ mentions }: Failure): boolean {
  return mentions.some(({ from }) => from === 'command');
}

function subjectOf(
  hit: Hit,
  mentions: readonly ImageMention[],
  lineEnds: readonly number[],
): ImageMention | undefined {
  const lineStart = startOfLine(hit.start, lineEnds);
  const lineEnd = endOfLine(hit.start, lineEnds, Number.POSITIVE_INFINITY);
  const onLine = mentions.filter(({ start }) => start >= lineStart && start < lineEnd);
  const before = onLine.filter(({ start }) => start <= hit.start);
  return (
    before.at(-1) ??
    onLine[0] ??
    mentions.findLast(({ start }) => start < lineStart) ??
    mentions.find(({ start }) => start >= lineEnd)
  );
}

function lineEndsOf(text: string): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at);
  return ends;
}

function startOfLine(offset: number, lineEnds: readonly number[]): number {
  const line = firstAtOrAfter(lineEnds, offset);
  return line === 0 ? 0 : (lineEnds[line - 1] ?? -1) + 1;
}

function endOfLine(offset: number, lineEnds: readonly number[], none: number): number {
  return lineEnds[firstAtOrAfter(lineEnds, offset)] ?? none;
}

function firstAtOrAfter(sorted: readonly number[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
