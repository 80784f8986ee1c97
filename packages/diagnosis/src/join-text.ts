import { type Cause, type Certainty, causeFacts } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Finding, RestsOn } from '@pull-doctor/contract/finding';
import type { CauseRead } from '@pull-doctor/contract/message';
import type { Judged } from './engine.ts';
import { ownSettings } from './facts/other-client.ts';
import { seenItself } from './facts/seen-itself.ts';
import {
  cameFarther,
  causesRead,
  isNamed,
  nameTheImage,
  otherRegistry,
  saysOfText,
  timeOfText,
} from './facts/text-read.ts';
import { pullWorks } from './pull-works.ts';
import type { HeardFinding, Rule } from './rules/define-rule.ts';
import { list, lowerFirst, stop, text } from './words/sentence.ts';

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
  if (seen.some(({ cause }) => read.some((one) => one.cause === cause))) return agree(evidence, seen, read);
  return differ(evidence, seen, read, first, rules);
}

/** By one word at most, and never to confirmed: a text is hearsay. */
const surer: Record<Certainty, Certainty> = {
  guess: 'likely',
  likely: 'very-likely',
  'very-likely': 'very-likely',
  confirmed: 'confirmed',
};

function agree(evidence: Evidence, seen: readonly Judged[], read: readonly CauseRead[]): Judged[] {
  const [first] = read;
  const isFirstMet = seen.some(({ cause }) => cause === first?.cause);
  return seen.map((one) => {
    const heard = read.find(({ cause }) => cause === one.cause);
    if (!heard) return one;
    // Words that several causes end in are no second piece of evidence; nor is what was said of another registry.
    const counts = heard.certainty === 'likely' && !otherRegistry(evidence);
    const passedOver = first && !isFirstMet ? [asAlternative(first)] : [];
    return {
      ...one,
      standing: counts && one.standing === 'seen' ? 'agreed' : one.standing,
      found: {
        ...one.found,
        certainty: counts ? surer[one.found.certainty] : one.found.certainty,
        why: text(one.found.why, ownSettings(evidence, one.cause)),
        restsOn: [...one.found.restsOn, fromText(heard)],
        alternatives: [...(one.found.alternatives ?? []), ...passedOver],
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
    return place ? [...seen, heard(evidence, rule, read, place)] : [...seen];
  }
  if (ofThePull.some((one) => fartherThan(evidence, one)))
    return [heard(evidence, rule, read, 'first'), ...seen.map((one) => onOwnWay(evidence, one))];
  // The text decides between readings that Pull Doctor could not tell apart.
  if (ofThePull.some(({ found }) => found.alternatives?.some(({ cause }) => cause === first.cause)))
    return seen.map((one) => withWordsFor(one, first));
  const isOnlyGuessed = ofThePull.every(({ found }) => found.certainty === 'guess');
  return [
    ...seen,
    heard(evidence, rule, read, isOnlyGuessed && first.certainty === 'likely' ? 'first' : 'after'),
  ];
}

/** `first`: it is the cause. `after`: another one is met now. `beside`: the pull works, for Pull Doctor at least. */
type Place = 'first' | 'after' | 'beside';

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

function heard(evidence: Evidence, rule: Rule, read: readonly CauseRead[], place: Place): Judged {
  const [first, ...others] = read as [CauseRead, ...CauseRead[]];
  const own = isElsewhere(evidence, rule.cause) ? null : seenItself(evidence, rule.cause);
  const asLikely = others.filter(({ certainty }) => certainty === first.certainty);
  return {
    cause: rule.cause,
    standing: place === 'first' ? 'text-first' : 'text-after',
    found: {
      ...inWords(evidence, rule, first),
      // A text that fits several causes must not be told as if it named one.
      ...(own === null && asLikely.length > 0 ? { what: whatOfSeveral([first, ...asLikely]) } : {}),
      ...(own?.what ? { what: own.what } : {}),
      certainty: certaintyOf(evidence, rule, first, own !== null),
      why: text(
        saysOfText(first),
        timeSentence(evidence),
        own?.says,
        own ? null : whyNotMet(evidence, rule, place),
      ),
      alternatives: others.map(asAlternative),
      restsOn: [fromText(first), ...(own ? [own.step] : [])],
      besideThePull: place === 'beside',
      mayStillPull: place !== 'first',
    },
  };
}

function whatOfSeveral(read: readonly CauseRead[]): string {
  const badges = read.map(({ cause }) => lowerFirst(causeFacts[cause].badge));
  return `The text fits ${read.length} causes: ${list(badges, 'or')}.`;
}

function certaintyOf(evidence: Evidence, rule: Rule, first: CauseRead, isSeen: boolean): Certainty {
  if (isSeen && first.certainty === 'likely') return surer.likely;
  return isRuledOut(evidence, rule) && !isElsewhere(evidence, rule.cause) ? 'guess' : first.certainty;
}

/** Whether what stands on this host tells nothing of what the text is about. */
function isElsewhere(evidence: Evidence, cause: Cause): boolean {
  return ownSettings(evidence, cause) !== null || otherRegistry(evidence) !== null;
}

/** Why Pull Doctor did not meet what the text tells of. */
function whyNotMet(evidence: Evidence, rule: Rule, place: Place): string {
  const settings = ownSettings(evidence, rule.cause);
  const other = otherRegistry(evidence);
  if (other) return `The text is about ${other}, and this diagnosis is about another registry.`;
  if (settings)
    return place === 'first'
      ? settings
      : `${settings} What Pull Doctor finds on this host does not count there.`;
  const ruledOut = whyRuledOut(evidence, rule);
  if (ruledOut) return `It is not so now: ${ruledOut}`;
  if (!evidence.reference) return '';
  if (place === 'beside')
    return 'Pull Doctor asked in the daemon’s place and did not meet it: a real pull decides.';
  return 'Pull Doctor did not meet it.';
}

function isRuledOut(evidence: Evidence, rule: Rule): boolean {
  return whyRuledOut(evidence, rule) !== undefined;
}

function whyRuledOut(evidence: Evidence, rule: Rule): string | undefined {
  try {
    return rule.rulesOut(evidence);
  } catch {
    // The engine tells of this crash where it lists the causes that stay open.
    return undefined;
  }
}

function timeSentence({ text }: Evidence): string {
  const time = text && timeOfText(text);
  return time ? `It is from ${time}.` : '';
}

/** The rule's own words where the text names what they are about; else what the phrase means. */
function inWords(evidence: Evidence, rule: Rule, read: CauseRead): HeardFinding {
  const about = otherRegistry(evidence) ? withoutRegistry(evidence) : evidence;
  if (!isNamed(about, rule.cause)) return asRead(rule.cause, read);
  try {
    return rule.heard(about);
  } catch {
    // A rule without words for hearsay: the phrase has some.
    return asRead(rule.cause, read);
  }
}

function asRead(cause: Cause, { signs }: CauseRead): HeardFinding {
  return { what: stop(signs[0]?.says ?? causeFacts[cause].badge), todo: nameTheImage };
}

/** What was seen of the host alone: the registry that was asked is not the one of the text. */
function withoutRegistry({ version, now, input, vantage, text, daemon, notSeen }: Evidence): Evidence {
  return { version, now, input, vantage, notSeen, ...(text && { text }), ...(daemon && { daemon }) };
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
      alternatives: alternatives.map((other) =>
        other.cause === first.cause ? { ...other, why: text(other.why, saysOfText(first)) } : other,
      ),
      restsOn: [...one.found.restsOn, fromText(first)],
    },
  };
}

function fromText(read: CauseRead): RestsOn {
  return { step: 'text', says: saysOfText(read) };
}

function asAlternative(read: CauseRead): Finding['alternatives'][number] {
  return {
    cause: read.cause,
    why: saysOfText(read),
    decides: read.decides || 'A diagnosis that reaches the registry tells them apart.',
  };
}
