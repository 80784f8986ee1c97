import styles from './ExpiryRing.module.css';
import { spriteAddress } from './Icon.tsx';

/** `unknown` may end and does not tell; `none` does not end; `absent` is no credential. */
export type RingKind = 'ok' | 'expiring' | 'expired' | 'renew' | 'none' | 'unknown' | 'absent';

const strokes = { 24: 3, 30: 3.5, 40: 4.5, 58: 5.5, 84: 8, 104: 7 } as const;
export type RingSize = keyof typeof strokes;

const tones = {
  ok: 'ok',
  renew: 'ok',
  expiring: 'expiring',
  expired: 'expired',
  none: 'unknown',
  unknown: 'unknown',
  absent: 'unknown',
} as const;
const glyphs = { expired: 'x', renew: 'renew', none: 'infinity', unknown: 'help', absent: 'minus' } as const;
const thinStroke = 1.5;

/** The part of a lifetime that is left, as an arc. Decoration: the words beside it say the same. */
export function ExpiryRing({
  kind,
  share = 1,
  size = 30,
}: {
  kind: RingKind;
  /** From 0 to 1. */
  share?: number;
  size?: RingSize;
}) {
  const isThin = kind === 'none' || kind === 'unknown' || kind === 'absent';
  const middle = size / 2;
  const stroke = isThin ? thinStroke : strokes[size];
  const radius = middle - strokes[size] / 2;
  const glyph = kind === 'ok' || kind === 'expiring' ? undefined : glyphs[kind];
  const glyphSize = (size * 13) / 30;
  return (
    <svg
      className={styles.ring}
      data-kind={kind}
      data-tone={tones[kind]}
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      aria-hidden="true"
    >
      <circle
        className={isThin ? styles.thin : styles.track}
        cx={middle}
        cy={middle}
        r={radius}
        strokeWidth={stroke}
        strokeDasharray={kind === 'unknown' || kind === 'absent' ? '3 2.6' : undefined}
      />
      {!isThin && kind !== 'expired' && (
        <circle
          className={styles.arc}
          data-arc=""
          cx={middle}
          cy={middle}
          r={radius}
          strokeWidth={stroke}
          pathLength={100}
          strokeDasharray={arcDashes(share)}
          transform={`rotate(-90 ${middle} ${middle})`}
        />
      )}
      {glyph && (
        <use
          href={spriteAddress(glyph)}
          x={middle - glyphSize / 2}
          y={middle - glyphSize / 2}
          width={glyphSize}
          height={glyphSize}
        />
      )}
    </svg>
  );
}

/** The dash pattern of an arc that is this share of its circle. */
export const arcDashes = (share: number): string =>
  `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(1)} 100`;
