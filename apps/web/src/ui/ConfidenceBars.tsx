import styles from './ConfidenceBars.module.css';

/** How sure something is: one to four bars, and the word that carries the meaning. */
export function ConfidenceBars({ bars, word }: { bars: 1 | 2 | 3 | 4; word: string }) {
  return (
    <span className={styles.confidence}>
      <span className={styles.bars} aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} className={bar <= bars ? styles.on : styles.off} />
        ))}
      </span>
      {word}
    </span>
  );
}
