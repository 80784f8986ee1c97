import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/** Watches who writes a file around the moment in which we replace it. */
export interface WriteWitness {
  /**
   * Whether somebody else wrote the target after `made` was there and before it was renamed over the target. null: the
   * system did not tell.
   *
   * @param made the file that took the target's place
   */
  sawAnother(made: string): Promise<boolean | null>;
  close(): void;
}

// The kernel has told by then, or does not tell at all.
const waitMs = 500;

/**
 * Between the last look at a file and the rename there is a gap that Node cannot close. The kernel reports what happens
 * to the names of a folder in its order, so that what another wrote in the gap is at least known afterwards.
 */
export function watchWrites(target: string): WriteWitness {
  const base = path.basename(target);
  const seen: string[] = [];
  let notify = () => {};
  const watcher = startWatch(path.dirname(target), (name) => {
    seen.push(name);
    notify();
  });
  return {
    async sawAnother(made) {
      if (watcher === null) return null;
      const own = path.basename(made);
      // made, written (several times), renamed away: the target's own event comes right behind the last of these
      const isTold = () => seen.lastIndexOf(base) > seen.lastIndexOf(own) && seen.includes(own);
      const until = performance.now() + waitMs;
      while (!isTold() && performance.now() < until)
        await new Promise<void>((resolve) => {
          notify = resolve;
          setTimeout(resolve, until - performance.now());
        });
      if (!isTold()) return null;
      return seen.slice(seen.indexOf(own), seen.lastIndexOf(own)).includes(base);
    },
    close: () => watcher?.close(),
  };
}

function startWatch(folder: string, tell: (name: string) => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name !== null) tell(name);
    });
    // a folder that goes away, or a system without watches left: then nothing is told
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
