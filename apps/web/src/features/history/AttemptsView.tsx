import type { AttemptStats } from '@pull-doctor/contract/attempts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useShortcuts } from '../../keyboard.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { useIsStale } from '../../StaleNote.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { useSkeleton } from '../../ui/Skeleton.tsx';
import { countText } from '../../ui/time-text.ts';
import { useIsPhone } from '../../ui/useIsPhone.ts';
import { AttemptTable } from './AttemptTable.tsx';
import { type Column, keepColumns, readColumns } from './columns.ts';
import { FilterBar } from './FilterBar.tsx';
import { ColumnsMenu, ExportMenu } from './HeadMenus.tsx';
import { HistoryNotes } from './HistoryNotes.tsx';
import styles from './HistoryPage.module.css';
import { HistorySkeleton } from './HistorySkeleton.tsx';
import { MoreButton } from './HistoryTable.tsx';
import { statsQuery } from './history-queries.ts';
import { isDenied } from './is-denied.ts';
import { Kept, Unheard } from './Kept.tsx';
import { NewRows } from './NewRows.tsx';
import { DeniedHistory, NothingHere } from './NothingHere.tsx';
import { PullChart } from './PullChart.tsx';
import { useAttempts } from './useAttempts.ts';
import { attemptHref, type History } from './useHistory.ts';

const loadDrawer = () => import('./AttemptDrawer.tsx');
const AttemptDrawer = lazy(loadDrawer);

const chartSteps = { wide: 48, phone: 24 };

/** Every attempt of the range: how many over time, and each as a row; repeats as one. */
export function AttemptsView({ history, tabs }: { history: History; tabs: ReactNode }) {
  const { view, search, change, openAttempt, closeAttempt } = history;
  const navigate = useNavigate();
  const steps = useIsPhone() ? chartSteps.phone : chartSteps.wide;
  const { data: stats, error: statsError } = useQuery(statsQuery(view, steps));

  const list = useAttempts(view);
  const { rows, attempts } = list;
  const error = list.error ?? statsError;
  const [columns, setColumns] = useState(readColumns);
  // before it is asked for, so that the first one opens at once
  useEffect(() => void loadDrawer(), []);
  const field = useRef<HTMLInputElement>(null);
  const isSkeleton = useSkeleton(list.isPending);
  const isStale = useIsStale();
  const { showNews } = list;
  // apart, since this one must not move behind that of the shell, which leads elsewhere
  useShortcuts(useMemo(() => ({ field: () => field.current?.focus() }), []));
  useShortcuts(useMemo(() => ({ 'show-new': showNews }), [showNews]));
  if (isDenied(list.error)) return <DeniedHistory error={list.error} tabs={tabs} />;
  const chooseColumns = (next: Column[]) => {
    keepColumns(next);
    setColumns(next);
  };
  const isEmpty = rows?.length === 0;
  return (
    <>
      <div className={styles.head}>
        <h1>Pull history</h1>
        <p className={styles.counts}>{stats ? countsText(stats) : '\u00a0'}</p>
        <Unheard />
        {tabs}
        <div className={styles.tools}>
          <ColumnsMenu
            columns={columns}
            onColumns={chooseColumns}
            isGrouped={view.isGrouped}
            onGrouped={(isGrouped) => change({ group: isGrouped ? '' : '0', sort: '' })}
          />
          <ExportMenu view={view} />
        </div>
      </div>
      <HistoryNotes view={view} onForget={change} />
      <FilterBar history={history} fieldRef={field} />
      {!isStale && error && <ProblemBanner error={error} title="The attempts could not be read." />}
      {stats && !isEmpty && (
        <PullChart
          stats={stats}
          families={view.families}
          outcome={search.outcome}
          isTable={view.isChartTable}
          onFamily={(family) =>
            change({
              family: (view.families.includes(family)
                ? view.families.filter((other) => other !== family)
                : [...view.families, family]
              ).join(','),
            })
          }
          onPulled={() => change({ outcome: search.outcome === 'pulled' ? '' : 'pulled' })}
          onStep={(from, to) => change({ from, to })}
          onTable={(isTable) => change({ chart: isTable ? 'table' : '' })}
        />
      )}
      {!rows && !list.error && isSkeleton && <HistorySkeleton />}
      {isEmpty && <NothingHere history={history} />}
      {rows && attempts && !isEmpty && (
        <div className={styles.list}>
          {list.news && <NewRows news={list.news} onShow={list.showNews} />}
          <AttemptTable
            rows={rows}
            columns={columns}
            rowCount={list.hasMore ? null : rows.length}
            isGrouped={view.isGrouped}
            sort={view.sort}
            onSort={(sort) => change({ sort })}
            selected={view.attempt}
            hrefOf={(id) => attemptHref(search, id)}
            onOpen={openAttempt}
            onDiagnosis={(id) => void navigate({ to: '/diagnose/$id', params: { id } })}
            onMore={list.onMore}
            isSliding={list.isSliding}
            foot={
              <>
                <span>{footText(attempts.length, rows.length, list.hasMore, stats)}</span>
                {list.onMoreAgain && <MoreButton isBusy={false} onMore={list.onMoreAgain} />}
                <Kept />
                <span className={styles.keys}>
                  <Kbd>J</Kbd> <Kbd>K</Kbd> move, <Kbd>Enter</Kbd> opens
                </span>
              </>
            }
          />
        </div>
      )}
      <Suspense>
        {view.attempt !== null && (
          <AttemptDrawer
            id={view.attempt}
            rows={rows ?? []}
            isWhole={!list.hasMore}
            onOpen={openAttempt}
            onClose={closeAttempt}
          />
        )}
      </Suspense>
    </>
  );
}

function countsText({ total: { attempts, failed } }: AttemptStats): string {
  if (attempts === 0) return '0 attempts';
  return `${countText(attempts, 'attempt')}, ${failed.toLocaleString('en')} failed`;
}

/** What of the filtered set the rows hold: `412 attempts, repeats grouped into 391 rows`. */
function footText(attempts: number, rows: number, hasMore: boolean, stats: AttemptStats | undefined): string {
  const folded = rows < attempts ? `, repeats grouped into ${countText(rows, 'row')}` : '';
  if (!hasMore) return `${countText(attempts, 'attempt')}${folded}`;
  const all =
    stats && stats.total.attempts > attempts ? ` of ${stats.total.attempts.toLocaleString('en')}` : '';
  return `The first ${attempts.toLocaleString('en')}${all} attempts${folded}`;
}
