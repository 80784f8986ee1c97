/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1);
  return (low + high) / 2;
}

export interface Figure {
  what: string;
  measured: number;
  limit: number;
  unit: string;
  detail: string;
}

/** One line a figure, and whether it holds. */
export function report({ what, measured, limit, unit, detail }: Figure): boolean {
  const holds = measured <= limit;
  const shown = (value: number) => `${Number(value.toFixed(2))}${unit && ` ${unit}`}`;
  console.log(
    `${holds ? 'holds' : 'FALLS SHORT'}  ${what}: ${shown(measured)}, at most ${shown(limit)}${detail && ` (${detail})`}`,
  );
  return holds;
}
