import { type Cause, type Certainty, causeFacts } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Finding, RestsOn } from '@pull-doctor/contract/finding';
import type { CauseRead } from '@pull-doctor/contract/message';
import type { Judged } from '../engine.ts';
import { ownSettings } from '../facts/other-client.ts';
import { seenItself } from '../facts/seen-itself.ts';
import { isNamed, nameTheImage, otherRegistry, saysOfText, timeOfText } from '../facts/text-read.ts';
import type { HeardFinding, Rule } from '../rules/define-rule.ts';
import { list, lowerFirst, stop, text } from '../words/sentence.ts';

/** `first`: it is the cause. `after`: another one is met now. `beside`: the pull works, for Pull Doctor at least. */
export type Place = 'first' | 'after' | 'beside';

/** By one word at most, and never to confirmed: a text is hearsay. */
export const surer: Record<Certainty, Certainty> = {
  guess: 'likely',
  likely: 'very-likely',
  'very-likely': 'very-likely',
  confirmed: 'confirmed',
};

/** The finding of a cause that the error text names, and that Pull Doctor's own steps did not bring up. */
export function heardInText(
  evidence: Evidence,
  rule: Rule,
  read: readonly CauseRead[],
  place: Place,
): Judged {
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

/** Whether what was seen excludes the cause. */
export function isRuledOut(evidence: Evidence, rule: Rule): boolean {
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
    // A fault in a rule's words must not cost the finding: the phrase has words of its own.
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

export function fromText(read: CauseRead): RestsOn {
  return { step: 'text', says: saysOfText(read) };
}

export function asAlternative(read: CauseRead): Finding['alternatives'][number] {
  return {
    cause: read.cause,
    why: saysOfText(read),
    decides: read.decides || 'A diagnosis that reaches the registry tells them apart.',
  };
}
