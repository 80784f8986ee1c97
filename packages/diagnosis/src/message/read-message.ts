import type { Cause, Certainty } from '@pull-doctor/contract/causes';
import { allRules } from '../rules/all-rules.ts';
import type { Rule } from '../rules/define-rule.ts';
import type { Sign } from './sign.ts';

export interface SignFound {
  /** The words of the text that matched. */
  phrase: string;
  /** Offsets of the phrase in the text, in UTF-16 units. */
  start: number;
  end: number;
  /** Which programs print this phrase. */
  says: string;
}

export interface CauseRead {
  cause: Cause;
  certainty: Extract<Certainty, 'likely' | 'guess'>;
  signs: SignFound[];
}

export interface Reading {
  /** What the text says, surest first; empty for a text that names nothing known. */
  causes: CauseRead[];
}

/**
 * Reads an error text by signs. Pure and linear in the text's length; asks nobody. A text alone makes nothing more than
 * likely, and words that several causes end in make each of them a guess.
 */
export function readMessage(text: string, rules: readonly Rule[] = allRules): Reading {
  const causes = rules.flatMap((rule): CauseRead[] => {
    const found = rule.signs.flatMap((sign) => {
      const at = find(sign, text);
      return at ? [{ sign, at }] : [];
    });
    if (found.length === 0) return [];
    const isProof = found.some(({ sign }) => sign.weight === 'proves');
    return [{ cause: rule.cause, certainty: isProof ? 'likely' : 'guess', signs: found.map(({ at }) => at) }];
  });
  // Sort is stable: among equals, the cause that strikes earlier in a pull stays first.
  return { causes: causes.sort((a, b) => rank(a) - rank(b)) };
}

function find({ says, seenIn }: Sign, text: string): SignFound | null {
  const match = says.exec(text);
  if (!match) return null;
  return { phrase: match[0], start: match.index, end: match.index + match[0].length, says: seenIn };
}

function rank({ certainty }: CauseRead): number {
  return certainty === 'likely' ? 0 : 1;
}
