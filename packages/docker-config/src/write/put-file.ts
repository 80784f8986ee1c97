import { randomBytes } from 'node:crypto';
import { link, lstat, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { refuse } from './refusal.ts';
import type { Access } from './target-file.ts';

/*
 * The library write-file-atomic was looked at for this and left: it opens its temporary file under a name that can be
 * foretold and without O_EXCL, so that a link laid out there leads root anywhere; it never syncs the folder, so that the
 * rename itself may be lost; it goes on where the owner cannot be kept; and it has no way to refuse a changed file.
 */

const unfinished = '.pull-doctor-new';
const leftOverMs = 60_000;

/**
 * Writes a file under a name of its own beside `target`, with the access it shall have, down to the disk. Its content
 * is open to nobody else before it has its owner and mode. Whatever fails, it is gone again.
 *
 * @returns its path
 */
export async function writeBeside(target: string, bytes: Uint8Array, access: Access): Promise<string> {
  const file = path.join(
    path.dirname(target),
    `.${path.basename(target)}.${randomBytes(6).toString('hex')}${unfinished}`,
  );
  const handle = await open(file, 'wx', 0o600);
  try {
    try {
      await giveAccess(handle, access, target);
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await removeFile(file);
    throw error;
  }
  return file;
}

type Handle = Awaited<ReturnType<typeof open>>;

async function giveAccess(handle: Handle, { uid, gid, mode }: Access, target: string): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== uid || own.gid !== gid)
    await handle.chown(uid, gid).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPERM') throw error;
      refuse(
        'owner-not-kept',
        `${target} was not changed.`,
        `It belongs to ${uid}:${gid}, and the user that Pull Doctor runs as cannot give a file to them.`,
        'Run the command yourself, as the owner of the file.',
      );
    });
  // after the owner: a change of owner takes bits away
  await handle.chmod(mode);
}

/** Gives a file a second name. false: there is something under that name, and it stays as it is. */
export async function linkNew(file: string, name: string): Promise<boolean> {
  try {
    await link(file, name);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // vfat, some network and FUSE file systems have no second names
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code ?? '')) throw error;
    if (await isThere(name)) return false;
    await rename(file, name);
    return true;
  }
}

/** Brings the names in a folder to the disk. File systems that cannot do that say so, and keep them anyway. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  } finally {
    await handle.close();
  }
}

/** Removes what a fix left that was stopped in the middle. Only while the lock is held: no other fix is at work then. */
export async function removeUnfinished(target: string): Promise<void> {
  const folder = path.dirname(target);
  const base = path.basename(target);
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (name.startsWith(`.${base}.`) && name.endsWith(unfinished)) await removeFile(file);
    // another may be about to take the lock at this moment
    if (name.startsWith(`${base}.pull-doctor-lock.`)) {
      const found = await stat(file).catch(() => null);
      if (found && Date.now() - found.ctimeMs > leftOverMs) await removeFile(file);
    }
  }
}

export async function removeFile(file: string): Promise<void> {
  await unlink(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

export async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
