import { randomBytes } from 'node:crypto';
import { open, readFile, readlink, rename, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { linkNew } from './put-file.ts';
import { refuse } from './refusal.ts';

/** Which process holds the lock, precisely enough to tell whether it still lives. */
interface Holder {
  pid: number;
  /** When it started, in ticks since the boot: a number may be given to another process later. */
  started: string | null;
  /** The space in which the number counts: a container has its own. */
  space: string;
  /** Tells two fixes of one process apart. */
  nonce: string;
}

export interface WriteLock {
  /** Whether it was not taken away meanwhile, by another who thought that there is nobody any more. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

// A change takes a few milliseconds. Where the holder cannot be asked (another container, another machine), this long
// without an end means that there is nobody any more.
const abandonedMs = 60_000;

/** The locks of this process. */
const held = new Set<string>();

/**
 * Makes sure that one fix at a time changes a file: a file beside it that only one can create. Left behind by a process
 * that is gone, it is taken over. Docker takes no lock and does not look at this one.
 *
 * @throws RefusedError `busy` where another holds it
 */
export async function lockFor(target: string): Promise<WriteLock> {
  const file = `${target}.pull-doctor-lock`;
  const me = await describeSelf();
  // before the file is there, or a fix of the same process would take it for one that nobody holds
  held.add(me.nonce);
  const isHeld = async () => (await readHolder(file))?.nonce === me.nonce;
  const release = async () => {
    held.delete(me.nonce);
    // what cannot be removed is taken over by the next: this process does not count it as held any more
    if (await isHeld()) await unlink(file).catch(() => undefined);
  };
  try {
    for (let tries = 0; tries < 3; tries++) {
      if (await create(file, JSON.stringify(me))) return { isHeld, release };
      if (!(await isAbandoned(file))) break;
      await removeAbandoned(file);
    }
  } catch (error) {
    held.delete(me.nonce);
    throw error;
  }
  held.delete(me.nonce);
  return refuse(
    'busy',
    `${target} was not changed.`,
    'Another fix is changing it.',
    'Wait until it is done and look at the file again.',
  );
}

async function create(file: string, text: string): Promise<boolean> {
  // written under another name first: a lock is never seen without its holder
  const own = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeNew(own, text);
    return await linkNew(own, file);
  } finally {
    await unlink(own).catch(() => undefined);
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  const [holder, age] = await Promise.all([readHolder(file), ageOf(file)]);
  if (age === null) return true;
  const me = await describeSelf();
  if (holder === null || holder.space !== me.space) return age > abandonedMs;
  if (holder.pid === me.pid) return !held.has(holder.nonce);
  return !isAlive(holder.pid) || (await startOf(holder.pid)) !== holder.started;
}

/** Takes away the lock of a process that is gone, and puts it back if it turns out to be a new one. */
async function removeAbandoned(file: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch (error) {
    return ignoreAbsent(error as NodeJS.ErrnoException);
  }
  if (!(await isAbandoned(aside))) await linkNew(aside, file);
  await unlink(aside).catch(ignoreAbsent);
}

async function readHolder(file: string): Promise<Holder | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    const holder: unknown = JSON.parse(text);
    return typeof holder === 'object' && holder !== null && 'pid' in holder ? (holder as Holder) : null;
  } catch {
    return null;
  }
}

async function ageOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ ctimeMs }) => Date.now() - ctimeMs,
    () => null,
  );
}

async function describeSelf(): Promise<Holder> {
  const [boot, numbers, started] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => hostname()),
    readlink('/proc/self/ns/pid').catch(() => hostname()),
    startOf(process.pid),
  ]);
  return {
    pid: process.pid,
    started,
    space: `${boot.trim()} ${numbers}`,
    nonce: randomBytes(8).toString('hex'),
  };
}

/** Field 22 of /proc/PID/stat; null where there is no /proc. The name in field 2 may hold spaces and brackets. */
async function startOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
