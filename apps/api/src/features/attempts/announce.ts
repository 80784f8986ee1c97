/**
 * Tells of the newest attempt at most four times a second, the first at once: a page that hears of one fetches what is
 * new, however many there are.
 */
export function announcer(tell: (id: string) => void): { announce(id: string): void; stop(): void } {
  const pauseMs = 250;
  let waiting: string | null = null;
  let pause: NodeJS.Timeout | null = null;
  const next = () => {
    pause = null;
    if (waiting === null) return;
    const id = waiting;
    waiting = null;
    say(id);
  };
  const say = (id: string) => {
    tell(id);
    pause = setTimeout(next, pauseMs).unref();
  };
  return {
    announce(id) {
      if (pause) waiting = id;
      else say(id);
    },
    stop() {
      if (pause) clearTimeout(pause);
      pause = null;
    },
  };
}
