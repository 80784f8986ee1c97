import type { LiveEvent } from '@pull-doctor/contract/events';
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { setServerTime } from './clock.ts';
import { connectLive, type LiveConnection, type LiveState } from './live.ts';
import { watchForSleep } from './sleep.ts';

let state: LiveState = { kind: 'connecting' };
let connection: LiveConnection | null = null;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Whether the event stream is open, and when the next try is where it is not. */
export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, () => state);

export const isLive = (): boolean => state.kind === 'live';

/** Tries now instead of at the end of the wait. */
export const retryLive = (): void => connection?.retryNow();

/** Opens the event stream and fetches again what its events name. Returns how to close it. */
export function startLiveUpdates(queryClient: QueryClient): () => void {
  const refetch = coalesced((queryKey) => void queryClient.invalidateQueries({ queryKey }));
  connection = connectLive(() => new EventSource('/api/v1/events'), {
    onTime: setServerTime,
    onEvent: (event) => queriesOf(event).forEach(refetch),
    onState(next) {
      state = next;
      for (const listener of listeners) listener();
    },
  });
  // one refetch of what is shown heals what a suspended laptop missed
  const stopWatching = watchForSleep(() => connection?.reopen());
  return () => {
    stopWatching();
    connection?.close();
    connection = null;
    state = { kind: 'connecting' };
  };
}

/** The keys of what an event makes stale (queries.ts has them); the empty key is everything. */
export function queriesOf({ kind, id }: LiveEvent): string[][] {
  switch (kind) {
    case 'diagnosis-changed':
      return [['diagnosis', id], ['diagnoses']];
    case 'attempt-recorded':
      return [['attempts']];
    case 'host-changed':
      return [['host'], ['registries']];
    case 'registry-changed':
      return [['registries'], ['registry', id]];
    case 'missed-events':
      return [[]];
  }
}

// A real pull reports many times a second. One request per 100 ms keeps "event to pixels" under its 250 ms. Attempts come
// by the dozen a second where a fleet reports, each makes counts over days stale, and a request that is begun anew
// before it was answered never is.
const coalesceMs = (queryKey: readonly string[]): number => (queryKey[0] === 'attempts' ? 500 : 100);

/** Passes a key at once, and what comes later of the same key at most every 100 ms; of attempts every 500 ms. */
export function coalesced(pass: (queryKey: string[]) => void): (queryKey: string[]) => void {
  const waiting = new Map<string, boolean>();
  return (queryKey) => {
    const key = queryKey.join(' ');
    if (waiting.has(key)) {
      waiting.set(key, true);
      return;
    }
    const release = () => {
      const isAskedAgain = waiting.get(key) === true;
      waiting.delete(key);
      if (isAskedAgain) send();
    };
    const send = () => {
      waiting.set(key, false);
      setTimeout(release, coalesceMs(queryKey));
      pass(queryKey);
    };
    send();
  };
}
