import { redactText } from '@pull-doctor/contract/redact';
import { useSyncExternalStore } from 'react';

// What was pasted or chosen elsewhere and waits in Diagnose's field. In memory only: it is in no address and no storage.
let draft = '';
const listeners = new Set<() => void>();

/** Puts a text into Diagnose's field, its secrets hidden. Nothing is sent by that. */
export function setDraft(text: string): void {
  draft = redactText(text).text;
  for (const listener of listeners) listener();
}

export const useDraft = (): string =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => draft,
  );
