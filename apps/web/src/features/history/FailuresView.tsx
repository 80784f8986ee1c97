import { causeFacts } from '@pull-doctor/contract/causes';
import type { PullFailure } from '@pull-doctor/contract/failures';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef } from 'react';
import { Age } from '../../Age.tsx';
import { useShortcuts } from '../../keyboard.ts';
import { moveFocus } from '../../move-focus.ts';
import { outcomeOfCause } from '../../outcome.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { useIsStale } from '../../StaleNote.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ImageName } from '../../ui/ImageName.tsx';
import { useSkeleton } from '../../ui/Skeleton.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { StatusWord } from '../../ui/StatusBadge.tsx';
import { countText } from '../../ui/time-text.ts';
import styles from './FailuresView.module.css';
import { cleared, FilterBar } from './FilterBar.tsx';
import { failureStateNames, failureTone } from './failure-words.ts';
import { changed, filtersOf } from './filters.ts';
import { HistoryNotes } from './HistoryNotes.tsx';
import pageStyles from './HistoryPage.module.css';
import { ListSkeleton, MoreButton } from './HistoryTable.tsx';
import { failuresQuery, statsQuery } from './history-queries.ts';
import { isDenied } from './is-denied.ts';
import { Kept, Unheard } from './Kept.tsx';
import { DeniedHistory } from './NothingHere.tsx';
import type { History } from './useHistory.ts';

const rows = '[data-failure] a';

/** One line for each kind of failure: 400 failed pulls of one image for one reason are one of these. */
export function FailuresView({ history, tabs }: { history: History; tabs: ReactNode }) {
  const { view, search, change } = history;
  const field = useRef<HTMLInputElement>(null);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    failuresQuery(view),
  );
  const { data: stats } = useQuery(statsQuery(view, 1));
  const isSkeleton = useSkeleton(isPending);
  const isStale = useIsStale();
  useShortcuts(
    useMemo(
      () => ({
        field: () => field.current?.focus(),
        next: () => moveFocus(rows, 1),
        previous: () => moveFocus(rows, -1),
      }),
      [],
    ),
  );
  const failures = data?.pages.flatMap(({ items }) => items);
  if (isDenied(error)) return <DeniedHistory error={error} tabs={tabs} />;
  return (
    <>
      <div className={pageStyles.head}>
        <h1>Pull history</h1>
        <p className={pageStyles.counts}>
          {failures
            ? `${countText(failures.length, 'kind')} of failure${hasNextPage ? ' and more' : ''}${stats ? `, ${countText(stats.total.failed, 'failed pull')}` : ''}`
            : '\u00a0'}
        </p>
        <Unheard />
        {tabs}
      </div>
      <HistoryNotes view={view} onForget={change} />
      <FilterBar history={history} fieldRef={field} />
      {!isStale && error && <ProblemBanner error={error} title="The failures could not be read." />}
      {!failures && !error && isSkeleton && <ListSkeleton />}
      {failures?.length === 0 && <NoFailures history={history} />}
      {failures && failures.length > 0 && (
        <Card label="Failures">
          <table className={`${pageStyles.table} ${styles.table}`} role="table" aria-label="Failures">
            <thead role="rowgroup">
              <tr role="row">
                {['Cause', 'Image', 'Host', 'State', 'Last 24 h', 'Count', 'Last seen', 'First seen'].map(
                  (name) => (
                    <th key={name} scope="col" role="columnheader">
                      {name}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {failures.map((failure) => (
                <FailureRow
                  key={failure.fingerprint}
                  failure={failure}
                  search={changed(search, {
                    list: '',
                    fingerprint: failure.fingerprint,
                    state: '',
                    attempt: '',
                  })}
                />
              ))}
            </tbody>
          </table>
          <div className={pageStyles.foot}>
            <Kept />
            {hasNextPage && <MoreButton isBusy={isFetchingNextPage} onMore={() => void fetchNextPage()} />}
          </div>
        </Card>
      )}
    </>
  );
}

function FailureRow({ failure, search }: { failure: PullFailure; search: ReturnType<typeof changed> }) {
  const { cause, registry, repository, images, imageCount, host, state, count, fixed } = failure;
  const [image] = images;
  const others = imageCount - 1;
  return (
    <tr role="row" data-failure="" data-family={causeFacts[cause].family}>
      <td role="cell" className={styles.cause}>
        <StatusWord {...outcomeOfCause(cause)} />
      </td>
      <td role="cell" className={styles.image}>
        <Link to="/history" search={search} className={pageStyles.link}>
          {repository === null && image === undefined ? (
            registry ? (
              `images of ${registry}`
            ) : (
              'images that the log does not name'
            )
          ) : (
            <ImageName
              head={registry && repository !== null ? `${registry}/` : ''}
              rest={nameOf(failure)}
              whole={images.join(', ')}
            />
          )}
        </Link>
        {others > 0 && <small>{countText(imageCount, 'image')}</small>}
      </td>
      <td role="cell" className={styles.host} title={host}>
        {host}
      </td>
      <td role="cell" className={styles.state}>
        <StatusWord {...failureTone[state]} word={failureStateNames[state]} isQuiet />
        {fixed && <small title={fixed.by}>by {fixed.by}</small>}
      </td>
      <td role="cell" className={styles.spark}>
        <Sparkline counts={failure.hourly} />
        <span className="sr">{failure.hourly.reduce((sum, hour) => sum + hour, 0)} in the last 24 h</span>
      </td>
      <td role="cell" className={styles.count}>
        {count.toLocaleString('en')}
        <span className="sr"> failed</span>
      </td>
      <td role="cell" className={styles.last}>
        <Age at={failure.lastSeenAt} />
      </td>
      <td role="cell" className={styles.first}>
        <Age at={failure.firstSeenAt} />
      </td>
    </tr>
  );
}

/** The one image, without its registry; of several, what they have in common. */
function nameOf({ registry, repository, images: [image = ''], imageCount }: PullFailure): string {
  if (repository === null) return image;
  if (imageCount !== 1) return repository;
  return image.startsWith(`${registry}/`) ? image.slice(`${registry}/`.length) : image;
}

function NoFailures({ history: { view, change } }: { history: History }) {
  const set = filtersOf(view);
  return (
    <Card label="Failures">
      {set.length > 0 ? (
        <EmptyState
          icon="filter"
          title="No failure has all of this"
          actions={
            <Button kind="primary" onClick={() => change(cleared(view))}>
              {set.length === 1 ? 'Clear the filter' : 'Clear the filters'}
            </Button>
          }
        >
          Filters: {set.map(({ says }) => says).join(', ')}.
        </EmptyState>
      ) : (
        <EmptyState
          icon="ok"
          title="No failed pull was seen in this range"
          actions={<Button onClick={() => change({ from: '30d', to: '' })}>Look at 30 days</Button>}
        >
          Failed pulls of one image for one reason are one line here, with how often, since when, and whether
          it was fixed.
        </EmptyState>
      )}
    </Card>
  );
}
