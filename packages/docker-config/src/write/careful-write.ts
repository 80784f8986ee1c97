import { randomBytes } from 'node:crypto';
import { type BigIntStats, renameSync, statSync } from 'node:fs';
import { chown, mkdir, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { linkNew, removeFile, removeUnfinished, syncFolder, writeBeside } from './put-file.ts';
import { type Refused, refuse, refusedBy } from './refusal.ts';
import { type Access, accessOf, type FileVersion, followLinks, readTarget, sha256Of } from './target-file.ts';
import { lockFor, type WriteLock } from './write-lock.ts';
import { watchWrites } from './write-witness.ts';

/** A change that was made, with all that it takes to undo it. Holds no content. */
export interface FileChange {
  /** The path that was given. */
  path: string;
  /** The file that was changed: `path` with its links followed. */
  target: string;
  /** null: there was no file. */
  before: FileVersion | null;
  after: FileVersion;
  /** Beside the target. null: there was nothing to keep. */
  backup: string | null;
  /** Folders that were not there, from the outermost. */
  madeFolders: string[];
  /** Whether another program wrote the file in the very moment of the change, and what it wrote is gone. */
  overwroteAnother: boolean;
  /** What the one who asked should know. */
  notes: string[];
}

/** What a plan is made for. */
export interface ReadForPlan {
  ok: true;
  target: string;
  /** The content as it is, with its secrets. null: there is no file. */
  bytes: Buffer | null;
  version: FileVersion | null;
}

/** Reads a file to plan a change of it. Never throws for what the file is. */
export async function readForPlan(file: string): Promise<ReadForPlan | Refused> {
  try {
    const target = await followLinks(file);
    const found = await readTarget(target);
    return { ok: true, target, bytes: found?.bytes ?? null, version: found?.version ?? null };
  } catch (error) {
    return refusedBy(error, file);
  }
}

/**
 * Changes a file of a user so that at every moment the old or the new one is whole: the new one is written beside it,
 * brought to the disk, and takes the place of the old one by one rename. A backup is whole before that. Links are
 * followed and stay; owner and mode stay unless `access` says otherwise. A file that is not there is made with 0600, in a
 * folder of 0700, both of whoever owns what they are in.
 *
 * What is kept: content, owner, group, mode. What is not: extended attributes, access lists, and a second name (hard
 * link) of the file, which goes on to name the old one; `notes` tells of the last.
 *
 * Docker takes no lock. Its own write (temporary file, rename) is noticed up to the last look at the file, which is one
 * system call before the rename; Node has no rename that compares (RENAME_EXCHANGE).
 *
 * @param expected the hash of the content that the change was planned for; null: that there is no file
 * @param now for the name of the backup
 * @returns a refusal instead of an error for all that the file system or another program is the reason of. Then the
 *   file is as it was, and nothing is left beside it
 */
export async function carefulWrite({
  file,
  expected,
  bytes,
  access = {},
  now,
}: {
  file: string;
  expected: string | null;
  bytes: Uint8Array;
  access?: Partial<Access>;
  now: Date;
}): Promise<{ ok: true; change: FileChange } | Refused> {
  const madeFolders: string[] = [];
  try {
    const target = await followLinks(file);
    if (expected === null) await makeFolders(path.dirname(target), madeFolders);
    const lock = await lockFor(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') refuseChanged(target);
      throw error;
    });
    let change: FileChange;
    try {
      change = await replace({ file, target, expected, bytes, access, now, lock, madeFolders });
    } finally {
      await lock.release();
    }
    return { ok: true, change };
  } catch (error) {
    for (const folder of madeFolders.toReversed()) await rmdir(folder).catch(() => undefined);
    return refusedBy(error, file);
  }
}

