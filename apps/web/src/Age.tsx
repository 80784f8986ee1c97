import { useNow } from './clock.ts';
import { ageText, momentText } from './ui/time-text.ts';

/** How long ago, kept right by itself: `12 s ago`, with the moment in its tooltip. */
export function Age({ at }: { at: string }) {
  const now = useNow(5000);
  return (
    <time dateTime={at} title={momentText(at)}>
      {ageText(at, now)}
    </time>
  );
}
