import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from './client-config.ts';

/** Where a program is, as Go's exec.LookPath finds it. */
export interface FoundProgram {
  /** The first that can be run; else the first that is there at all. */
  file: string | null;
  isExecutable: boolean;
  searched: string[];
}

/** Looks through the folders of PATH in their order. Relative folders are left out: Go refuses to run from them. */
export async function findProgram(name: string, env: Environment): Promise<FoundProgram> {
  const searched = (env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  let there: string | null = null;
  for (const folder of searched) {
    const file = path.join(folder, name);
    const isFile = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile) continue;
    if (await mayExecute(file)) return { file, isExecutable: true, searched };
    there ??= file;
  }
  return { file: there, isExecutable: false, searched };
}

/**
 * Whether the kernel would take the file for a program. The C library hands any other file to /bin/sh, which Go, and so
 * Docker, does not do: such a helper fails with "exec format error".
 */
export async function isProgramFile(file: string): Promise<boolean> {
  // a program may be executed without being readable; then the kernel decides
  const opened = await open(file, 'r').catch(() => null);
  if (opened === null) return true;
  try {
    const head = Buffer.alloc(20);
    await opened.read(head, 0, head.length, 0);
    const isScript = head.toString('latin1', 0, 2) === '#!';
    const isWindows = head.toString('latin1', 0, 2) === 'MZ';
    const isElf = head.readUInt32BE(0) === 0x7f454c46 && isOwnMachine(head.readUInt16LE(18));
    const isMach = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe].includes(
      head.readUInt32BE(0),
    );
    return isScript || isWindows || isElf || isMach;
  } finally {
    await opened.close();
  }
}

// e_machine of the ELF header: x86-64 runs 32-bit programs too, and so do most arm64 processors. A program for another
// machine counts as foreign, also where an emulator would run it.
const machines: Partial<Record<NodeJS.Architecture, readonly number[]>> = { x64: [62, 3], arm64: [183, 40] };

function isOwnMachine(machine: number): boolean {
  return machines[process.arch]?.includes(machine) ?? true;
}

async function mayExecute(file: string): Promise<boolean> {
  const { mode } = await stat(file);
  // root may do everything but execute what nobody may
  if (process.platform !== 'win32' && (mode & 0o111) === 0) return false;
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
