import type { ReactNode } from 'react';
import type { CountdownWords } from './countdown-text.ts';
import styles from './Expiry.module.css';
import { ExpiryRing, type RingKind, type RingSize } from './ExpiryRing.tsx';
import { Tooltip } from './Tooltip.tsx';
import { useCountdown } from './useCountdown.ts';

/** How long something lasts, as far as anybody knows. */
export interface End {
  state: 'ends' | 'no-expiry' | 'unknown' | 'renews-itself' | 'nothing';
  endsAt: string | null;
  lifetimeSeconds: number | null;
  thresholdSeconds: number | null;
}

/** What a check made of it: `soon` under the threshold, `over` where it ended. */
export type EndVerdict = 'calm' | 'soon' | 'over';

export interface ExpiryProps {
  end: End;
  verdict: EndVerdict;
  /** The line under the words. */
  under?: ReactNode;
  /** The lines of the tooltip; without any there is none. */
  lines?: (() => readonly string[]) | undefined;
  size?: RingSize;
  className?: string | undefined;
}

const wordsWithoutTime = {
  ends: 'unknown',
  'no-expiry': 'no expiry',
  unknown: 'unknown',
  'renews-itself': 'renews itself',
  nothing: 'nothing to expire',
} as const;

const tones = { calm: undefined, soon: 'expiring', over: 'expired' } as const;

/** Ring and countdown of one end, and where it was read in the tooltip. */
export function Expiry({ end, verdict, under, lines, size = 30, className }: ExpiryProps) {
  const endsAt = end.state === 'ends' || end.state === 'renews-itself' ? end.endsAt : null;
  const { root, text, tone, share } = useCountdown<HTMLSpanElement>(
    endsAt === null
      ? null
      : {
          endsAt: Date.parse(endsAt),
          lifetimeSeconds: end.lifetimeSeconds,
          thresholdSeconds: end.thresholdSeconds,
          isKnownOver: verdict === 'over',
        },
  );
  const shown = shownTone(tone, verdict);
  const content = (
    <span ref={root} className={styles.expiry} data-tone={tones[shown]} data-size={size}>
      <ExpiryRing kind={ringKind(end, endsAt !== null, shown)} share={share} size={size} />
      <span className={styles.words}>
        {endsAt === null ? (
          <span className={styles.text} data-quiet={end.state === 'nothing' || undefined}>
            {shown === 'over' ? 'expired' : wordsWithoutTime[end.state]}
          </span>
        ) : (
          <time className={styles.text} dateTime={endsAt}>
            {text}
          </time>
        )}
        {under && <small>{under}</small>}
      </span>
    </span>
  );
  if (!lines) return <span className={className}>{content}</span>;
  return (
    <Tooltip lines={lines} className={className}>
      {content}
    </Tooltip>
  );
}

/** The clock may be ahead of the last check, and the check of the clock where a registry refuses before the end. */
function shownTone(tone: CountdownWords['tone'], verdict: EndVerdict): EndVerdict {
  if (tone === 'over' || verdict === 'over') return 'over';
  return tone === 'soon' || verdict === 'soon' ? 'soon' : 'calm';
}

function ringKind({ state }: End, hasTime: boolean, shown: EndVerdict): RingKind {
  if (state === 'nothing') return 'absent';
  if (state === 'no-expiry') return 'none';
  // the registry said that it ended, and nothing says when
  if (!hasTime && shown === 'over') return 'expired';
  if (state === 'renews-itself' && (!hasTime || shown === 'calm')) return 'renew';
  if (!hasTime) return 'unknown';
  return { calm: 'ok', soon: 'expiring', over: 'expired' }[shown] as RingKind;
}
