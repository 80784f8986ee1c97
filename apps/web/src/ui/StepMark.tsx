import { Icon, type IconId } from './Icon.tsx';
import styles from './StepMark.module.css';
import type { Tone } from './tone.ts';

export type StepMarkState = 'done' | 'failed' | 'skipped' | 'warning' | 'waiting' | 'running';

const looks: Record<Exclude<StepMarkState, 'failed'>, { tone: Tone; icon: IconId; word: string }> = {
  done: { tone: 'ok', icon: 'ok', word: 'Done' },
  skipped: { tone: 'unknown', icon: 'skipped', word: 'Skipped' },
  warning: { tone: 'warning', icon: 'warn', word: 'Warning' },
  waiting: { tone: 'unknown', icon: 'waiting', word: 'Waiting' },
  running: { tone: 'running', icon: 'running', word: 'Checking' },
};

/** How a step stands; a failed one takes the silhouette of the status that it proves. */
export function StepMark({ state, failedTone }: { state: StepMarkState; failedTone: Tone & IconId }) {
  const { tone, icon, word } =
    state === 'failed' ? { tone: failedTone, icon: failedTone, word: 'Failed' } : looks[state];
  return (
    <span className={styles.mark} data-tone={tone}>
      <Icon id={icon} isTurning={state === 'running'} />
      <span className="sr">{word}</span>
    </span>
  );
}
