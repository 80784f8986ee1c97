/**
 * Runs a piece of work once at a time. Who asks while it runs gets a run that begins after it, together with all others
 * who ask meanwhile.
 *
 * @param work its argument is true where anybody of those who ask gave true
 */
export function oneAtATime(work: (thorough: boolean) => Promise<void>): (thorough: boolean) => Promise<void> {
  let running: Promise<void> | null = null;
  let next: { thorough: boolean; run: Promise<void> } | null = null;
  const begin = (thorough: boolean): Promise<void> => {
    const run = work(thorough).finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  };
  return (thorough) => {
    if (!running) return begin(thorough);
    if (next) {
      next.thorough ||= thorough;
      return next.run;
    }
    const settled = running.catch(() => undefined);
    const waiting: { thorough: boolean; run: Promise<void> } = {
      thorough,
      run: settled.then(() => {
        next = null;
        return begin(waiting.thorough);
      }),
    };
    next = waiting;
    return waiting.run;
  };
}
