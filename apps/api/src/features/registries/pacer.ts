/** Lets requests to one host pass at a pace that no registry minds, whoever asks for them. */
export interface Pacer {
  /**
   * Waits for this host's next turn.
   *
   * @param signal ends the waiting; the turn is then left empty
   */
  turn(host: string, signal: AbortSignal): Promise<void>;
}

const perWindow = 2;
// A little over a second: two requests that left 1 s apart can arrive closer together.
const windowMs = 1_050;
// More hosts than are ever watched; the oldest turns are long past by then.
const hostsKept = 2_000;

export function pacer(monotonic: () => number = () => performance.now()): Pacer {
  /** Of each host: when its last requests go out, the latest last. */
  const turns = new Map<string, number[]>();
  return {
    turn(host, signal) {
      const at = monotonic();
      const last = turns.get(host) ?? [];
      const mine = Math.max(
        at,
        last.at(-1) ?? at,
        (last.at(-perWindow) ?? Number.NEGATIVE_INFINITY) + windowMs,
      );
      turns.delete(host);
      turns.set(host, [...last, mine].slice(-perWindow));
      for (const [name, times] of turns) {
        if (turns.size <= hostsKept || (times.at(-1) ?? 0) > at - windowMs) break;
        turns.delete(name);
      }
      if (mine <= at || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(done, mine - at);
        signal.addEventListener('abort', done, { once: true });
        function done() {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        }
      });
    },
  };
}
