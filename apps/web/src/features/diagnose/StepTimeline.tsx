import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { StepName } from '@pull-doctor/contract/steps';
import { lazy, Suspense } from 'react';
import { useNow } from '../../clock.ts';
import { Card } from '../../ui/Card.tsx';
import { clockText, secondsText } from '../../ui/time-text.ts';
import { StepRow } from './StepRow.tsx';
import styles from './StepTimeline.module.css';
import { laneOf, shownSteps, stepsTitle, toneOfStep, tookMsOf, totalMsOf } from './step-words.ts';

// asked for at once, and not waited for: steps and verdict are drawn before it
const evidence = import('./StepEvidence.tsx');
const StepEvidence = lazy(() => evidence);

/** The steps of a diagnosis in their fixed order, with what each saw. */
export function StepTimeline({
  diagnosis,
  hostName,
  isCutOff,
  open,
  onToggle,
  isBusy,
  onDiagnoseImage,
}: {
  diagnosis: Diagnosis;
  hostName: string | undefined;
  /** The server was lost while it ran. */
  isCutOff: boolean;
  open: ReadonlySet<StepName>;
  onToggle: (step: StepName) => void;
  /** Another diagnosis is being started. */
  isBusy: boolean;
  /** Diagnoses the same text for another image of it. */
  onDiagnoseImage: (image: string) => void;
}) {
  // what was under way when the server was lost has no result, and does not turn for ever
  const steps = shownSteps(diagnosis).map((step) =>
    isCutOff && step.state === 'running'
      ? { ...step, state: 'waiting' as const, summary: 'no result' }
      : step,
  );
  const isRunning = diagnosis.state === 'running' && !isCutOff;
  const totalMs = totalMsOf(steps, tookMsOf(diagnosis) ?? 0);
  return (
    <Card label="Steps">
      <div className={styles.head}>
        <h2>{stepsTitle(diagnosis, isCutOff)}</h2>
        <small>
          {isRunning ? (
            <Watch startedAt={diagnosis.startedAt} />
          ) : (
            `${hostName ? `from ${hostName}, ` : ''}${clockText(diagnosis.startedAt)} UTC`
          )}
        </small>
      </div>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <StepRow
            key={step.step}
            step={step}
            isOpen={open.has(step.step)}
            onToggle={onToggle}
            tone={toneOfStep(step.step, diagnosis.findings)}
            lane={laneOf(step, totalMs)}
          >
            <Suspense>
              <StepEvidence
                step={step}
                diagnosis={diagnosis}
                isBusy={isBusy}
                onDiagnoseImage={onDiagnoseImage}
              />
            </Suspense>
          </StepRow>
        ))}
      </ol>
    </Card>
  );
}

function Watch({ startedAt }: { startedAt: string }) {
  const now = useNow(100);
  return <time dateTime={startedAt}>{secondsText(now - Date.parse(startedAt), 2)}</time>;
}
