import { Icon, type IconId } from './Icon.tsx';
import styles from './StatusBadge.module.css';
import type { Tone } from './tone.ts';

/** A status: its word, its silhouette, its colour. */
export function StatusBadge({ tone, icon, word }: { tone: Tone; icon: IconId; word: string }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon id={icon} size="sm" isTurning={icon === 'running'} />
      {word}
    </span>
  );
}

/** The same without its box, for rows and titles. */
export function StatusWord({
  tone,
  icon,
  word,
  isQuiet = false,
}: {
  tone: Tone;
  icon: IconId;
  word: string;
  isQuiet?: boolean;
}) {
  return (
    <span className={isQuiet ? `${styles.word} ${styles.quiet}` : styles.word}>
      <StatusMark tone={tone} icon={icon} />
      <span>{word}</span>
    </span>
  );
}

export function StatusMark({ tone, icon }: { tone: Tone; icon: IconId }) {
  return (
    <span className={styles.mark} data-tone={tone}>
      <Icon id={icon} isTurning={icon === 'running'} />
    </span>
  );
}
