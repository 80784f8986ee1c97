import type { Diagnosis, Step } from '@pull-doctor/contract/diagnoses';
import { EvidencePanel } from '../../ui/EvidencePanel.tsx';
import { evidenceOf } from './evidence/evidence-of.ts';
import { TextPanel } from './text/TextPanel.tsx';

/** What a step saw: the error text with its marks, or facts, requests and answers. */
export default function StepEvidence({
  step,
  diagnosis,
  isBusy,
  onDiagnoseImage,
}: {
  step: Step;
  diagnosis: Pick<Diagnosis, 'input' | 'steps'>;
  isBusy: boolean;
  onDiagnoseImage: (image: string) => void;
}) {
  if (step.step !== 'text' || step.evidence === null) return <EvidencePanel blocks={evidenceOf(step)} />;
  const reference = diagnosis.steps.find((other) => other.step === 'reference')?.evidence;
  return (
    <TextPanel
      text={diagnosis.input}
      reading={step.evidence}
      image={reference?.text ?? null}
      isBusy={isBusy}
      onDiagnose={onDiagnoseImage}
    />
  );
}
