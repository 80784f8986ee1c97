import { stat } from 'node:fs/promises';
import path from 'node:path';

export interface ConfigWatch {
  /** Ends when every folder was looked at once: what changes from then on is told. */
  ready: Promise<void>;
  close(): void;
}

// A change is told when the look after it finds nothing new, so after 400 to 600 ms; where it goes on, after 800 ms.
const lookMs = 200;
const looksWithheldMax = 3;

/**
 * Tells within a second that config.json of one of these folders is another: written in place, replaced by rename,
 * removed, back again, with another mode or owner, or reached by another way, since a folder, a mount or the target of
 * a link on the way to it was swapped. Writes that follow each other, as those of a login in the browser, are told once.
 *
 * It looks five times a second and does not wait for events of the kernel, which watches an inode, while most of these
 * leave the inode alone. Measured with chokidar 5: by events it tells of no swapped link (a folder's, or `..data` of
 * Kubernetes), no mount over the folder or the file, no folder that was moved into place or removed and made again;
 * with its own polling of no mode, nor of a folder that was removed and made again. One `stat` per look tells of all.
 *
 * Not seen: a write in place of the same length within one tick of the file system's clock (some milliseconds; a second
 * on some network file systems) that another look fell into, and DOCKER_AUTH_CONFIG: the environment of a running
 * process does not change.
 *
 * Never throws, and keeps no process alive. A folder that cannot be read is a state like any other; one whose file
 * system does not answer keeps no other waiting.
 *
 * @param folders those of config.json; they need not exist
 * @param changed not called for what is there at the start, nor after `close`
 */
export function watchConfig(folders: readonly string[], changed: () => void): ConfigWatch {
  const files = [...new Set(folders)].map((folder) => path.join(folder, 'config.json'));
  const seen = new Map<string, string>();
  const pending = new Map<string, Promise<void>>();
  let isClosed = false;
  let isChanged = false;
  let looksWithheld = 0;

  const look = async (file: string): Promise<void> => {
    const now = await stateOf(file);
    const before = seen.get(file);
    seen.set(file, now);
    if (before !== undefined && before !== now) isChanged = true;
  };
  const lookOnce = (file: string): Promise<void> => {
    const running = pending.get(file);
    if (running) return running;
    const one = look(file).finally(() => pending.delete(file));
    pending.set(file, one);
    return one;
  };
  const tick = () => {
    // what the last looks found; those that this tick begins end before the next one
    const isQuiet = !isChanged;
    isChanged = false;
    if (!isQuiet) looksWithheld += 1;
    if (looksWithheld > 0 && (isQuiet || looksWithheld >= looksWithheldMax)) {
      looksWithheld = 0;
      changed();
    }
    if (!isClosed) for (const file of files) void lookOnce(file);
  };

  const ready = Promise.all(files.map(lookOnce)).then(() => undefined);
  const ticking = setInterval(tick, lookMs).unref();
  return {
    ready,
    close() {
      isClosed = true;
      clearInterval(ticking);
    },
  };
}

/**
 * Everything that differs when another file stands under the path. `stat` walks the links and mounts of the whole way
 * each time; nanoseconds, since two writes may follow each other within a millisecond; the time of the inode's own change,
 * since programs that copy set the other one back.
 */
async function stateOf(file: string): Promise<string> {
  try {
    const { dev, ino, mode, uid, gid, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return [dev, ino, mode, uid, gid, size, mtimeNs, ctimeNs].join();
  } catch (error) {
    // ENOENT, ENOTDIR, EACCES, ELOOP, ESTALE: each of them is how it stands
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
