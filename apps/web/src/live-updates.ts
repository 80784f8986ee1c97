import type { LiveEvent } from '@pull-doctor/contract/events';
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { setServerTime } from './clock.ts';
import { connectLive, type LiveConnection, type LiveState } from './live.ts';

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
  const refetch = coalesced((event) => {
    for (const queryKey of queriesOf(event)) void queryClient.invalidateQueries({ queryKey });
  });
  connection = connectLive(() => new EventSource('/api/v1/events'), {
    onTime: setServerTime,
    onEvent: refetch,
    onState(next) {
      state = next;
      for (const listener of listeners) listener();
    },
  });
  return () => {
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

// A real pull reports many times a second. One request per 100 ms keeps "event to pixels" under its 250 ms.
const coalesceMs = 100;

/** Passes the first event of a thing at once, and later ones of the same thing at most every 100 ms. */
export function coalesced(pass: (event: LiveEvent) => void): (event: LiveEvent) => void {
  const waiting = new Map<string, LiveEvent | null>();
  return (event) => {
    const key = `${event.kind} ${event.id}`;
    if (waiting.has(key)) {
      waiting.set(key, event);
      return;
    }
    const release = () => {
      const next = waiting.get(key);
      waiting.delete(key);
      if (next) send(next);
    };
    const send = (sent: LiveEvent) => {
      waiting.set(key, null);
      setTimeout(release, coalesceMs);
      pass(sent);
    };
    send(event);
  };
}
