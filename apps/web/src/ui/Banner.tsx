import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { Icon, type IconId } from './Icon.tsx';
import type { Tone } from './tone.ts';

/** The page is affected: what happened, why, and what to do. */
export function Banner({
  tone,
  icon,
  title,
  children,
  action,
}: {
  tone: Tone;
  icon: IconId;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.banner} data-tone={tone}>
      <span className={styles.icon}>
        <Icon id={icon} />
      </span>
      <div className={styles.text}>
        <strong>{title}</strong>
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
