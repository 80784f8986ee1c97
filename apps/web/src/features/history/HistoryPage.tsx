import { Link, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useShortcuts } from '../../keyboard.ts';
import { moveFocus } from '../../move-focus.ts';
import { StaleNote } from '../../StaleNote.tsx';
import { useTitle } from '../../useTitle.ts';
import { AttemptsList } from './AttemptsList.tsx';
import { DiagnosesList } from './DiagnosesList.tsx';
import styles from './HistoryPage.module.css';

/** What was diagnosed, and what was pulled. */
export function HistoryPage() {
  const { list } = useSearch({ from: '/shell/history' });
  useTitle(list === 'attempts' ? 'Pull history, attempts' : 'Pull history');
  useShortcuts(useMemo(() => ({ next: () => moveFocus(rows, 1), previous: () => moveFocus(rows, -1) }), []));
  return (
    <>
      <StaleNote />
      <div className={styles.head}>
        <h1>Pull history</h1>
        <nav className={styles.lists} aria-label="Lists">
          <Link to="/history" search={{}} activeOptions={{ includeSearch: true, exact: true }}>
            Diagnoses
          </Link>
          <Link to="/history" search={{ list: 'attempts' }} activeOptions={{ includeSearch: true }}>
            Pull attempts
          </Link>
        </nav>
      </div>
      {list === 'attempts' ? <AttemptsList /> : <DiagnosesList />}
    </>
  );
}

const rows = '[data-row] a[href], [data-row] button';
