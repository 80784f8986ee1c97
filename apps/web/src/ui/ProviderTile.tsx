import { Icon } from './Icon.tsx';
import styles from './ProviderTile.module.css';

/** Two grey letters for who runs a registry, or a box where there are none; the name stands beside it. */
export function ProviderTile({ mark, size = 'md' }: { mark: string; size?: 'sm' | 'md' | 'lg' }) {
  return (
    <span className={styles.tile} data-size={size} aria-hidden="true">
      {/^[A-Z]/.test(mark) ? mark : <Icon id="registry" size={size === 'lg' ? 'lg' : 'md'} />}
    </span>
  );
}
