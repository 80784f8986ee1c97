import { useSyncExternalStore } from 'react';

// The server writes the attribute into index.html, as it does with the theme: the cookie itself is not for scripts.
let isSignedIn = document.documentElement.dataset.signedIn !== undefined;
const listeners = new Set<() => void>();

/** Whether this browser has a session, as far as is known without asking. */
export const useIsSignedIn = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isSignedIn,
  );

/** What an answer of the server told of the session. */
export function setSignedIn(value: boolean): void {
  if (value === isSignedIn) return;
  isSignedIn = value;
  for (const listener of listeners) listener();
}

/** Pages that are read without a session: they say nothing about the infrastructure and ask the server nothing. */
export const isOpenPage = (pathname: string): boolean => /^\/causes(?:\/|$)/.test(pathname);
