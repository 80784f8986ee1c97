import { createHash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { refuse } from './refusal.ts';

/** Who owns a file and who may do what with it. */
export interface Access {
  uid: number;
  gid: number;
  /** The permission bits, as a number. */
  mode: number;
}

/** A content with its access. The hash is of a file with secrets: it is for comparing, not for pages. */
export interface FileVersion extends Access {
  sha256: string;
  bytes: number;
}

/** The file that a path leads to. */
export interface TargetFile {
  /** Without links; where the change takes place. */
  target: string;
  /** null: there is no such file. */
  found: { bytes: Buffer; version: FileVersion; stats: BigIntStats } | null;
}

/** What is larger is no configuration. */
export const bytesMax = 4 * 1024 * 1024;

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads the file at `target`, which holds no link in its last part. Throws RefusedError and what the system answers. */
export async function readTarget(target: string): Promise<TargetFile['found']> {
  // without O_NONBLOCK a pipe in the file's place would hold the reader up for ever
  const handle = await open(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
  if (handle === null) return null;
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile())
      refuse(
        'not-a-file',
        `${target} was not changed.`,
        stats.isDirectory() ? 'There is a folder in its place.' : 'It is no regular file.',
        'Move away what is in its place.',
      );
    if (stats.size > bytesMax)
      refuse(
        'too-large',
        `${target} was not changed.`,
        'It has more than 4 MiB, which no configuration of Docker has.',
        'Look at what is in it.',
      );
    const bytes = await handle.readFile();
    return { bytes, version: { sha256: sha256Of(bytes), bytes: bytes.length, ...accessOf(stats) }, stats };
  } finally {
    await handle.close();
  }
}

export function accessOf(stats: BigIntStats): Access {
  return { uid: Number(stats.uid), gid: Number(stats.gid), mode: Number(stats.mode & 0o7777n) };
}

const linksMax = 40;

/**
 * Where a path leads to: every link followed, also one whose end is not there yet, as Docker does. Folders that are not
 * there stay as they are written.
 */
export async function followLinks(file: string): Promise<string> {
  let at = path.resolve(file);
  for (let links = 0; links <= linksMax; links++) {
    at = path.join(await realFolder(path.dirname(at)), path.basename(at));
    const stats = await lstat(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (!stats?.isSymbolicLink()) return at;
    at = path.resolve(path.dirname(at), await readlink(at));
  }
  return refuse(
    'link-loop',
    `${file} was not changed.`,
    'The symbolic links on the way to it lead in a circle.',
    'Remove the link that points back.',
  );
}

/** The real path of a folder, as far as it is there. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || path.dirname(folder) === folder) throw error;
    return path.join(await realFolder(path.dirname(folder)), path.basename(folder));
  }
}
