import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';
import { Icon, type IconId } from './Icon.tsx';

/** In place of what is not there: what was looked at, why nothing is there, one way on, and facts to pass on. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
  facts = [],
  heading: Heading = 'h2',
}: {
  icon: IconId;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  facts?: readonly { label: string; value: string }[];
  heading?: 'h1' | 'h2';
}) {
  return (
    <div className={styles.empty}>
      <span className={styles.picture}>
        <Icon id={icon} size="xl" />
      </span>
      <Heading>{title}</Heading>
      <p>{children}</p>
      {actions && <div className={styles.actions}>{actions}</div>}
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
