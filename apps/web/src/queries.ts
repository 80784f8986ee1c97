import { readSession } from '@pull-doctor/contract/access';
import { listAttempts, readAttemptStats } from '@pull-doctor/contract/attempts';
import { listDiagnoses, readDiagnosis } from '@pull-doctor/contract/diagnoses';
import { listFailures } from '@pull-doctor/contract/failures';
import { readHost } from '@pull-doctor/contract/host';
import { listRegistries, readRegistry } from '@pull-doctor/contract/registries';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiError, call } from './api.ts';
import { serverNow, setServerTime } from './clock.ts';
import { isLive } from './live-updates.ts';

// While the event stream is lost, the page asks by itself.
const pollMs = 2000;
const refetchInterval = () => (isLive() ? false : pollMs);

/** Denied and not there do not change by asking again; a lost server is asked again by the poll. */
export const retry = (failures: number, error: Error): boolean =>
  failures < 1 && !(error instanceof ApiError && (error.status < 500 || error.status === 503));

export const hostQuery = queryOptions({
  queryKey: ['host'],
  queryFn: async ({ signal }) => {
    const host = await call(readHost, { signal });
    setServerTime(host.now);
    return host;
  },
  refetchInterval,
});

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await call(readSession, { signal });
    setServerTime(session.now);
    return session;
  },
});

const ofUser = (user: string | undefined) => (user === undefined ? {} : { user });

/** The registries board of one user's configuration; of the first one where none was chosen. */
export const boardQuery = (user: string | undefined) =>
  queryOptions({
    queryKey: ['registries', user ?? ''],
    queryFn: async ({ signal }) => {
      const board = await call(listRegistries, { query: ofUser(user), signal });
      setServerTime(board.now);
      return board;
    },
    refetchInterval,
  });

export const registryQuery = (host: string, user: string | undefined) =>
  queryOptions({
    queryKey: ['registry', host, user ?? ''],
    queryFn: async ({ signal }) => {
      const registry = await call(readRegistry, { params: { host }, query: ofUser(user), signal });
      setServerTime(registry.now);
      return registry;
    },
    refetchInterval,
  });

export const diagnosisQuery = (id: string) =>
  queryOptions({
    queryKey: ['diagnosis', id],
    queryFn: ({ signal }) => call(readDiagnosis, { params: { id }, signal }),
    // a finished diagnosis is a permanent page: nothing about it changes any more
    staleTime: ({ state }) => (state.data && state.data.state !== 'running' ? Number.POSITIVE_INFINITY : 0),
    refetchInterval: ({ state }) => {
      if (isLive() || (state.data && state.data.state !== 'running')) return false;
      return pollMs;
    },
  });

/** The newest diagnoses, for the pages that show a few. */
export const latestDiagnosesQuery = queryOptions({
  queryKey: ['diagnoses', 'latest'],
  queryFn: ({ signal }) => call(listDiagnoses, { query: { limit: 20 }, signal }),
  select: ({ items }) => items,
  refetchInterval,
});

export const latestAttemptsQuery = queryOptions({
  queryKey: ['attempts', 'latest'],
  queryFn: ({ signal }) => call(listAttempts, { query: { limit: 50 }, signal }),
  select: ({ items }) => items,
  refetchInterval,
});

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const sinceADay = () => new Date(serverNow() - dayMs).toISOString();
// the day moves on without an event
const dayInterval = () => (isLive() ? minuteMs : pollMs);

/** How many pulls there were in the last 24 h, and why they failed. */
export const statsOfDayQuery = queryOptions({
  queryKey: ['attempts', 'day'],
  queryFn: ({ signal }) => call(readAttemptStats, { query: { from: sinceADay(), steps: 24 }, signal }),
  refetchInterval: dayInterval,
});

/** The kinds of failure of the last 24 h, as many as one answer holds. */
export const failuresOfDayQuery = queryOptions({
  queryKey: ['attempts', 'failures-of-day'],
  queryFn: ({ signal }) => call(listFailures, { query: { from: sinceADay(), limit: 200 }, signal }),
  refetchInterval: dayInterval,
});

const pageOf = (cursor: string) => ({ limit: 50, ...(cursor ? { cursor } : {}) });

export const diagnosesQuery = infiniteQueryOptions({
  queryKey: ['diagnoses', 'pages'],
  queryFn: ({ signal, pageParam }) => call(listDiagnoses, { query: pageOf(pageParam), signal }),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
  refetchInterval,
});
