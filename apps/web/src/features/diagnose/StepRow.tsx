import type { StatusTint } from '@pull-doctor/contract/causes';
import type { Step } from '@pull-doctor/contract/diagnoses';
import type { StepName } from '@pull-doctor/contract/steps';
import type { ReactNode } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { Redactable } from '../../ui/Redactable.tsx';
import { StepMark } from '../../ui/StepMark.tsx';
import { durationText } from '../../ui/time-text.ts';
import styles from './StepTimeline.module.css';
import { stepWords } from './step-words.ts';

const vantages: Record<Step['from'], string | null> = {
  'pull-doctor': null,
  dockerd: 'Seen by the Docker daemon.',
  pasted: 'From the text that was pasted.',
};

/** One step: how it stands, what it found in one sentence, when and how long; opens to show what it saw. */
export function StepRow({
  step,
  isOpen,
  onToggle,
  tone,
  lane,
  children,
}: {
  step: Step;
  isOpen: boolean;
  onToggle: (step: StepName) => void;
  tone: StatusTint;
  lane: { left: number; width: number } | null;
  /** What it saw. */
  children: ReactNode;
}) {
  const canOpen = step.evidence !== null;
  const isShown = canOpen && isOpen;
  const isFailed = step.state === 'failed';
  const panelId = `evidence-${step.step}`;
  const line = (
    <>
      <StepMark state={step.state} failedTone={tone} />
      <span className={styles.name}>{stepWords[step.step]}</span>
      <span className={styles.summary}>
        <Redactable text={isShown ? '' : step.summary} />
      </span>
      <span className={styles.lane} aria-hidden="true">
        {lane && <span style={{ left: `${lane.left}%`, width: `max(2px, ${lane.width}%)` }} />}
      </span>
      <span className={styles.took}>{step.ms === null ? '' : durationText(step.ms)}</span>
      <span className={styles.arrow}>{canOpen && <Icon id={isShown ? 'up' : 'down'} size="sm" />}</span>
    </>
  );
  return (
    <li
      id={`step-${step.step}`}
      className={styles.step}
      data-state={step.state}
      data-open={isShown || undefined}
      data-tone={isFailed ? tone : step.state === 'warning' ? 'warning' : undefined}
    >
      {canOpen ? (
        <button
          type="button"
          className={styles.line}
          data-step={step.step}
          aria-expanded={isShown}
          aria-controls={panelId}
          onClick={() => onToggle(step.step)}
        >
          {line}
        </button>
      ) : (
        <div className={styles.line}>{line}</div>
      )}
      {isShown && (
        <div id={panelId} className={styles.under}>
          <p className={styles.lead}>
            <Redactable text={step.summary} />
            {vantages[step.from] && <small>{vantages[step.from]}</small>}
          </p>
          {children}
        </div>
      )}
    </li>
  );
}
