import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { canonical } from '@pull-doctor/diagnosis/reference/names';
import { Fault } from '../../fault.ts';
import type { NewAttempt } from './intake.ts';

/**
 * The failed pull that a pasted text tells of, as an attempt.
 *
 * @throws Fault where the diagnosis is not of an error text, or still runs.
 */
export function keptDiagnosis(diagnosis: Diagnosis): NewAttempt {
  const { id, state, steps, reference, findings, input, startedAt, platform } = diagnosis;
  if (state === 'running')
    throw new Fault('nothing-to-keep', 409, `The diagnosis ${id} still runs.`, 'Keep it when it has ended.');
  if (!steps.some(({ step }) => step === 'text'))
    throw new Fault(
      'nothing-to-keep',
      409,
      `The diagnosis ${id} is of an image, not of a text that tells of a failed pull.`,
      'Diagnose the error text; what it tells of can be kept.',
    );
  const [first] = findings;
  return {
    reference,
    canonical: reference && canonical(reference),
    registry: reference?.registry ?? null,
    platform,
    user: null,
    client: null,
    digest: reference?.digest ?? null,
    door: 'pasted',
    outcome: 'failed',
    message: input,
    startedAt: new Date(startedAt),
    tookMs: null,
    bytes: null,
    key: `diagnosis:${id}`,
    diagnosisId: id,
    cause: first?.cause ?? null,
    certainty: first?.certainty ?? null,
  };
}
