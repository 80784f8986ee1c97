import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { bytesText } from '../../ui/time-text.ts';
import styles from './HistoryPage.module.css';
import { stateQuery } from './history-queries.ts';

const DoorsDialog = lazy(() => import('./DoorsDialog.tsx'));

/** How long attempts are kept, and where they are heard of; the whole of it is one click away. */
export function Kept() {
  const [isOpen, setOpen] = useState(false);
  const { data: state } = useQuery(stateQuery);
  if (!state) return null;
  const open = state.doors.filter((door) => door.state === 'open').length;
  return (
    <>
      <button type="button" className={styles.kept} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Kept for {state.kept.days} days or {bytesText(state.kept.megabytes * 1_000_000)}. {open} of{' '}
        {state.doors.length} ways to hear of pulls are open
      </button>
      <Suspense>{isOpen && <DoorsDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
