import type { StatusTint } from '@pull-doctor/contract/causes';
import type { Step } from '@pull-doctor/contract/diagnoses';
import type { RestsOn } from '@pull-doctor/contract/finding';
import type { StepName } from '@pull-doctor/contract/steps';
import { Redactable } from '../../ui/Redactable.tsx';
import { StatusMark } from '../../ui/StatusBadge.tsx';
import { stepWords } from './step-words.ts';
import styles from './VerdictCard.module.css';

/** What a finding rests on, each with a way to the step that saw it. */
export function EvidenceLinks({
  restsOn,
  steps,
  tone,
  onStep,
}: {
  restsOn: readonly RestsOn[];
  steps: readonly Step[];
  tone: StatusTint;
  onStep: (step: StepName) => void;
}) {
  return (
    <ul className={styles.evidence}>
      {restsOn.map(({ step, says }) => (
        <li key={`${step}${says}`}>
          <Mark step={step} state={steps.find((candidate) => candidate.step === step)?.state} tone={tone} />
          <span>
            <Redactable text={says} />
          </span>
          <button type="button" className={styles.link} onClick={() => onStep(step)}>
            <span className="sr">Evidence: </span>
            {stepWords[step]}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Mark({ step, state, tone }: { step: StepName; state: Step['state'] | undefined; tone: StatusTint }) {
  // reading the text went well, and what it says is the failure
  if (state === 'failed' || step === 'text') return <StatusMark tone={tone} icon={tone} />;
  if (state === 'warning') return <StatusMark tone="warning" icon="warn" />;
  if (state === 'done') return <StatusMark tone="ok" icon="ok" />;
  return <StatusMark tone="info" icon="info" />;
}
