import type { Cause, Certainty } from '@pull-doctor/contract/causes';
import type { Evidence, EvidencePart } from '@pull-doctor/contract/evidence/evidence';
import type { Command, Finding, RestsOn } from '@pull-doctor/contract/finding';
import type { StepName } from '@pull-doctor/contract/steps';
import type { Sign } from '../message/sign.ts';

/** A finding as a rule states it; the engine adds the cause and fills what was left out. */
export interface RuleFinding {
  certainty: Certainty;
  /** Who confirmed it; only with `confirmed`. */
  confirmedBy?: NonNullable<Finding['confirmedBy']>;
  /** The headline: what is wrong, in one sentence. */
  what: string;
  why: string;
  todo: string;
  commands?: Command[];
  /** The id of the guided fix. */
  wizard?: string;
  alternatives?: Finding['alternatives'];
  /** Steps by name are described by what they saw; a sentence of one's own may stand in its place. */
  restsOn: (StepName | RestsOn)[];
  /** Causes that this one brings about: their findings are dropped in its favour. */
  explains?: readonly Cause[];
  /** True where it is a fact about the host that does not explain the registry's answer. */
  besideThePull?: boolean;
  /** True where Docker may pull the image in spite of this: at times, or in some versions. */
  mayStillPull?: boolean;
}

/** What a rule says when only the daemon's own words name its cause, and nothing that Pull Doctor saw. */
export type HeardFinding = Pick<RuleFinding, 'what' | 'todo' | 'commands' | 'wizard'>;

export interface Rule {
  cause: Cause;
  /** What would decide whether it is this cause, where a text leaves it open: a sentence that begins with the question. */
  decides: string;
  /** Parts of the evidence without which there is nothing to examine. */
  needs: readonly EvidencePart[];
  examine(evidence: Evidence): RuleFinding | RuleFinding[] | undefined;
  /** Why the evidence excludes this cause, or nothing. */
  rulesOut(evidence: Evidence): string | undefined;
  /** What would decide, where the evidence leaves this cause open: a sentence that follows "Open until". */
  staysOpen(evidence: Evidence): string | undefined;
  /** Phrases by which texts name this cause. */
  signs: readonly Sign[];
  heard(evidence: Evidence): HeardFinding;
  /** Whether the daemon decides about this cause itself, so that its own word is proof, not hearsay. */
  daemonDecides: boolean;
}

/** States a rule; what it leaves out stays silent. */
export function defineRule(
  rule: Pick<Rule, 'cause' | 'decides' | 'needs' | 'examine'> &
    Partial<Omit<Rule, 'signs' | 'heard'>> &
    ({ signs: readonly Sign[]; heard: Rule['heard'] } | { signs?: never; heard?: never }),
): Rule {
  return {
    rulesOut: () => undefined,
    staysOpen: () => undefined,
    daemonDecides: false,
    ...rule,
    signs: rule.signs ?? [],
    heard: rule.heard ?? neverHeard,
  };
}

function neverHeard(): HeardFinding {
  throw new Error('A rule without signs cannot be heard.');
}
