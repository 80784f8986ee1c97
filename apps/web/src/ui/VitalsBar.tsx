import type { Tone } from './tone.ts';
import styles from './VitalsBar.module.css';

export interface VitalsSegment {
  tone: Tone;
  /** How many things it stands for. */
  count: number;
}

const segmentsMax = 24;

/** One segment for each thing, in the order of need, those that fail taller; from 25 on one for each group. */
export function VitalsBar({
  each,
  groups,
  sentence,
}: {
  each: readonly Tone[];
  groups: readonly VitalsSegment[];
  /** The same in words. */
  sentence: string;
}) {
  return (
    <div className={styles.bar} role="img" aria-label={sentence}>
      {segmentsOf(each, groups).map(({ tone, count }, index) => (
        // the segments of one state have no other name than their place
        <i key={index} data-tone={tone} style={{ flexGrow: count }} />
      ))}
    </div>
  );
}

/** The segments that are drawn. */
export function segmentsOf(
  each: readonly Tone[],
  groups: readonly VitalsSegment[],
): readonly VitalsSegment[] {
  if (each.length <= segmentsMax) return each.map((tone) => ({ tone, count: 1 }));
  return groups.filter(({ count }) => count > 0);
}
