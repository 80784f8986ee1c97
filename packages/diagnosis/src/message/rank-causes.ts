import { type Cause, causes as causeOrder } from '@pull-doctor/contract/causes';
import type { Hit } from './find-signs.ts';
import type { Sign } from './sign.ts';

/** A cause that words of one failure tell of, with the hits that say so. */
export interface RankedCause {
  cause: Cause;
  certainty: 'likely' | 'guess';
  hits: Hit[];
}

const weights: Record<Sign['weight'], number> = { proves: 0, fits: 1, allows: 2 };

/**
 * The causes of one failure, surest first. What a sign excludes is dropped, unless its words exclude that sign in turn.
 * Of two that are proved, the one that was said first comes first, and within one line the one that was said last: a
 * wrapped error ends in its reason. What the program passed over counts only where it said nothing after it. Only the first proof is `likely`; everything else is a guess.
 */
export function rankCauses(all: readonly Hit[], lineOf: (offset: number) => number): RankedCause[] {
  const final = all.filter(({ isPassedOver }) => !isPassedOver);
  const hits = final.length > 0 ? final : all;
  const byCause = new Map<Cause, Hit[]>();
  for (const hit of hits) byCause.set(hit.cause, [...(byCause.get(hit.cause) ?? []), hit]);
  const ranked = [...byCause]
    .filter(([cause]) => !hits.some((hit) => excludes(hit, cause) && !isContradicted(hit, cause, hits)))
    .map(([cause, all]) => ({ cause, hits: strongest(all) }))
    .sort((a, b) => compare(a.hits[0], b.hits[0], lineOf));
  const isProved = ranked[0]?.hits[0]?.sign.weight === 'proves';
  return ranked.map(({ cause, hits }, place) => ({
    cause,
    certainty: isProved && place === 0 ? 'likely' : 'guess',
    hits,
  }));
}

function excludes({ sign }: Hit, cause: Cause): boolean {
  return sign.excludes?.includes(cause) ?? false;
}

/** Two tries in one text, one with a credential and one without, each leave no room for the other's cause: both stay. */
function isContradicted(hit: Hit, cause: Cause, hits: readonly Hit[]): boolean {
  return hits.some((other) => other.cause === cause && excludes(other, hit.cause));
}

/** The hits that decide: of several phrases the surest ones, in the order of the text, each phrase once. */
function strongest(hits: readonly Hit[]): Hit[] {
  const best = Math.min(...hits.map(({ sign }) => weights[sign.weight]));
  const surest = hits.filter(({ sign }) => weights[sign.weight] === best);
  const seen = new Set<Sign>();
  return surest.filter((one) => {
    if (seen.has(one.sign) || surest.some((other) => isInside(one, other))) return false;
    seen.add(one.sign);
    return true;
  });
}

/** Words inside of other words that say the same add nothing. */
function isInside(one: Hit, other: Hit): boolean {
  const length = one.end - one.start;
  return one.start >= other.start && one.end <= other.end && length < other.end - other.start;
}

function compare(a: Hit | undefined, b: Hit | undefined, lineOf: (offset: number) => number): number {
  if (!a || !b) return 0;
  const weight = weights[a.sign.weight] - weights[b.sign.weight];
  if (weight !== 0) return weight;
  if (a.sign.weight === 'proves') {
    const line = lineOf(a.start) - lineOf(b.start);
    if (line !== 0) return line;
    if (a.start !== b.start) return b.start - a.start;
  }
  return causeOrder.indexOf(a.cause) - causeOrder.indexOf(b.cause);
}
