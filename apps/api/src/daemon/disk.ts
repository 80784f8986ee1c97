import { statfs } from 'node:fs/promises';

export type Disk =
  | { known: true; disk: { path: string; freeBytes: number; totalBytes: number } }
  | { known: false; why: string };

/**
 * Free space under the image store, where Pull Doctor runs on the same file system.
 *
 * @param isLocal Whether the daemon is reached through a socket of this machine.
 */
export async function readDisk(rootDir: string, isLocal: boolean, inContainer: boolean): Promise<Disk> {
  if (!isLocal) return { known: false, why: 'The daemon is on another machine.' };
  if (inContainer)
    return { known: false, why: 'Pull Doctor runs in a container and does not see the image store.' };
  try {
    const { bavail, blocks, bsize } = await statfs(rootDir);
    return { known: true, disk: { path: rootDir, freeBytes: bavail * bsize, totalBytes: blocks * bsize } };
  } catch (error) {
    return {
      known: false,
      why: `${rootDir} cannot be looked at from here (${(error as NodeJS.ErrnoException).code}).`,
    };
  }
}
