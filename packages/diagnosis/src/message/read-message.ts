import type { CauseRead, MessageReading, SignFound } from '@pull-doctor/contract/message';
import { allRules } from '../rules/all-rules.ts';
import type { Rule } from '../rules/define-rule.ts';
import type { Sign } from './sign.ts';

/**
 * Reads an error text by signs. Pure and linear in the text's length; asks nobody. A text alone makes nothing more than
 * likely, and words that several causes end in make each of them a guess.
 */
export function readMessage(text: string, rules: readonly Rule[] = allRules): MessageReading {
  const causes = rules.flatMap((rule): CauseRead[] => {
    const found = rule.signs.flatMap((sign) => {
      const at = find(sign, text);
      return at ? [{ sign, at }] : [];
    });
    if (found.length === 0) return [];
    const isProof = found.some(({ sign }) => sign.weight === 'proves');
    return [
      {
        cause: rule.cause,
        certainty: isProof ? 'likely' : 'guess',
        signs: found.map(({ at }) => at),
        decides: '',
      },
    ];
  });
  // Sort is stable: among equals, the cause that strikes earlier in a pull stays first.
  causes.sort((a, b) => rank(a) - rank(b));
  if (causes.length === 0) causes.push({ cause: 'unknown', certainty: 'guess', signs: [], decides: '' });
  const failure = {
    causes,
    image: null,
    imageAt: null,
    registry: null,
    client: null,
    platform: null,
    status: null,
    credentialsSent: 'unknown' as const,
    verb: null,
    at: null,
    start: 0,
    end: text.length,
  };
  return { ...failure, groups: [failure] };
}

function find({ says, seenIn }: Sign, text: string): SignFound | null {
  const match = says.exec(text);
  if (!match) return null;
  return { phrase: match[0], start: match.index, end: match.index + match[0].length, says: seenIn };
}

function rank({ certainty }: CauseRead): number {
  return certainty === 'likely' ? 0 : 1;
}
