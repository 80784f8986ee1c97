import { redactText } from '@pull-doctor/contract/redact';
import { useSyncExternalStore } from 'react';

/** A text for Diagnose's field. Each time one is put there it is another object, even with the same text. */
export interface Draft {
  readonly text: string;
}

const empty: Draft = { text: '' };
// What was pasted or chosen elsewhere and waits in Diagnose's field. In memory only: it is in no address and no storage.
let draft = empty;
const listeners = new Set<() => void>();

/** Puts a text into Diagnose's field, its secrets hidden. Nothing is sent by that. */
export function setDraft(text: string): void {
  draft = text ? { text: redactText(text).text } : empty;
  for (const listener of listeners) listener();
}

export const useDraft = (): Draft =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => draft,
  );
