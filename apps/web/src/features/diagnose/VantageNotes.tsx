import type { ReactNode } from 'react';
import { StatusMark } from '../../ui/StatusBadge.tsx';
import styles from './VerdictCard.module.css';

/** In what way Pull Doctor may see something else than the daemon does. */
export function VantageNotes({
  notes,
  section,
}: {
  notes: readonly string[];
  section: (children: ReactNode) => ReactNode;
}) {
  if (notes.length === 0) return null;
  return section(
    <ul className={styles.evidence}>
      {notes.map((note) => (
        <li key={note}>
          <StatusMark tone="info" icon="info" />
          <span>{note}</span>
        </li>
      ))}
    </ul>,
  );
}
