// Long enough that a pause between two lines of the daemon is no standstill, short enough to notice a slow network.
const windowMs = 5_000;
const leastMs = 500;

/** How fast bytes come, over the last seconds. */
export function pullSpeed() {
  let samples: { at: number; bytes: number }[] = [];
  return {
    /** @param bytes all that came so far */
    measured(bytes: number, at: number): void {
      samples.push({ at, bytes });
      // The first one of those that are older stays: the window begins there.
      const from = samples.findLastIndex((sample) => sample.at <= at - windowMs);
      if (from > 0) samples = samples.slice(from);
    },
    /** Bytes per second; null where too little was seen. */
    read(at: number): number | null {
      const first = samples[0];
      const last = samples.at(-1);
      if (!first || !last || at - first.at < leastMs) return null;
      return Math.max(0, Math.round(((last.bytes - first.bytes) / (at - first.at)) * 1000));
    },
  };
}
