const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const stepSeconds = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28].map((count) => count * day),
];

/** The shortest step of those that people count in with which a span has about that many steps, and never over twice. */
export function stepSecondsFor(spanSeconds: number, steps: number): number {
  const found = stepSeconds.find((step) => spanSeconds / step <= steps);
  return found ?? Math.ceil(spanSeconds / steps / day) * day;
}
