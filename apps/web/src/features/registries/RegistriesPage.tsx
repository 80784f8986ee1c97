import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { ApiError } from '../../api.ts';
import { useChosenUser } from '../../chosen-user.ts';
import { useShortcuts } from '../../keyboard.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { boardQuery, hostQuery } from '../../queries.ts';
import { StaleNote, useIsStale } from '../../StaleNote.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useSkeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../useTitle.ts';
import { Board } from './Board.tsx';
import { BoardFoot } from './BoardFoot.tsx';
import { BoardSkeleton } from './BoardSkeleton.tsx';
import { ConfigNote } from './ConfigNote.tsx';
import { FilterField } from './FilterField.tsx';
import { matches } from './filter.ts';
import { HiddenRegistries } from './HiddenRegistries.tsx';
import { DeniedBoard, EmptyBoard } from './NoBoard.tsx';
import styles from './RegistriesPage.module.css';
import { UserSelect } from './UserSelect.tsx';
import { useBoardKeys } from './useBoardKeys.ts';
import { useCrossings } from './useCrossings.ts';

/** Every registry, to look one up: with a filter that stands in the address, and those that were hidden. */
export function RegistriesPage() {
  useTitle('Registries');
  const isStale = useIsStale();
  const user = useChosenUser();
  const { q = '' } = useSearch({ from: '/shell/registries' });
  const navigate = useNavigate();
  const { data: board, error, isPending } = useQuery(boardQuery(user));
  const { data: host } = useQuery(hostQuery);
  const isSkeleton = useSkeleton(isPending);
  const rows = board?.items ?? [];
  const found = rows.filter((row) => matches(row, q));
  const field = useRef<HTMLInputElement>(null);
  useCrossings(rows);
  useBoardKeys(user, found.length > 0 && !isStale);
  useShortcuts(useMemo(() => ({ field: () => field.current?.focus() }), []));
  const filter = (text: string) =>
    void navigate({ to: '/registries', search: text ? { q: text } : {}, replace: true });
  const isDenied = error instanceof ApiError && error.status === 403;
  return (
    <>
      <StaleNote />
      <div className={styles.head}>
        <h1>Registries</h1>
        {board && <UserSelect users={board.users} user={board.user} />}
        {rows.length > 0 && <FilterField fieldRef={field} text={q} onText={filter} />}
      </div>
      {!isStale && error && !isDenied && (
        <ProblemBanner error={error} title="The registries could not be read." />
      )}
      {board && <ConfigNote board={board} />}
      {isDenied && <DeniedBoard says={error.message} todo={error.todo} />}
      {!board && isSkeleton && <BoardSkeleton />}
      {board && rows.length === 0 && <EmptyBoard board={board} isStale={isStale} />}
      {board && rows.length > 0 && found.length === 0 && (
        <Card label="Registries">
          <EmptyState
            icon="filter"
            title={`No registry has “${q}”`}
            actions={<Button onClick={() => filter('')}>Clear the filter</Button>}
          >
            {rows.length === 1 ? 'One registry is' : `${rows.length} registries are`} hidden by the filter. It
            looks at name, host, provider, user of the credential and status.
          </EmptyState>
        </Card>
      )}
      {board && found.length > 0 && (
        <Board
          rows={found}
          user={user}
          isStale={isStale}
          foot={
            <BoardFoot
              intervalSeconds={board.intervalSeconds}
              hostName={host?.name}
              user={user}
              isChecking={rows.every(({ checking }) => checking)}
              isStale={isStale}
            />
          }
        />
      )}
      {board && board.hidden.length > 0 && <HiddenRegistries hidden={board.hidden} isStale={isStale} />}
    </>
  );
}
