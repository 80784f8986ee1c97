// Number and unit stay on one line.
const nbsp = '\u00a0';

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** How long ago, one unit, rounded down: `8 s ago`, `3 m ago`; `just now` under a second. */
export function ageText(at: string, nowMs: number): string {
  const seconds = Math.floor((nowMs - Date.parse(at)) / 1000);
  if (Number.isNaN(seconds)) return '';
  for (const [unit, length] of units)
    if (seconds >= length) return `${Math.floor(seconds / length)}${nbsp}${unit} ago`;
  return 'just now';
}

/** A span of time in one or two units, rounded down: `51 m`, `1 h`, `12 h`, `2 d 4 h`. */
export function spanText(seconds: number): string {
  const whole = Math.max(Math.floor(seconds), 0);
  const index = units.findIndex(([, length]) => whole >= length);
  const [unit, length] = units[index] ?? (['s', 1] as const);
  const first = `${Math.floor(whole / length)}${nbsp}${unit}`;
  const next = units[index + 1];
  const rest = next ? Math.floor((whole % length) / next[1]) : 0;
  return next && rest > 0 ? `${first} ${rest}${nbsp}${next[0]}` : first;
}

/** How long something took: `112 ms`, `0.6 s` with `of(600, 'rough')`, `1.2 s`, `2 m 5 s`. */
export function durationText(ms: number): string {
  if (ms < 1) return `<1${nbsp}ms`;
  if (ms < 1000) return `${Math.round(ms)}${nbsp}ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)}${nbsp}s`;
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}${nbsp}m ${seconds % 60}${nbsp}s`;
}

/** Seconds with a fixed number of decimals, for a sum and for a running watch: `0.6 s`, `0.24 s`. */
export function secondsText(ms: number, decimals: 1 | 2): string {
  if (ms >= 60_000) return durationText(ms);
  return `${(Math.max(ms, 0) / 1000).toFixed(decimals)}${nbsp}s`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `24 Nov 2026`, in UTC. */
export function dateText(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return `${date.getUTCDate()}${nbsp}${months[date.getUTCMonth()]}${nbsp}${date.getUTCFullYear()}`;
}

/** `14:32:08`, in UTC; the zone stands beside it or in the head of the column. */
export function clockText(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : date.toISOString().slice(11, 19);
}

/** `24 Nov 2026, 14:32:08 UTC`: for tooltips and reports. */
export const momentText = (at: string): string => `${dateText(at)}, ${clockText(at)}${nbsp}UTC`;

/** As Docker counts, by thousands: `86.4 MB`, `14 GB`. */
export function bytesText(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let index = 0;
  while (value >= 1000 && index < names.length - 1) {
    value /= 1000;
    index += 1;
  }
  const digits = index === 0 || value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)}${nbsp}${names[index]}`;
}

/** `1 step`, `12 steps`: with thousands set apart. */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
