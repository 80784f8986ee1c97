import { causeFacts } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Finding } from '@pull-doctor/contract/finding';
import type { CauseRead } from '@pull-doctor/contract/message';
import type { Judged } from '../engine.ts';
import { ownSettings } from '../facts/other-client.ts';
import { cameFarther, causesRead, otherRegistry, saysOfText } from '../facts/text-read.ts';
import { pullWorks } from '../pull-works.ts';
import type { Rule } from '../rules/define-rule.ts';
import { text } from '../words/sentence.ts';
import { asAlternative, fromText, heardInText, isRuledOut, type Place, surer } from './heard-in-text.ts';

/**
 * Joins what Pull Doctor saw with the error text that a person brought. Pure. Where both name a cause, two vantages
 * agree and the finding is surer. Where they differ, both are told, and why: the text is older, of another program, of
 * another host, or from where the network is another. What the text said is never dropped, except where the pull works
 * now for the very program that printed it; then the verdict tells of it.
 */
export function joinText(evidence: Evidence, seen: readonly Judged[], rules: readonly Rule[]): Judged[] {
  const read = causesRead(evidence);
  const [first] = read;
  if (!first) return [...seen];
  return doAgree(evidence, seen, read, first)
    ? agree(evidence, seen, read, first)
    : differ(evidence, seen, read, first, rules);
}

/** Whether what was seen is among what the text names; a mere fit is no match where the text names something else. */
function doAgree(
  evidence: Evidence,
  seen: readonly Judged[],
  read: readonly CauseRead[],
  first: CauseRead,
): boolean {
  const met = seen.filter(({ cause }) => read.some((one) => one.cause === cause));
  const isNamed = met.some((one) => read.find(({ cause }) => cause === one.cause)?.certainty === 'likely');
  if (isNamed || met.length === 0 || first.certainty === 'guess') return met.length > 0;
  return met.some(({ found }) => !found.besideThePull) && !seen.some((one) => fartherThan(evidence, one));
}

function agree(
  evidence: Evidence,
  seen: readonly Judged[],
  read: readonly CauseRead[],
  first: CauseRead,
): Judged[] {
  const isFirstMet = seen.some(({ cause }) => cause === first.cause);
  return seen.map((one) => {
    const heard = read.find(({ cause }) => cause === one.cause);
    if (!heard) return one;
    // Words that several causes end in are no second piece of evidence; nor is what was said of another registry.
    const counts = heard.certainty === 'likely' && !otherRegistry(evidence);
    const alternatives = one.found.alternatives ?? [];
    return {
      ...one,
      standing: counts && one.standing === 'seen' ? 'agreed' : one.standing,
      found: {
        ...one.found,
        certainty: counts ? surer[one.found.certainty] : one.found.certainty,
        why: text(one.found.why, ownSettings(evidence, one.cause)),
        restsOn: [...one.found.restsOn, fromText(heard)],
        alternatives: isFirstMet ? alternatives : withAlternative(alternatives, first),
        // A fact about the host that the text complains of is what keeps the pull from working.
        besideThePull: (one.found.besideThePull ?? false) && !counts,
      },
    };
  });
}

function differ(
  evidence: Evidence,
  seen: readonly Judged[],
  read: readonly CauseRead[],
  first: CauseRead,
  rules: readonly Rule[],
): Judged[] {
  const rule = rules.find(({ cause }) => cause === first.cause);
  if (!rule) return [...seen];
  const ofThePull = seen.filter(({ found }) => !found.besideThePull);
  if (ofThePull.length === 0) {
    const place = placeOfTextAlone(evidence, rule);
    return place ? [...seen, heardInText(evidence, rule, read, place)] : [...seen];
  }
  if (ofThePull.some((one) => fartherThan(evidence, one)))
    return [heardInText(evidence, rule, read, 'first'), ...seen.map((one) => onOwnWay(evidence, one))];
  // The text decides between readings that Pull Doctor could not tell apart.
  if (ofThePull.some(({ found }) => found.alternatives?.some(({ cause }) => cause === first.cause)))
    return seen.map((one) => withWordsFor(one, first));
  const isOnlyGuessed = ofThePull.every(({ found }) => found.certainty === 'guess');
  return [
    ...seen,
    heardInText(evidence, rule, read, isOnlyGuessed && first.certainty === 'likely' ? 'first' : 'after'),
  ];
}

/** Where what the text says belongs when Pull Doctor met no obstacle; null where it is over. */
function placeOfTextAlone(evidence: Evidence, rule: Rule): Place | null {
  if (pullWorks(evidence) !== 'yes') return 'first';
  if (ownSettings(evidence, rule.cause)) return 'beside';
  if (evidence.pull?.outcome === 'pulled' || otherRegistry(evidence)) return null;
  // What the daemon decides by itself may be seen otherwise from where Pull Doctor runs.
  const seesTheSame = !rule.daemonDecides || evidence.vantage.notes.length === 0;
  if (isRuledOut(evidence, rule) && seesTheSame) return null;
  // Of the daemon's own disk or files, a registry that answers tells nothing; of its own network, not enough.
  if (causeFacts[rule.cause].family === 'host') return 'first';
  return rule.daemonDecides ? 'beside' : null;
}

/** What the daemon met in a real pull is no matter of Pull Doctor's own way out. */
function fartherThan(evidence: Evidence, { cause, standing }: Judged): string | null {
  return standing === 'pull' ? null : cameFarther(evidence, cause);
}

function onOwnWay(evidence: Evidence, one: Judged): Judged {
  const came = fartherThan(evidence, one);
  if (!came) return one;
  return {
    ...one,
    found: {
      ...one.found,
      why: text(
        one.found.why,
        `This is Pull Doctor’s own way out. The program in your text ${came}, so its way is another.`,
      ),
      besideThePull: true,
      mayStillPull: true,
    },
  };
}

function withWordsFor(one: Judged, first: CauseRead): Judged {
  const alternatives = one.found.alternatives ?? [];
  if (!alternatives.some(({ cause }) => cause === first.cause)) return one;
  return {
    ...one,
    found: {
      ...one.found,
      alternatives: withAlternative(alternatives, first),
      restsOn: [...one.found.restsOn, fromText(first)],
    },
  };
}

/** The other readings, with the words of the text at the one that it names. */
function withAlternative(alternatives: Finding['alternatives'], read: CauseRead): Finding['alternatives'] {
  if (!alternatives.some(({ cause }) => cause === read.cause)) return [...alternatives, asAlternative(read)];
  return alternatives.map((other) =>
    other.cause === read.cause ? { ...other, why: text(other.why, saysOfText(read)) } : other,
  );
}
