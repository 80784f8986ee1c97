import type { LiveEvent } from '@pull-doctor/contract/events';

/** What the page uses of an EventSource; a test brings its own. */
export interface EventStream {
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  /** `retryAt` in milliseconds of the browser's clock. */
  | { kind: 'lost'; retryAt: number; since: number };

export interface LiveListeners {
  onState(state: LiveState): void;
  onEvent(event: LiveEvent): void;
  /** The server's time, on opening and with every heartbeat. */
  onTime(now: string): void;
}

export interface LiveConnection {
  retryNow(): void;
  /** Opens a new line in place of one that may be dead without knowing, and makes up for what it missed. */
  reopen(): void;
  close(): void;
}

const kinds = [
  'diagnosis-changed',
  'attempt-recorded',
  'host-changed',
  'registry-changed',
  'missed-events',
] as const satisfies readonly LiveEvent['kind'][];
const retryMs = [1000, 2000, 4000, 8000, 15_000] as const;
// A heartbeat comes every 15 s; two missed ones and a little are a dead line, even where TCP has not noticed.
const silenceMsMax = 35_000;
const everythingMissed: LiveEvent = { kind: 'missed-events', id: '' };

/**
 * Keeps an event stream open. It reconnects by itself, not by EventSource's own means: those end for good at an
 * answer other than 200, and do not say when the next try is. What happened in between is made up for by one
 * `missed-events`, which makes the page fetch everything that it shows.
 */
export function connectLive(open: () => EventStream, listeners: LiveListeners): LiveConnection {
  let stream: EventStream | null = null;
  let isLive = false;
  let tries = 0;
  let lostSince: number | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(lose, silenceMsMax);
  };

  const connect = () => {
    clearTimeout(retryTimer);
    const opened = open();
    stream = opened;
    opened.addEventListener('heartbeat', ({ data }) => {
      if (stream !== opened) return;
      const now = timeIn(data);
      if (now) listeners.onTime(now);
      heard();
      if (isLive) return;
      const wasLost = lostSince !== null;
      isLive = true;
      tries = 0;
      lostSince = null;
      listeners.onState({ kind: 'live' });
      if (wasLost) listeners.onEvent(everythingMissed);
    });
    for (const kind of kinds)
      opened.addEventListener(kind, ({ data }) => {
        if (stream !== opened) return;
        heard();
        listeners.onEvent(liveEventIn(data));
      });
    opened.addEventListener('error', () => {
      if (stream === opened) lose();
    });
    heard();
  };

  const lose = () => {
    clearTimeout(silenceTimer);
    stream?.close();
    stream = null;
    isLive = false;
    const waitMs = retryMs[Math.min(tries, retryMs.length - 1)] ?? 15_000;
    tries += 1;
    lostSince ??= Date.now();
    listeners.onState({ kind: 'lost', retryAt: Date.now() + waitMs, since: lostSince });
    retryTimer = setTimeout(connect, waitMs);
  };

  connect();
  return {
    retryNow() {
      if (stream === null) connect();
    },
    reopen() {
      stream?.close();
      isLive = false;
      lostSince ??= Date.now();
      connect();
    },
    close() {
      clearTimeout(retryTimer);
      clearTimeout(silenceTimer);
      stream?.close();
      stream = null;
    },
  };
}

/** One event's data. What cannot be read counts as missed, so that the page fetches everything rather than nothing. */
export function liveEventIn(data: string): LiveEvent {
  const value = jsonIn(data);
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('id' in value))
    return everythingMissed;
  const kind = kinds.find((known) => known === value.kind);
  return kind && typeof value.id === 'string' ? { kind, id: value.id } : everythingMissed;
}

function timeIn(data: string): string | undefined {
  const value = jsonIn(data);
  if (typeof value !== 'object' || value === null || !('now' in value)) return undefined;
  return typeof value.now === 'string' ? value.now : undefined;
}

function jsonIn(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
