import type { Cause } from '@pull-doctor/contract/causes';
import type { Rule } from '../rules/define-rule.ts';
import type { CleanText } from './clean-text.ts';
import type { Sign } from './sign.ts';

/** A sign, and where in the clean text its phrase stands. */
export interface Hit {
  cause: Cause;
  sign: Sign;
  start: number;
  end: number;
  /** Whether the program says in the same line that it goes on elsewhere: then this was not its last word. */
  isPassedOver: boolean;
}

// The same words a hundred times say no more than a few times; the first of each failure are enough.
const hitsMax = 40;

// "Attempting next endpoint for pull after error: …": https did not work, and http is tried.
const goesOn =
  /(?:attempting next endpoint|trying next host|error getting v2 registry|will try next|fallback from error|trying next mirror)[^\n]*/g;

type Place = readonly [start: number, end: number];

const everywhere = new WeakMap<RegExp, RegExp>();

/** Every place where a rule's signs stand in the text, in the order of the text. */
export function findSigns({ lower }: CleanText, rules: readonly Rule[]): Hit[] {
  const passedOver = [...lower.matchAll(goesOn)].map(({ 0: line, index }) => [index, index + line.length]);
  const isPassedOver = (at: number) => passedOver.some(([from = 0, to = 0]) => at >= from && at < to);
  const places = new Map<RegExp, Place[]>();
  const hits = rules.flatMap(({ cause, signs }) =>
    signs.flatMap((sign) =>
      placesOf(sign.says, lower, places).map(
        ([start, end]): Hit => ({ cause, sign, start, end, isPassedOver: isPassedOver(start) }),
      ),
    ),
  );
  return hits.sort((a, b) => a.start - b.start);
}

/** Several causes share their phrases, so that each phrase is looked for once. */
function placesOf(pattern: RegExp, text: string, known: Map<RegExp, Place[]>): Place[] {
  const found = known.get(pattern) ?? search(pattern, text);
  known.set(pattern, found);
  return found;
}

function search(pattern: RegExp, text: string): Place[] {
  const global = everywhere.get(pattern) ?? new RegExp(pattern.source, `${pattern.flags}g`);
  everywhere.set(pattern, global);
  global.lastIndex = 0;
  const places: Place[] = [];
  for (let match = global.exec(text); match; match = global.exec(text)) {
    if (match[0] === '') break;
    places.push([match.index, match.index + match[0].length]);
    if (places.length === hitsMax) break;
  }
  return places;
}
