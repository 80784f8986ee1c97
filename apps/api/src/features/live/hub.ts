import type { LiveEvent } from '@pull-doctor/contract/events';

export interface NumberedEvent extends LiveEvent {
  /** `EPOCH.NUMBER`: a restart begins a new epoch, so that an old Last-Event-ID is recognised as such. */
  eventId: string;
}

/** Hands events to every open stream, and keeps the last ones for streams that come back. */
export interface Hub {
  publish(event: LiveEvent): void;
  subscribe(listener: (event: NumberedEvent) => void): () => void;
  /** What was missed since that id; null where it cannot be told any more. */
  since(lastEventId: string): NumberedEvent[] | null;
  readonly listeners: number;
}

// A page that was asleep for longer fetches everything again, which costs it a few requests.
const eventsKept = 500;

export function eventHub(epoch: string): Hub {
  const listeners = new Set<(event: NumberedEvent) => void>();
  const kept: NumberedEvent[] = [];
  let count = 0;
  return {
    publish(event) {
      count += 1;
      const numbered = { ...event, eventId: `${epoch}.${count}` };
      kept.push(numbered);
      if (kept.length > eventsKept) kept.shift();
      for (const listener of listeners) listener(numbered);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since(lastEventId) {
      const [theirs, number] = lastEventId.split('.');
      const last = Number(number);
      if (theirs !== epoch || !Number.isInteger(last) || last > count) return null;
      if (count - last > kept.length) return null;
      return kept.slice(kept.length - (count - last));
    },
    get listeners() {
      return listeners.size;
    },
  };
}
