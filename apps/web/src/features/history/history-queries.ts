import {
  type AttemptPage,
  listAttempts,
  readAttempt,
  readAttemptStats,
} from '@pull-doctor/contract/attempts';
import { listFailures, readFailure } from '@pull-doctor/contract/failures';
import { readHistory } from '@pull-doctor/contract/history';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { isLive } from '../../live-updates.ts';
import { type HistoryView, queryOf } from './filters.ts';

// every key begins with what an event about attempts makes stale (live-updates.ts)
const pollMs = 5000;
const refetchInterval = () => (isLive() ? false : pollMs);
export const pageRows = 200;
const newestRows = 50;
// kinds of failure are few, and all in the document
const failureRows = 50;
// the span of a preset moves on without an event
const moveMs = 60_000;
const moving = () => (isLive() ? moveMs : pollMs);

/** What of a view decides which attempts there are; what is merely drawn otherwise is not in it. */
const keyOf = ({
  range,
  host,
  registry,
  repository,
  causes,
  families,
  outcomes,
  fingerprint,
  q,
}: HistoryView) =>
  JSON.stringify([range, host, registry, repository, causes, families, outcomes, fingerprint, q.trim()]);

export const pagesQuery = (view: HistoryView) =>
  infiniteQueryOptions({
    queryKey: ['attempts', 'rows', keyOf(view), view.sort],
    queryFn: ({ signal, pageParam }) =>
      call(listAttempts, {
        query: {
          ...queryOf(view, serverNow()),
          limit: pageRows,
          sort: view.sort,
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }: AttemptPage) => nextCursor,
    placeholderData: keepPreviousData,
    // never read anew by itself: what is new waits until it is asked for, so that nothing moves under a reader
    staleTime: 'static',
    gcTime: 60_000,
  });

/** The newest attempts as they are now, to tell what the list does not have yet. */
export const newestQuery = (view: HistoryView) =>
  queryOptions({
    queryKey: ['attempts', 'newest', keyOf(view)],
    queryFn: ({ signal }) =>
      call(listAttempts, {
        query: { ...queryOf(view, serverNow()), limit: newestRows, sort: '-time' },
        signal,
      }),
    refetchInterval,
  });

export const statsQuery = (view: HistoryView, steps: number) =>
  queryOptions({
    queryKey: ['attempts', 'stats', keyOf(view), steps],
    queryFn: ({ signal }) =>
      call(readAttemptStats, { query: { ...queryOf(view, serverNow()), steps }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: moving,
  });

/** All of a view's range, without its filters: what a filter can be set to, and how much the filters hide. */
export const rangeStatsQuery = (view: HistoryView) =>
  statsQuery(
    {
      ...view,
      host: null,
      registry: null,
      repository: null,
      causes: [],
      families: [],
      outcomes: [],
      fingerprint: null,
      q: '',
    },
    1,
  );

export const failuresQuery = (view: HistoryView) =>
  infiniteQueryOptions({
    queryKey: ['attempts', 'failures', keyOf(view), view.states],
    queryFn: ({ signal, pageParam }) => {
      const { outcome: _, fingerprint: __, ...query } = queryOf(view, serverNow());
      return call(listFailures, {
        query: {
          ...query,
          limit: failureRows,
          ...(view.states.length === 0 ? {} : { state: view.states.join(',') }),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      });
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: moving,
  });

export const failureQuery = (fingerprint: string) =>
  queryOptions({
    queryKey: ['attempts', 'failure', fingerprint],
    queryFn: ({ signal }) => call(readFailure, { params: { fingerprint }, signal }),
  });

export const attemptQuery = (id: string) =>
  queryOptions({
    queryKey: ['attempts', 'one', id],
    queryFn: ({ signal }) => call(readAttempt, { params: { id }, signal }),
  });

export const stateQuery = queryOptions({
  queryKey: ['attempts', 'state'],
  queryFn: ({ signal }) => call(readHistory, { signal }),
  refetchInterval: moving,
});
