import { Link } from '@tanstack/react-router';
import { StaleNote } from '../../StaleNote.tsx';
import { segClass } from '../../ui/Seg.tsx';
import { useTitle } from '../../useTitle.ts';
import { AttemptsView } from './AttemptsView.tsx';
import { DiagnosesList } from './DiagnosesList.tsx';
import { FailuresView } from './FailuresView.tsx';
import { changed, type ListName, lists } from './filters.ts';
import styles from './HistoryPage.module.css';
import { type History, useHistory } from './useHistory.ts';

const listNames: Record<ListName, string> = {
  attempts: 'Attempts',
  failures: 'Failures',
  diagnoses: 'Diagnoses',
};

/** Every pull that Pull Doctor heard of, the kinds of failure among them, and what was diagnosed. */
export function HistoryPage() {
  const history = useHistory();
  const { list } = history.view;
  useTitle(list === 'attempts' ? 'Pull history' : `Pull history, ${listNames[list].toLowerCase()}`);
  return (
    <>
      <StaleNote />
      {list === 'attempts' && <AttemptsView history={history} tabs={<Lists history={history} />} />}
      {list === 'failures' && <FailuresView history={history} tabs={<Lists history={history} />} />}
      {list === 'diagnoses' && (
        <>
          <div className={styles.head}>
            <h1>Pull history</h1>
            <Lists history={history} />
          </div>
          <DiagnosesList />
        </>
      )}
    </>
  );
}

function Lists({ history: { view, search } }: { history: History }) {
  return (
    <nav className={`${segClass} ${styles.lists}`} aria-label="Lists">
      {lists.map((list) => (
        <Link
          key={list}
          to="/history"
          // what narrows one list narrows the other; a drawer belongs to the one that it was opened from
          search={changed(search, { list, attempt: '', sort: '', group: '', chart: '', state: '' })}
          // a list is a part of the address, not all of it
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={view.list === list ? 'page' : undefined}
        >
          {listNames[list]}
        </Link>
      ))}
    </nav>
  );
}
