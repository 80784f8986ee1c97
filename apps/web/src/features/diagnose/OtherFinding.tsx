import { causeFacts } from '@pull-doctor/contract/causes';
import type { Step } from '@pull-doctor/contract/diagnoses';
import type { Finding } from '@pull-doctor/contract/finding';
import type { StepName } from '@pull-doctor/contract/steps';
import { confidenceOf, outcomeOfCause } from '../../outcome.ts';
import { ConfidenceBars } from '../../ui/ConfidenceBars.tsx';
import { Redactable } from '../../ui/Redactable.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { Commands } from './Commands.tsx';
import { EvidenceLinks } from './EvidenceLinks.tsx';
import styles from './VerdictCard.module.css';

/** A further candidate, or a second thing that is wrong. */
export function OtherFinding({
  finding,
  steps,
  onStep,
}: {
  finding: Finding;
  steps: readonly Step[];
  onStep: (step: StepName) => void;
}) {
  return (
    <div className={styles.other}>
      <div className={styles.badges}>
        <StatusBadge {...outcomeOfCause(finding.cause)} />
        <ConfidenceBars {...confidenceOf(finding)} />
      </div>
      <h3>
        <Redactable text={finding.what} />
      </h3>
      <p>
        <Redactable text={finding.why} />
      </p>
      <p className={styles.todo}>
        <Redactable text={finding.todo} />
      </p>
      <Commands commands={finding.commands} />
      <EvidenceLinks
        restsOn={finding.restsOn}
        steps={steps}
        tone={causeFacts[finding.cause].tint}
        onStep={onStep}
      />
    </div>
  );
}
