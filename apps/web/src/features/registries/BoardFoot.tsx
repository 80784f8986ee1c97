import { lazy, Suspense, useState } from 'react';
import styles from './Board.module.css';
import { intervalText } from './row-words.ts';
import { useCheckAll } from './useChecks.ts';

const AddRegistryDialog = lazy(() => import('./AddRegistryDialog.tsx'));

/** Under the board: how often it is checked, and what can be done with all of it. */
export function BoardFoot({
  intervalSeconds,
  hostName,
  user,
  isChecking,
  isStale,
}: {
  intervalSeconds: number | null;
  hostName: string | undefined;
  user: string | undefined;
  isChecking: boolean;
  isStale: boolean;
}) {
  const [isAdding, setAdding] = useState(false);
  const checkAll = useCheckAll(user);
  const isBusy = isChecking || checkAll.isPending;
  return (
    <footer className={styles.foot}>
      <span>
        {intervalText(intervalSeconds)}
        {hostName && ` from ${hostName}`}
      </span>
      {checkAll.error && <span role="alert">{checkAll.error.message}</span>}
      <button type="button" aria-haspopup="dialog" disabled={isStale} onClick={() => setAdding(true)}>
        Add a registry
      </button>
      <button type="button" data-check-all="" disabled={isBusy || isStale} onClick={() => checkAll.mutate()}>
        {isBusy ? 'Checking all' : 'Check all now'}
      </button>
      <Suspense>{isAdding && <AddRegistryDialog onClose={() => setAdding(false)} />}</Suspense>
    </footer>
  );
}
