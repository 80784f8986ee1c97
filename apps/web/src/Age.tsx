import { useLayoutEffect, useRef } from 'react';
import { serverNow } from './clock.ts';
import { startCounter } from './countdowns.ts';
import { ageText, momentText } from './ui/time-text.ts';

// seconds that run beside every row would be unrest
const secondsStepMs = 5000;
const minuteMs = 60_000;

/** How long ago, kept right by itself: `12 s ago`, with the moment in its tooltip. */
export function Age({ at }: { at: string }) {
  const shown = useRef<HTMLTimeElement>(null);
  useLayoutEffect(
    () =>
      startCounter((now) => {
        const text = shown.current?.firstChild;
        const next = ageText(at, now);
        if (text && text.nodeValue !== next) text.nodeValue = next;
        return nextAge(Date.parse(at), now);
      }),
    [at],
  );
  return (
    <time ref={shown} dateTime={at} title={momentText(at)}>
      {ageText(at, serverNow())}
    </time>
  );
}

/** When the words are looked at again: every 5 s in the first minute, then with the minute. */
function nextAge(at: number, now: number): number {
  const ago = now - at;
  if (!(ago >= minuteMs)) return now + secondsStepMs;
  return at + (Math.floor(ago / minuteMs) + 1) * minuteMs;
}
