import { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { StepName } from '@pull-doctor/contract/steps';
import { stepNames } from '@pull-doctor/contract/steps';
import { now } from './exchange.ts';
import { healthyParts, type PullOptions } from './healthy-pull.ts';

/** Any part of the evidence, or nothing for a part that was not seen. */
export type Parts = Partial<Record<StepName, unknown>>;

/**
 * Evidence of one pull that works, with some parts replaced. Everything goes through the contract's schema, so that a
 * fixture of a shape that no gatherer can make fails the test.
 */
export function evidenceOf(options: PullOptions = {}, parts: Partial<Evidence> = {}): Evidence {
  return Evidence.parse({
    version: 1,
    now,
    input: 'docker pull',
    vantage: { from: 'pull-doctor', notes: [] },
    notSeen: {},
    ...healthyParts(options),
    ...parts,
  });
}

/** The same evidence as if this step had ended the way: later steps were not seen, the daemon was. */
export function endingAt(step: StepName, evidence: Evidence): Evidence {
  const later = stepNames
    .slice(stepNames.indexOf(step) + 1)
    .filter((name) => name !== 'daemon' && name !== 'pull');
  const kept = Object.fromEntries(
    Object.entries(evidence).filter(([name]) => !later.some((one) => one === name)),
  );
  const notSeen = Object.fromEntries(
    later.map((name) => [name, { code: 'needs-earlier-step', why: `Needs the step ${step}` }]),
  );
  return Evidence.parse({ ...kept, notSeen: { ...evidence.notSeen, ...notSeen } });
}
