import styles from './ProviderTile.module.css';

/** Two grey letters for who runs a registry; the name stands beside it. */
export function ProviderTile({ mark, size = 'md' }: { mark: string; size?: 'sm' | 'md' | 'lg' }) {
  return (
    <span className={styles.tile} data-size={size} aria-hidden="true">
      {mark}
    </span>
  );
}
