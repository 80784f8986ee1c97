import { randomBytes } from 'node:crypto';
import { lstat, rename } from 'node:fs/promises';
import path from 'node:path';
import { isThere, syncFolder } from './put-file.ts';
import { type Refused, refuse, refusedBy } from './refusal.ts';
import { followLinks } from './target-file.ts';
import { lockFor } from './write-lock.ts';

/** A folder that stood where the file should be, and where it is now. */
export interface MovedFolder {
  target: string;
  movedTo: string;
  /** Which folder it is, whatever its name. */
  inode: string;
}

/**
 * Moves a folder out of the place of a file, with all that is in it; Docker makes one where a file is to be mounted that
 * is not there. Afterwards there is no file, which Docker is content with.
 */
export async function moveFolderAside({
  file,
  now,
}: {
  file: string;
  now: Date;
}): Promise<{ ok: true; moved: MovedFolder } | Refused> {
  try {
    const target = await followLinks(file);
    const lock = await lockFor(target);
    try {
      const found = await lstat(target, { bigint: true });
      if (!found.isDirectory()) refuseOther(target, 'There is no folder in its place any more.');
      const time = now
        .toISOString()
        .replace(/\.[0-9]+Z$/, 'Z')
        .replaceAll(':', '-');
      const movedTo = `${target}.${time}-${randomBytes(4).toString('hex')}.was-a-folder`;
      // a folder can only be renamed to a name that nothing or an empty folder has
      await rename(target, movedTo);
      await syncFolder(path.dirname(target));
      return { ok: true, moved: { target, movedTo, inode: `${found.dev}:${found.ino}` } };
    } finally {
      await lock.release();
    }
  } catch (error) {
    return refusedBy(error, file);
  }
}

/** Moves the folder back. Refuses where something else stands in its place meanwhile. */
export async function moveFolderBack({
  target,
  movedTo,
  inode,
}: MovedFolder): Promise<{ ok: true } | Refused> {
  try {
    const lock = await lockFor(target);
    try {
      const found = await lstat(movedTo, { bigint: true }).catch(() => null);
      if (found === null || `${found.dev}:${found.ino}` !== inode)
        refuse(
          'backup-missing',
          `${target} was not changed back.`,
          `The folder ${movedTo} is not there any more.`,
          'There is nothing to do: Docker needs no folder there.',
        );
      if (await isThere(target)) refuseOther(target, 'A file was made in its place since.');
      await rename(movedTo, target);
      await syncFolder(path.dirname(target));
      return { ok: true };
    } finally {
      await lock.release();
    }
  } catch (error) {
    return refusedBy(error, target);
  }
}

function refuseOther(target: string, why: string): never {
  return refuse('changed-since', `${target} was not changed.`, why, 'Look at the file again.');
}
