import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { serverNow } from '../clock.ts';
import { startCounter } from '../countdowns.ts';
import { type CountdownWords, countdownText } from './countdown-text.ts';
import { arcDashes } from './ExpiryRing.tsx';

/** When something ends, in milliseconds since 1970, and what is known of how long it lasts. */
export interface CountdownEnd {
  endsAt: number;
  lifetimeSeconds: number | null;
  /** From when on it counts as ending soon. */
  thresholdSeconds: number | null;
  /** A check has said that it ended. */
  isKnownOver: boolean;
}

/**
 * Keeps the `<time>` and the arc inside an element at what is left. A tick writes text and arc into the page itself, so
 * that fifty countdowns cost less than one drawing by React; only another tone draws anew.
 */
export function useCountdown<Root extends Element>(
  end: CountdownEnd | null,
): { root: RefObject<Root | null>; text: string; tone: CountdownWords['tone']; share: number } {
  const root = useRef<Root>(null);
  const { endsAt = Number.NaN, lifetimeSeconds = null, thresholdSeconds = null, isKnownOver } = end ?? {};
  const now = serverNow();
  const words = Number.isNaN(endsAt) ? null : countdownText(endsAt, now, isKnownOver === true);
  const [, setTone] = useState(words?.tone);

  useLayoutEffect(() => {
    if (Number.isNaN(endsAt)) return undefined;
    let text: ChildNode | null | undefined;
    let arc: Element | null | undefined;
    let drawnTone: CountdownWords['tone'] | undefined;
    return startCounter((at) => {
      const next = countdownText(endsAt, at, isKnownOver === true);
      // another drawing by React may have put others in their place
      if (!text?.isConnected) text = root.current?.querySelector('time')?.firstChild;
      if (!arc?.isConnected) arc = root.current?.querySelector('[data-arc]');
      if (text && text.nodeValue !== next.text) text.nodeValue = next.text;
      const dashes = arcDashes(shareLeft(endsAt, at, lifetimeSeconds, thresholdSeconds));
      if (arc && arc.getAttribute('stroke-dasharray') !== dashes)
        arc.setAttribute('stroke-dasharray', dashes);
      if (next.tone !== drawnTone) setTone(next.tone);
      drawnTone = next.tone;
      return next.changesAt;
    });
  }, [endsAt, isKnownOver, lifetimeSeconds, thresholdSeconds]);

  return {
    root,
    text: words?.text ?? '',
    tone: words?.tone ?? 'calm',
    share: shareLeft(endsAt, now, lifetimeSeconds, thresholdSeconds),
  };
}

/**
 * The share of the lifetime that is left. Where nobody knows the lifetime, the ring stays closed until the end comes
 * near, and then runs down.
 */
export function shareLeft(
  endsAt: number,
  now: number,
  lifetimeSeconds: number | null,
  thresholdSeconds: number | null,
): number {
  const whole = lifetimeSeconds ?? thresholdSeconds;
  if (!whole || Number.isNaN(endsAt)) return 1;
  return Math.min(Math.max((endsAt - now) / 1000 / whole, 0), 1);
}
