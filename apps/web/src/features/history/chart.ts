import type { AttemptStats } from '@pull-doctor/contract/attempts';
import { type Family, families } from '@pull-doctor/contract/causes';
import { countText, dateText } from '../../ui/time-text.ts';
import { familyNames } from './filters.ts';

export type Step = AttemptStats['steps'][number];

export interface Scale {
  most: number;
  /** From the bottom up. */
  ticks: number[];
}

/** A round number over the highest bar, and the lines under it: 0, 10, 20. Whole numbers only. */
export function scaleOf(steps: readonly Step[]): Scale {
  const highest = Math.max(...steps.map((step) => step.pulled + failedIn(step)), 1);
  const power = 10 ** Math.floor(Math.log10(highest));
  const most =
    [1, 2, 3, 4, 5, 6, 8, 10]
      .map((factor) => factor * power)
      // the line in the middle is a whole number, too
      .find((value) => value >= highest && (value === 1 || value % 2 === 0)) ?? highest;
  return { most, ticks: most === 1 ? [0, 1] : [0, most / 2, most] };
}

export const failedIn = (step: Step): number =>
  families.reduce((sum, family) => sum + (step.failed[family] ?? 0), 0);

export interface Part {
  family: Family | 'pulled';
  count: number;
  /** Where it begins and how high it is, in shares of the scale. */
  from: number;
  height: number;
}

/** One bar, bottom up: the families in their fixed order, then what was pulled. */
export function partsOf(step: Step, { most }: Scale): Part[] {
  let from = 0;
  return [...families, 'pulled' as const].flatMap((family) => {
    const count = family === 'pulled' ? step.pulled : (step.failed[family] ?? 0);
    if (count === 0) return [];
    const part = { family, count, from, height: count / most };
    from += part.height;
    return [part];
  });
}

/** How often each family failed, all of them, in their order. */
export const familyCounts = (steps: readonly Step[]): { family: Family; count: number }[] =>
  families.map((family) => ({
    family,
    count: steps.reduce((sum, { failed }) => sum + (failed[family] ?? 0), 0),
  }));

const dayMs = 24 * 60 * 60_000;

/** The name of a moment on the axis: the time of day for spans up to two days, the date for longer ones. */
export function axisText(at: string, spanMs: number): string {
  return spanMs > 2 * dayMs ? dateText(at).replace(/\u00a0\d{4}$/, '') : at.slice(11, 16);
}

/** A step in words, for its name: `14:00 to 14:30: 4 failed, 2 Credentials, 2 Network; 9 pulled`. */
export function stepText(step: Step, stepSeconds: number): string {
  const failed = failedIn(step);
  const each = partsOf(step, { most: 1, ticks: [] })
    .filter(({ family }) => family !== 'pulled')
    .map(({ family, count }) => `${count} ${familyNames[family as Family]}`);
  return `${stepSpan(step.at, stepSeconds)}: ${failed} failed${each.length > 0 ? ` (${each.join(', ')})` : ''}, ${step.pulled} pulled`;
}

/** From when to when a step lasts, in UTC. */
export function stepSpan(at: string, stepSeconds: number): string {
  const end = new Date(Date.parse(at) + stepSeconds * 1000).toISOString();
  const isClock = stepSeconds < 60 ? 19 : 16;
  const start = `${dateText(at)}, ${at.slice(11, isClock)}`;
  const isSameDay = end.slice(0, 10) === at.slice(0, 10);
  return `${start} to ${isSameDay ? '' : `${dateText(end)}, `}${end.slice(11, isClock)}`;
}

/** The chart as one sentence. */
export function chartText({ total, steps }: AttemptStats): string {
  const worst = familyCounts(steps).sort((a, b) => b.count - a.count)[0];
  const most = worst && worst.count > 0 ? `, most of them ${familyNames[worst.family]}` : '';
  return `${countText(total.attempts, 'attempt')} over time: ${total.failed.toLocaleString('en')} failed${most}, ${total.pulled.toLocaleString('en')} pulled`;
}
