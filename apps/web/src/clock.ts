import { useSyncExternalStore } from 'react';

// The server's time counts, not the browser's: the difference is kept, and counted on with a monotonic clock.
let serverMs = Date.now();
let readAt = performance.now();

// less is the way of an answer through the network and not another time
const jumpMs = 250;
const jumpListeners = new Set<() => void>();

/** Tells when the server's time turns out to be another one than was counted. Returns how to stop. */
export function onTimeJump(listener: () => void): () => void {
  jumpListeners.add(listener);
  return () => {
    jumpListeners.delete(listener);
  };
}

/** Sets the clock by the time in an answer or a heartbeat. */
export function setServerTime(now: string): void {
  const ms = Date.parse(now);
  if (Number.isNaN(ms)) return;
  const isJump = Math.abs(ms - serverNow()) > jumpMs;
  serverMs = ms;
  readAt = performance.now();
  if (isJump) for (const listener of jumpListeners) listener();
}

/** The server's time, in milliseconds since 1970. */
export const serverNow = (): number => serverMs + (performance.now() - readAt);

interface Ticker {
  listeners: Set<() => void>;
  timer: number | undefined;
  now: number;
  subscribe: (listener: () => void) => () => void;
  read: () => number;
}

const tickers = new Map<number, Ticker>();

/** The server's time, read anew every `everyMs`. One timer per pace, stopped while the page is hidden. */
export function useNow(everyMs: number): number {
  const { subscribe, read } = tickerOf(everyMs);
  return useSyncExternalStore(subscribe, read);
}

function tickerOf(everyMs: number): Ticker {
  const known = tickers.get(everyMs);
  if (known) return known;
  const ticker: Ticker = {
    listeners: new Set(),
    timer: undefined,
    now: serverNow(),
    read: () => ticker.now,
    subscribe(listener) {
      ticker.listeners.add(listener);
      if (ticker.listeners.size === 1) run();
      return () => {
        ticker.listeners.delete(listener);
        if (ticker.listeners.size === 0) rest();
      };
    },
  };
  const tick = () => {
    ticker.now = serverNow();
    for (const listener of ticker.listeners) listener();
  };
  const start = () => {
    window.clearInterval(ticker.timer);
    if (document.hidden) return;
    tick();
    ticker.timer = window.setInterval(tick, everyMs);
  };
  const run = () => {
    ticker.now = serverNow();
    document.addEventListener('visibilitychange', start);
    if (!document.hidden) ticker.timer = window.setInterval(tick, everyMs);
  };
  const rest = () => {
    document.removeEventListener('visibilitychange', start);
    window.clearInterval(ticker.timer);
  };
  tickers.set(everyMs, ticker);
  return ticker;
}
