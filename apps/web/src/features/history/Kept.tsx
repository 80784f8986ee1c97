import type { HistoryState } from '@pull-doctor/contract/history';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { bytesText } from '../../ui/time-text.ts';
import styles from './HistoryPage.module.css';
import { stateQuery } from './history-queries.ts';

const DoorsDialog = lazy(() => import('./DoorsDialog.tsx'));

/** How long attempts are kept, and by how many ways they are heard of; the whole of it is one click away. */
export function Kept() {
  const { data: state } = useQuery(stateQuery);
  if (!state) return null;
  const open = state.doors.filter((door) => door.state === 'open').length;
  return (
    <DoorsButton>
      Kept for {state.kept.days} days or {bytesText(state.kept.megabytes * 1_000_000)}. {open} of{' '}
      {state.doors.length} ways to hear of pulls are open
    </DoorsButton>
  );
}

/** Beside the counts: that there are pulls which nobody told of, and which. Nothing where every way is open. */
export function Unheard() {
  const { data: state } = useQuery(stateQuery);
  const first = state && shutDoors(state)[0];
  if (!first) return null;
  return (
    <DoorsButton>
      <Icon id="warn" size="sm" />
      Not all pulls are heard of
      <span className="sr">: {first.unseen}</span>
    </DoorsButton>
  );
}

const shutDoors = ({ doors }: HistoryState) =>
  doors.filter(({ state, unseen }) => state !== 'open' && unseen !== null);

function DoorsButton({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={styles.kept} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {children}
      </button>
      <Suspense>{isOpen && <DoorsDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