async function replace({
  file,
  target,
  expected,
  bytes,
  access,
  now,
  lock,
  madeFolders,
}: {
  file: string;
  target: string;
  expected: string | null;
  bytes: Uint8Array;
  access: Partial<Access>;
  now: Date;
  lock: WriteLock;
  madeFolders: string[];
}): Promise<FileChange> {
  await removeUnfinished(target);
  const found = await readTarget(target);
  if ((found?.version.sha256 ?? null) !== expected) refuseChanged(target);
  const folder = path.dirname(target);
  const wanted = { ...(found?.version ?? (await accessForNew(folder))), ...access };
  const next: Access = { uid: wanted.uid, gid: wanted.gid, mode: wanted.mode };

  let backup: string | null = null;
  let made: string | null = null;
  const witness = watchWrites(target);
  try {
    backup = found ? await backUp(target, found.bytes, found.version, now) : null;
    made = await writeBeside(target, bytes, next);
    if (backup) await syncFolder(folder);
    if (!(await lock.isHeld()))
      refuse(
        'busy',
        `${target} was not changed.`,
        'Another fix took over while this one was held up.',
        'Look at the file again.',
      );
    if (found) {
      // one right after the other, without a turn of the event loop between them
      if (!isSame(statNow(target), found.stats)) refuseChanged(target);
      renameSync(made, target);
    } else if (!(await linkNew(made, target))) refuseChanged(target);
  } catch (error) {
    if (made) await removeFile(made).catch(() => undefined);
    if (backup) await removeFile(backup).catch(() => undefined);
    witness.close();
    throw error;
  }
  if (!found) await removeFile(made).catch(() => undefined);

  const notes: string[] = [];
  if (found && found.stats.nlink > 1n)
    notes.push('The file had a second name (a hard link). That one still leads to the old content.');
  // from here on the new file is in place; what fails now is told and no reason to say that nothing was changed
  await syncFolder(folder).catch(() =>
    notes.push('The disk did not confirm the change. After a loss of power the old file may be back.'),
  );
  const overwroteAnother = found !== null && (await witness.sawAnother(made)) === true;
  witness.close();
  if (overwroteAnother)
    notes.push(
      'Another program wrote the file in the same moment, and what it wrote is gone. If it was docker login, sign in again.',
    );
  return {
    path: file,
    target,
    before: found?.version ?? null,
    after: { sha256: sha256Of(bytes), bytes: bytes.length, ...next },
    backup,
    madeFolders,
    overwroteAnother,
    notes,
  };
}

/** Copies the content to a name that nothing has, with the owner and mode of the file. */
async function backUp(target: string, bytes: Buffer, access: Access, now: Date): Promise<string> {
  const copy = await writeBeside(target, bytes, access);
  try {
    for (;;) {
      const name = `${target}.${nameOfTime(now)}-${randomBytes(2).toString('hex')}.pull-doctor-backup`;
      if (await linkNew(copy, name)) return name;
    }
  } finally {
    await removeFile(copy).catch(() => undefined);
  }
}

function nameOfTime(now: Date): string {
  return now
    .toISOString()
    .replace(/\.[0-9]+Z$/, 'Z')
    .replaceAll(':', '-');
}

/** Makes the folders that are not there, each with 0700 and the owner of the one that it is in. */
async function makeFolders(folder: string, made: string[]): Promise<void> {
  const parent = path.dirname(folder);
  const isMissing = await stat(folder).then(
    () => false,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return true;
      throw error;
    },
  );
  if (!isMissing) return;
  await makeFolders(parent, made);
  const { uid, gid } = await stat(parent);
  await mkdir(folder, { mode: 0o700 });
  made.push(folder);
  const own = await stat(folder);
  if (own.uid !== uid || own.gid !== gid) await chown(folder, uid, gid);
}

async function accessForNew(folder: string): Promise<Access> {
  return { ...accessOf(await stat(folder, { bigint: true })), mode: 0o600 };
}

function statNow(target: string): BigIntStats | undefined {
  return statSync(target, { bigint: true, throwIfNoEntry: false });
}

function isSame(now: BigIntStats | undefined, then: BigIntStats): boolean {
  return (
    now !== undefined &&
    now.dev === then.dev &&
    now.ino === then.ino &&
    now.size === then.size &&
    now.mtimeNs === then.mtimeNs &&
    now.ctimeNs === then.ctimeNs
  );
}

function refuseChanged(target: string): never {
  return refuse(
    'changed-since',
    `${target} was not changed.`,
    'It is not any more what this change was made for: another program has written it meanwhile.',
    'Look at the new difference and apply that.',
  );
}
