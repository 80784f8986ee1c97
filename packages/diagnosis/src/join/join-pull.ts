import type { Certainty } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { CauseRead } from '@pull-doctor/contract/message';
import type { Judged } from '../engine.ts';
import { hostName } from '../facts/subject.ts';
import { readMessage } from '../message/read-message.ts';
import type { Rule } from '../rules/define-rule.ts';
import { quoted, stop, text } from '../words/sentence.ts';

/**
 * Joins what Pull Doctor saw with what the daemon said of a real pull. Where both name a cause, two vantages agree and
 * the finding is surer. Where they differ, both are told: the daemon's first, because its pull is the one that counts.
 */
export function joinPull(evidence: Evidence, seen: Judged[], rules: readonly Rule[]): Judged[] {
  const message = evidence.pull?.outcome === 'failed' ? evidence.pull.message : null;
  if (!message) return seen;
  const read = readMessage(message, rules).causes.filter(({ cause }) => cause !== 'unknown');
  const named = new Map(read.map((one) => [one.cause, one]));
  const joined = seen.map((one) => {
    const heard = named.get(one.cause);
    return heard && !one.found.besideThePull ? agree(one, heard, message) : one;
  });
  if (joined.some(({ standing }) => standing === 'pull')) return joined;
  const [first, ...others] = read;
  // Words that fit several causes tell less than what Pull Doctor saw itself.
  const isSeen = seen.some(({ found }) => !found.besideThePull);
  if (!first || (first.certainty === 'guess' && isSeen)) return joined;
  const rule = rules.find(({ cause }) => cause === first.cause);
  return rule ? [hearsay(evidence, rule, first, others, seen, message), ...joined] : joined;
}

const surer: Record<Certainty, Certainty> = {
  guess: 'likely',
  likely: 'very-likely',
  'very-likely': 'very-likely',
  confirmed: 'confirmed',
};

function agree(one: Judged, heard: CauseRead, message: string): Judged {
  // Words that several causes end in are no second piece of evidence for this one.
  const certainty = heard.certainty === 'likely' ? surer[one.found.certainty] : one.found.certainty;
  return {
    ...one,
    standing: 'pull',
    found: {
      ...one.found,
      certainty,
      restsOn: [...one.found.restsOn, { step: 'pull', says: stop(`The daemon says ${quoted(message)}`) }],
    },
  };
}

function hearsay(
  evidence: Evidence,
  rule: Rule,
  heard: CauseRead,
  others: readonly CauseRead[],
  seen: readonly Judged[],
  message: string,
): Judged {
  const isProof = heard.certainty === 'likely';
  const isDecided = isProof && rule.daemonDecides;
  const differs = seen.some(({ found }) => !found.besideThePull)
    ? 'Pull Doctor itself met another obstacle, which stands below: the daemon has its own name servers, proxy and certificates.'
    : 'Pull Doctor itself did not meet this: the daemon has its own name servers, proxy and certificates, and reads the layers too.';
  return {
    cause: rule.cause,
    standing: 'pull',
    found: {
      ...rule.heard(evidence),
      certainty: isDecided ? 'confirmed' : heard.certainty,
      ...(isDecided ? { confirmedBy: 'daemon' as const } : {}),
      why: text(stop(`Docker on ${hostName(evidence)} tried this pull and said ${quoted(message)}`), differs),
      alternatives: isProof
        ? []
        : others
            .filter(({ certainty }) => certainty === 'guess')
            .map(({ cause }) => ({
              cause,
              why: 'The daemon says the same words in this case.',
              decides: 'A diagnosis that reaches the registry tells them apart.',
            })),
      restsOn: [{ step: 'pull', says: stop(`The daemon says ${quoted(message)}`) }],
    },
  };
}
