import { type Cause, causeFacts, certainties } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Finding, OpenCause, RuledOut } from '@pull-doctor/contract/finding';
import { joinPull } from './join/join-pull.ts';
import { joinText } from './join/join-text.ts';
import { pullWorks } from './pull-works.ts';
import { allRules } from './rules/all-rules.ts';
import type { Rule, RuleFinding } from './rules/define-rule.ts';
import { describeStep } from './steps/describe-step.ts';
import { verdictOf } from './verdict.ts';

export interface Judgement {
  /** Surest first; empty where the pull works. */
  findings: Finding[];
  ruledOut: RuledOut[];
  open: OpenCause[];
  /** One sentence, or two: why the image cannot be pulled, or that it can. */
  verdict: string;
  pullable: 'yes' | 'no' | 'unknown';
}

/**
 * Where a finding comes from, in the order in which findings are told: a real pull decides; then what the error text and
 * Pull Doctor agree on; a text of a program that Pull Doctor cannot take the place of; what Pull Doctor saw itself; what
 * the text said and is not met.
 */
const standings = ['pull', 'agreed', 'text-first', 'seen', 'text-after'] as const;

/** A finding on its way through the engine. */
export interface Judged {
  cause: Cause;
  found: RuleFinding;
  standing: (typeof standings)[number];
}

/**
 * Judges the evidence of one pull. Pure: the same evidence gives the same judgement, and the present time is part of
 * it. A rule that throws becomes a finding of its own, never an exception.
 */
export function diagnose(evidence: Evidence, rules: readonly Rule[] = allRules): Judgement {
  const judged = judge(evidence, rules);
  const findings = judged.sort(byCertaintyAndOrder).map((one) => finish(one, evidence));
  const pullable = pullableOf(evidence, judged);
  const { ruledOut, open } = otherCauses(evidence, rules, findings);
  return { findings, ruledOut, open, verdict: verdictOf(evidence, findings, pullable), pullable };
}

function judge(evidence: Evidence, rules: readonly Rule[]): Judged[] {
  const named = rules.filter(({ cause }) => cause !== 'unknown');
  // A pull that worked leaves nothing to look for; only what another program said of it stands.
  if (isSettledByPull(evidence)) return joinText(evidence, [], named);
  const seen = dropExplained(named.flatMap((rule) => examine(rule, evidence)));
  const joined = joinText(evidence, dropExplained(joinPull(evidence, seen, named)), named);
  const explainsThePull = joined.some(({ found }) => !found.besideThePull);
  if (explainsThePull || pullWorks(evidence) === 'yes') return joined;
  // The last word: only where the pull does not work and no named cause says why.
  const unknown = rules.filter(({ cause }) => cause === 'unknown');
  return [...unknown.flatMap((rule) => examine(rule, evidence)), ...joined];
}

function examine(rule: Rule, evidence: Evidence): Judged[] {
  if (!rule.needs.every((part) => evidence[part] !== undefined)) return [];
  try {
    const found = rule.examine(evidence) ?? [];
    return [found].flat().map((one) => ({ cause: rule.cause, found: one, standing: 'seen' as const }));
  } catch (error) {
    return [{ cause: 'unknown', found: crashed(rule, error), standing: 'seen' }];
  }
}

function crashed(rule: Rule, error: unknown): RuleFinding {
  return {
    certainty: 'guess',
    what: `This check crashed: ${rule.cause}.`,
    why: `The rule for ${rule.cause} ended with a fault of its own (${reasonOf(error)}), so this cause was not judged. The other findings stand.`,
    todo: 'Copy the report: with its evidence, the fault can be found and mended.',
    restsOn: [],
    besideThePull: true,
  };
}

/** Drops findings that another one brings about: a certificate that is "not valid yet" because the clock is off. */
function dropExplained(judged: Judged[]): Judged[] {
  const explained = new Set(judged.flatMap(({ found }) => found.explains ?? []));
  return judged.filter(({ cause }) => !explained.has(cause));
}

function isSettledByPull(evidence: Evidence): boolean {
  return evidence.pull?.outcome === 'pulled';
}

const causeOrder = Object.keys(causeFacts);

function byCertaintyAndOrder(a: Judged, b: Judged): number {
  return (
    Number(a.found.besideThePull ?? false) - Number(b.found.besideThePull ?? false) ||
    standings.indexOf(a.standing) - standings.indexOf(b.standing) ||
    certainties.indexOf(a.found.certainty) - certainties.indexOf(b.found.certainty) ||
    causeOrder.indexOf(a.cause) - causeOrder.indexOf(b.cause)
  );
}

function finish({ cause, found }: Judged, evidence: Evidence): Finding {
  return {
    cause,
    certainty: found.certainty,
    confirmedBy: found.certainty === 'confirmed' ? (found.confirmedBy ?? 'probe') : null,
    // A host without a name begins the sentence as a word, a host with one keeps its own spelling.
    what: found.what.replace(/^this host\b/, 'This host'),
    why: found.why,
    todo: found.todo,
    commands: found.commands ?? [],
    wizard: found.wizard ?? null,
    alternatives: (found.alternatives ?? []).filter((other) => other.cause !== cause),
    restsOn: found.restsOn.map((rest) =>
      typeof rest === 'string' ? { step: rest, says: describeStep(rest, evidence).summary } : rest,
    ),
  };
}

function pullableOf(evidence: Evidence, judged: readonly Judged[]): Judgement['pullable'] {
  if (evidence.pull?.outcome === 'pulled') return 'yes';
  if (evidence.pull?.outcome === 'failed') return 'no';
  if (judged.some(({ found }) => found.certainty !== 'guess' && !found.mayStillPull)) return 'no';
  return judged.some(({ found }) => !found.besideThePull) ? 'unknown' : pullWorks(evidence);
}

function otherCauses(
  evidence: Evidence,
  rules: readonly Rule[],
  findings: readonly Finding[],
): { ruledOut: RuledOut[]; open: OpenCause[] } {
  const taken = new Set(
    findings.flatMap(({ cause, alternatives }) => [cause, ...alternatives.map((a) => a.cause)]),
  );
  const ruledOut: RuledOut[] = [];
  const open: OpenCause[] = [];
  for (const rule of rules) {
    if (taken.has(rule.cause)) continue;
    try {
      const why = rule.rulesOut(evidence);
      const until = rule.staysOpen(evidence);
      if (why !== undefined) ruledOut.push({ cause: rule.cause, why });
      else if (until !== undefined) open.push({ cause: rule.cause, until });
    } catch (error) {
      open.push({ cause: rule.cause, until: `the fault in this check is mended: ${reasonOf(error)}` });
    }
  }
  return { ruledOut, open };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
