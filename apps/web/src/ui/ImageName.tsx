import styles from './ImageName.module.css';

/** A name in two parts on one line; the first is cut at its start where there is no room. */
export function ImageName({ head, rest, whole }: { head: string; rest: string; whole: string }) {
  return (
    <span className={styles.name} title={whole}>
      <span className={styles.head}>
        <bdi>{head}</bdi>
      </span>
      <span className={styles.rest}>{rest}</span>
    </span>
  );
}
