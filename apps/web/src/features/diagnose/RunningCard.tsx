import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { Redactable } from '../../ui/Redactable.tsx';
import { SkeletonLine } from '../../ui/Skeleton.tsx';
import { StatusBadge, StatusMark } from '../../ui/StatusBadge.tsx';
import { PullProgress } from './PullProgress.tsx';
import { currentStep, shownSteps, stepWords } from './step-words.ts';
import styles from './VerdictCard.module.css';
import { Section } from './VerdictCard.tsx';

const marks = {
  done: { tone: 'ok', icon: 'ok' },
  failed: { tone: 'invalid', icon: 'invalid' },
  warning: { tone: 'warning', icon: 'warn' },
} as const;

/** While a diagnosis runs: what is settled so far, and the place where the verdict will be. */
export function RunningCard({ diagnosis }: { diagnosis: Diagnosis }) {
  const steps = shownSteps(diagnosis);
  const known = steps.filter(
    (step): step is typeof step & { state: keyof typeof marks } =>
      step.state in marks && step.step !== 'reference',
  );
  return (
    <section className={styles.card} aria-labelledby="verdict">
      <div className={styles.head} data-tone="running">
        <div className={styles.badges}>
          <StatusBadge tone="running" icon="running" word="Checking" />
          <span className={styles.meta}>
            Step {currentStep(steps)} of {steps.length}
          </span>
        </div>
        <h1 id="verdict">
          <Redactable text={diagnosis.verdict} />
        </h1>
        <p>You can leave this page; the result is kept in the history.</p>
        {diagnosis.progress && <PullProgress progress={diagnosis.progress} />}
      </div>
      {known.length > 0 && (
        <Section title="Known so far">
          <ul className={styles.evidence}>
            {known.map(({ step, state, summary }) => (
              <li key={step}>
                <StatusMark {...marks[state]} />
                <span>
                  {stepWords[step]}: <Redactable text={summary} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Verdict">
        <div className={styles.lines}>
          <SkeletonLine width={62} size="lg" />
          <SkeletonLine width={92} />
          <SkeletonLine width={78} />
        </div>
      </Section>
    </section>
  );
}
