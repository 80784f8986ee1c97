const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/**
 * A length of time with its two largest units: `11 h 42 m`, `3 m`, `40 s`.
 *
 * @param seconds any length; the sign does not count
 */
export function duration(seconds: number): string {
  let rest = Math.round(Math.abs(seconds));
  const parts: string[] = [];
  for (const [name, size] of units) {
    const count = Math.floor(rest / size);
    // A unit that is empty in between ends it: 2 d and 40 s is "2 d".
    if (count === 0 && parts.length > 0) break;
    if (count > 0) parts.push(`${count} ${name}`);
    rest -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}

/** Milliseconds as the page writes them: `3 ms`, `1.4 s`. */
export function milliseconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
