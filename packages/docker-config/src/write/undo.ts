import { rmdir } from 'node:fs/promises';
import path from 'node:path';
import { carefulWrite, type FileChange } from './careful-write.ts';
import { removeFile, syncFolder } from './put-file.ts';
import { type Refused, refuse, refusedBy } from './refusal.ts';
import { type FileVersion, readTarget } from './target-file.ts';
import { lockFor } from './write-lock.ts';

/**
 * Takes a change back: the content of the backup to the byte, with the owner and mode that the file had; a file that was
 * not there is removed, and so are folders that were made for it and hold nothing else. The backup stays.
 *
 * Refuses, and changes nothing, where file, owner or mode are not what the change made of them, and where the backup is
 * gone or another. Never throws for what the files are.
 */
export async function undoChange(
  change: FileChange,
  { now }: { now: Date },
): Promise<{ ok: true } | Refused> {
  const { target, before, after } = change;
  try {
    if (before === null) {
      await removeMade(change);
      return { ok: true };
    }
    refuseOther(target, await readTarget(target).then((found) => found?.version ?? null), after);
    const bytes = await readBackup(change, before);
    const { uid, gid, mode } = before;
    const written = await carefulWrite({
      file: target,
      expected: after.sha256,
      bytes,
      access: { uid, gid, mode },
      now,
    });
    if (!written.ok) return written;
    // what it kept is the content that this very change had written
    if (written.change.backup) await removeFile(written.change.backup).catch(() => undefined);
    return { ok: true };
  } catch (error) {
    return refusedBy(error, target);
  }
}

async function removeMade({ target, after, madeFolders }: FileChange): Promise<void> {
  const lock = await lockFor(target);
  try {
    refuseOther(target, await readTarget(target).then((found) => found?.version ?? null), after);
    await removeFile(target);
    await syncFolder(path.dirname(target));
  } finally {
    await lock.release();
  }
  for (const folder of madeFolders.toReversed())
    await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error;
    });
}

async function readBackup({ backup, target }: FileChange, before: FileVersion): Promise<Buffer> {
  const found = backup === null ? null : await readTarget(backup);
  if (found === null)
    return refuse(
      'backup-missing',
      `${target} was not changed back.`,
      `The backup ${backup ?? ''} is not there any more.`,
      'Sign in to the registries again, or take the file from a backup of your own.',
    );
  if (found.version.sha256 !== before.sha256)
    refuse(
      'backup-changed',
      `${target} was not changed back.`,
      `The backup ${backup ?? ''} was changed since it was made.`,
      'Look at the backup, and copy it over the file if it is what you want.',
    );
  return found.bytes;
}

function refuseOther(target: string, now: FileVersion | null, then: FileVersion): void {
  const why =
    now === null
      ? 'It was removed since the change.'
      : now.sha256 !== then.sha256
        ? 'Its content was changed since by another program, and that would be lost.'
        : now.uid !== then.uid || now.gid !== then.gid
          ? `Its owner was changed since, from ${then.uid}:${then.gid} to ${now.uid}:${now.gid}.`
          : now.mode !== then.mode
            ? `Its mode was changed since, from ${octal(then.mode)} to ${octal(now.mode)}.`
            : null;
  if (why !== null)
    refuse(
      'changed-since',
      `${target} was not changed back.`,
      why,
      'Compare it with the backup beside it, and take over what you need.',
    );
}

function octal(mode: number): string {
  return `0${(mode & 0o777).toString(8).padStart(3, '0')}`;
}
