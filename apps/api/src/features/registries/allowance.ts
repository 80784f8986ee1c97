/** How often something may be asked for by hand: a few times at once, then one for each span. */
export interface Allowance {
  /** Null: granted. Otherwise the seconds after which it is. */
  take(name: string): number | null;
}

const namesKept = 2_000;

/** A token bucket for each name. */
export function allowance(
  { atOnce, eachMs }: { atOnce: number; eachMs: number },
  monotonic: () => number = () => performance.now(),
): Allowance {
  /** When the bucket of a name is full again. */
  const fullAt = new Map<string, number>();
  return {
    take(name) {
      const at = monotonic();
      const from = Math.max(fullAt.get(name) ?? at, at);
      const waitMs = from + eachMs - at - atOnce * eachMs;
      if (waitMs > 0) return Math.ceil(waitMs / 1000);
      fullAt.delete(name);
      fullAt.set(name, from + eachMs);
      for (const [old, time] of fullAt) {
        if (fullAt.size <= namesKept || time > at) break;
        fullAt.delete(old);
      }
      return null;
    },
  };
}
