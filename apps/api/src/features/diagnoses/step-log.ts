import type { Step } from '@pull-doctor/contract/diagnoses';
import type { Evidence, NotSeen } from '@pull-doctor/contract/evidence/evidence';
import { type StepName, stepNames } from '@pull-doctor/contract/steps';
import { describeStep } from '@pull-doctor/diagnosis/steps/describe-step';

/** A step without its evidence, which is stored in one piece. */
export type StepRecord = Omit<Step, 'evidence'>;

type Times = { startedMs: number; ms: number | null };

/** What was gathered so far, and when: the examiner writes, the answers are read from it at any time. */
export interface StepLog {
  readonly evidence: Evidence;
  /** Runs one step; what it returns becomes its part of the evidence. */
  run<Name extends StepName>(
    step: Name,
    gather: () => Promise<NonNullable<Evidence[Name]>>,
  ): Promise<NonNullable<Evidence[Name]>>;
  skip(step: StepName, reason: NotSeen): void;
  /** Every step that was neither run nor skipped gets this reason. */
  skipRest(steps: readonly StepName[], reason: NotSeen): void;
  has(step: StepName): boolean;
  records(): StepRecord[];
}

/**
 * @param elapsed Milliseconds since the start of the diagnosis, by a monotonic clock.
 * @param changed Called after every beginning and end of a step.
 */
export function stepLog(evidence: Evidence, elapsed: () => number, changed: () => void): StepLog {
  const times = new Map<StepName, Times>();
  const log: StepLog = {
    evidence,
    async run(step, gather) {
      const startedMs = elapsed();
      times.set(step, { startedMs, ms: null });
      changed();
      try {
        const part = await gather();
        evidence[step] = part as Evidence[typeof step];
        return part;
      } catch (cause) {
        evidence.notSeen[step] = {
          code: 'crashed',
          why: 'This step failed inside Pull Doctor; the log has the reason.',
        };
        throw cause;
      } finally {
        times.set(step, { startedMs, ms: elapsed() - startedMs });
        changed();
      }
    },
    skip(step, reason) {
      if (!log.has(step)) evidence.notSeen[step] = reason;
    },
    skipRest(steps, reason) {
      for (const step of steps) if (step !== 'text' && !times.has(step)) log.skip(step, reason);
    },
    has: (step) => evidence[step] !== undefined || evidence.notSeen[step] !== undefined,
    records: () => shownSteps(evidence, times).map((step) => record(step, evidence, times.get(step))),
  };
  return log;
}

/** The error text is a step only where one was pasted. */
function shownSteps(evidence: Evidence, times: ReadonlyMap<StepName, Times>): StepName[] {
  return stepNames.filter((step) => step !== 'text' || evidence.text !== undefined || times.has(step));
}

function record(step: StepName, evidence: Evidence, times: Times | undefined): StepRecord {
  const isOver = evidence[step] !== undefined || evidence.notSeen[step] !== undefined;
  const { state, summary } = isOver
    ? describeStep(step, evidence)
    : { state: times ? ('running' as const) : ('waiting' as const), summary: '' };
  return {
    step,
    state,
    summary,
    ms: times?.ms ?? null,
    startedMs: times?.startedMs ?? null,
    from: vantageOf(step),
  };
}

export function attachEvidence(records: readonly StepRecord[], evidence: Evidence): Step[] {
  // Each step's evidence has the type that its name says; the compiler cannot follow that through the map.
  return records.map((step) => ({ ...step, evidence: evidence[step.step] ?? null }) as Step);
}

function vantageOf(step: StepName): StepRecord['from'] {
  if (step === 'text') return 'pasted';
  return step === 'daemon' || step === 'pull' ? 'dockerd' : 'pull-doctor';
}
