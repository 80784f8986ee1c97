import type { Cause } from '@pull-doctor/contract/causes';
import type { Rule } from '../rules/define-rule.ts';
import type { Circumstances } from './circumstances.ts';
import type { CleanText } from './clean-text.ts';
import type { Sign } from './sign.ts';

/** A sign, and where in the clean text its phrase stands. */
export interface Hit {
  cause: Cause;
  sign: Sign;
  start: number;
  end: number;
}

// The same words a hundred times say no more than a few times; the first of each failure are enough.
const hitsMax = 40;

const everywhere = new WeakMap<RegExp, RegExp>();

/** Every place where a rule's signs stand in the text, in the order of the text. */
export function findSigns({ lower }: CleanText, rules: readonly Rule[], around: Circumstances): Hit[] {
  const hits = rules.flatMap(({ cause, signs }) =>
    signs
      .filter(({ when }) => !when || when(around))
      .flatMap((sign) =>
        placesOf(sign.says, lower).map(([start, end]): Hit => ({ cause, sign, start, end })),
      ),
  );
  return hits.sort((a, b) => a.start - b.start);
}

function placesOf(pattern: RegExp, text: string): [start: number, end: number][] {
  let global = everywhere.get(pattern);
  if (!global) {
    global = new RegExp(pattern.source, `${pattern.flags}g`);
    everywhere.set(pattern, global);
  }
  global.lastIndex = 0;
  const places: [number, number][] = [];
  for (let match = global.exec(text); match; match = global.exec(text)) {
    if (match[0] === '') break;
    places.push([match.index, match.index + match[0].length]);
    if (places.length === hitsMax) break;
  }
  return places;
}
