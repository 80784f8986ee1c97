// DESIGN section 4: a result counts for three intervals. With checks off, one by hand counts for as long as it would by
// the interval that is set where nobody chose one.
const intervals = 3;
const intervalSecondsUnset = 300;

/** For how long the result of a check says how a registry stands, in milliseconds. */
export function resultCountsForMs(everySeconds: number | null): number {
  return intervals * (everySeconds ?? intervalSecondsUnset) * 1000;
}
