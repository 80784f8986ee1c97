import { useSyncExternalStore } from 'react';

let said = { text: '', count: 0 };
const listeners = new Set<() => void>();

/** Says something once to those who listen rather than look; politely, when the reader is free. */
export function announce(text: string): void {
  said = { text, count: said.count + 1 };
  for (const listener of listeners) listener();
}

/** The page's one polite live region. */
export function Announcer() {
  const { text, count } = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
  // the same sentence twice is two announcements only where the text changes
  return (
    <div className="sr" role="status" aria-live="polite">
      {count % 2 ? text : `${text}\u00a0`}
    </div>
  );
}
