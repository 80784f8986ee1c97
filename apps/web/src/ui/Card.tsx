import type { ReactNode } from 'react';
import styles from './Card.module.css';

/** A surface with a hairline; with a title it is a named region. */
export function Card({
  title,
  aside,
  children,
  label,
}: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  /** The name of a card without a title. */
  label?: string;
}) {
  return (
    <section className={styles.card} aria-label={label ?? title}>
      {title && (
        <header className={styles.head}>
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}
