/** `time="2026-05-04T10:11:12.131415Z"` of logrus, or `"time":"…"` of its JSON form. */
export function timeOf(line: string): string | null {
  // Both forms begin with it, or have it behind what a forwarder put in front.
  const text = /time"?[=:] ?"([^"]{10,40})"/.exec(line.slice(0, 4_000))?.[1];
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
