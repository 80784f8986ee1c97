import { onTimeJump, serverNow } from './clock.ts';

interface Counter {
  /** When its text is another one, by the server's time. */
  due: number;
  /** Draws it and says when it is due again. */
  draw: (now: number) => number;
}

const counters = new Set<Counter>();
let timer: ReturnType<typeof setTimeout> | undefined;
let stopListening: (() => void) | undefined;
// setTimeout takes no more, and a year is longer
const waitMsMax = 2 ** 31 - 1;

/**
 * Draws a countdown now and whenever its text changes. One timer serves all of them: it goes off when the next text
 * changes, rests while the page is hidden, and draws everything at once when the page is seen again or the server's
 * time turns out to be another one.
 *
 * @param draw writes what is shown at that time, and returns when it changes next.
 * @returns how to end it.
 */
export function startCounter(draw: (now: number) => number): () => void {
  const counter: Counter = { due: 0, draw };
  if (counters.size === 0) listen();
  counters.add(counter);
  drawOne(counter, serverNow());
  wait();
  return () => {
    counters.delete(counter);
    if (counters.size > 0) return;
    clearTimeout(timer);
    stopListening?.();
  };
}

function drawOne(counter: Counter, now: number): void {
  // what says that it is due already would turn the timer into a loop
  counter.due = Math.max(counter.draw(now), now + 1);
}

function wait(): void {
  clearTimeout(timer);
  if (document.hidden || counters.size === 0) return;
  let due = Number.POSITIVE_INFINITY;
  for (const counter of counters) due = Math.min(due, counter.due);
  // a whole millisecond later than due: a timer may go off a fraction early, and would find nothing to draw
  timer = setTimeout(tick, Math.min(Math.ceil(Math.max(due - serverNow(), 0)) + 1, waitMsMax));
}

function tick(): void {
  const now = serverNow();
  for (const counter of counters) if (counter.due <= now) drawOne(counter, now);
  wait();
}

function drawAll(): void {
  const now = serverNow();
  for (const counter of counters) drawOne(counter, now);
  wait();
}

function listen(): void {
  const seen = () => {
    if (document.hidden) clearTimeout(timer);
    else drawAll();
  };
  document.addEventListener('visibilitychange', seen);
  const stopJumps = onTimeJump(drawAll);
  stopListening = () => {
    document.removeEventListener('visibilitychange', seen);
    stopJumps();
  };
}
