import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { ApiError } from '../../api.ts';
import { useChosenUser } from '../../chosen-user.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { boardQuery, hostQuery } from '../../queries.ts';
import { StaleNote, useIsStale } from '../../StaleNote.tsx';
import { useSkeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../useTitle.ts';
import { Board } from '../registries/Board.tsx';
import { BoardFoot } from '../registries/BoardFoot.tsx';
import { BoardSkeleton } from '../registries/BoardSkeleton.tsx';
import { ConfigNote } from '../registries/ConfigNote.tsx';
import { DeniedBoard, EmptyBoard } from '../registries/LazyNoBoard.ts';
import { useBoardKeys } from '../registries/useBoardKeys.ts';
import { useCrossings } from '../registries/useCrossings.ts';
import { DaemonNote } from './DaemonNote.tsx';
import styles from './OverviewPage.module.css';
import { Vitals } from './Vitals.tsx';

// drawn after the board, which is what the page is opened for
const OverviewAside = lazy(() => import('./OverviewAside.tsx'));

/** How every registry stands, what failed in the last day, the daemon, and what ends next. */
export function OverviewPage() {
  useTitle('Overview');
  const isStale = useIsStale();
  const user = useChosenUser();
  const { data: board, error, isPending } = useQuery(boardQuery(user));
  const { data: host, error: hostError } = useQuery(hostQuery);
  const isSkeleton = useSkeleton(isPending);
  const rows = board?.items ?? [];
  useCrossings(rows);
  useBoardKeys(user, rows.length > 0 && !isStale);
  const isDenied = error instanceof ApiError && error.status === 403;
  return (
    <>
      <StaleNote />
      {host && !isStale && <DaemonNote host={host} />}
      <Vitals board={board} isSkeleton={isSkeleton} isDenied={isDenied} isStale={isStale} />
      {/* A server that does not answer is told of once, by the note above. */}
      {!isStale && error && !isDenied && (
        <ProblemBanner error={error} title="The registries could not be read." />
      )}
      {!isStale && hostError && (
        <ProblemBanner error={hostError} title="The Docker host could not be read." />
      )}
      {board && <ConfigNote board={board} />}
      {/* Nothing is drawn before it has its place. */}
      {!board && !isSkeleton && !error ? null : board?.items.length === 0 ? (
        <Suspense>
          <EmptyBoard board={board} isStale={isStale} />
        </Suspense>
      ) : (
        <div className={styles.columns}>
          {board ? (
            <Board
              rows={board.items}
              user={user}
              isStale={isStale}
              foot={
                <BoardFoot
                  intervalSeconds={board.intervalSeconds}
                  hostName={host?.name}
                  user={user}
                  isChecking={board.items.every(({ checking }) => checking)}
                  isStale={isStale}
                />
              }
            />
          ) : isDenied ? (
            <Suspense>
              <DeniedBoard says={error.message} todo={error.todo} />
            </Suspense>
          ) : (
            <div>{isSkeleton && <BoardSkeleton />}</div>
          )}
          <div className={styles.aside}>
            <Suspense>{(board || host) && <OverviewAside rows={rows} host={host} />}</Suspense>
          </div>
        </div>
      )}
    </>
  );
}
