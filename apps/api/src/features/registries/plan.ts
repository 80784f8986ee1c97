/** When which registry is checked: arithmetic on monotonic milliseconds, without a clock, a timer or chance of its own. */

/** One row of the board, as far as planning goes. */
export interface Planned {
  key: string;
  /** Whom the check asks; two users' rows can ask the same one. */
  host: string;
  /** Null: not by itself. */
  dueAt: number | null;
  /** A person waits for it, or its credential changed: goes before all others. */
  urgent: boolean;
}

export const atOnceMax = 32;
export const atOncePerHostMax = 2;

/**
 * Which checks begin now, and when to look again; null where only the end of a running check changes anything.
 *
 * @param running key of each running check, and its host
 * @param pausedUntil before then only urgent ones begin
 */
export function pick(
  planned: Iterable<Planned>,
  running: ReadonlyMap<string, string>,
  at: number,
  pausedUntil: number,
): { start: Planned[]; wakeAt: number | null } {
  const perHost = new Map<string, number>();
  for (const host of running.values()) perHost.set(host, (perHost.get(host) ?? 0) + 1);
  const idle = [...planned].filter(({ key }) => !running.has(key));
  const beginsAt = ({ urgent, dueAt }: Planned) =>
    urgent ? at : dueAt === null ? Number.POSITIVE_INFINITY : Math.max(dueAt, pausedUntil);
  const due = idle
    .filter((row) => beginsAt(row) <= at)
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || (a.dueAt ?? 0) - (b.dueAt ?? 0));
  const start: Planned[] = [];
  for (const row of due) {
    if (running.size + start.length >= atOnceMax) break;
    const count = perHost.get(row.host) ?? 0;
    if (count >= atOncePerHostMax) continue;
    perHost.set(row.host, count + 1);
    start.push(row);
  }
  const later = idle.map(beginsAt).filter((time) => time > at);
  const wakeAt = Math.min(...later);
  return { start, wakeAt: Number.isFinite(wakeAt) ? wakeAt : null };
}

// Two hundred registries begin within 20 s, a handful within a second or two.
const spreadMs = 20_000;
const gapMsMax = 300;

/** When each of several checks begins that are all due at once, as after a start: one after the other, not together. */
export function spread(count: number, from: number, everyMs: number, random: () => number): number[] {
  const gap = Math.min(gapMsMax, Math.min(spreadMs, everyMs) / count);
  return Array.from({ length: count }, (_, index) => from + (index === 0 ? 0 : (index - random() / 2) * gap));
}

// The last result counts for three intervals, so a registry that is down is asked again before it is "not checked".
const backOffMax = 2.5;
const jitter = 0.1;
const retryAfterMsMax = 6 * 3_600_000;

/**
 * When a registry is checked again.
 *
 * @param failures how many checks in a row got no usable answer
 * @param retryAfterMs what the registry asked for, where it did (RFC 9110, section 10.2.3)
 */
export function nextDueAt({
  endedAt,
  everyMs,
  failures,
  retryAfterMs,
  random,
}: {
  endedAt: number;
  everyMs: number;
  failures: number;
  retryAfterMs: number | null;
  random: () => number;
}): number {
  const backOff = Math.min(2 ** Math.max(0, failures - 1), backOffMax);
  const wait = everyMs * backOff * (1 - jitter + 2 * jitter * random());
  const asked = Math.min(retryAfterMs ?? 0, retryAfterMsMax) * (1 + jitter * random());
  return endedAt + Math.max(wait, asked);
}
