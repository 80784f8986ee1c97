import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/** A text file, or why there is none. `owner` is known where the file could at least be looked at. */
export type FileRead =
  | { outcome: 'read'; text: string; owner: FileOwner }
  | { outcome: 'absent' | 'folder' | 'parent-is-a-file' | 'too-large'; owner: FileOwner | null }
  | { outcome: 'not-permitted' | 'unreadable'; message: string; owner: FileOwner | null };

export interface FileOwner {
  uid: number;
  /** Octal, e.g. `0600`. */
  mode: string;
}

/** Reads a file of at most `bytesMax` bytes; follows links; never waits on a pipe that stands in the file's place. */
export async function readFileWithin(file: string, bytesMax: number): Promise<FileRead> {
  const opened = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => error,
  );
  if (opened instanceof Error) return { ...failureOf(opened), owner: await ownerOf(file) };
  try {
    const stat = await opened.stat();
    const owner = { uid: stat.uid, mode: modeOf(stat.mode) };
    if (stat.isDirectory()) return { outcome: 'folder', owner };
    if (!stat.isFile()) return { outcome: 'unreadable', message: 'it is no regular file', owner };
    const buffer = Buffer.alloc(Math.min(stat.size, bytesMax) + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await opened.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length > bytesMax || stat.size > bytesMax) return { outcome: 'too-large', owner };
    return { outcome: 'read', text: decode(buffer.subarray(0, length)), owner };
  } catch (error) {
    return { ...failureOf(error as NodeJS.ErrnoException), owner: null };
  } finally {
    await opened.close();
  }
}

// Windows tools write UTF-16. Its byte order mark is kept, so that whoever parses the text can name what is wrong.
function decode(bytes: Buffer): string {
  const isBigEndian = bytes[0] === 0xfe && bytes[1] === 0xff;
  const isLittleEndian = bytes[0] === 0xff && bytes[1] === 0xfe;
  const encoding = isBigEndian ? 'utf-16be' : isLittleEndian ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

async function ownerOf(file: string): Promise<FileOwner | null> {
  // a file that may not be opened can mostly still be looked at; where not even that, its owner stays unknown
  return stat(file).then(
    ({ uid, mode }) => ({ uid, mode: modeOf(mode) }),
    () => null,
  );
}

function failureOf(error: NodeJS.ErrnoException) {
  switch (error.code) {
    case 'ENOENT':
      return { outcome: 'absent' as const };
    case 'ENOTDIR':
      return { outcome: 'parent-is-a-file' as const };
    case 'EISDIR':
      return { outcome: 'folder' as const };
    case 'EACCES':
    case 'EPERM':
      return { outcome: 'not-permitted' as const, message: 'permission denied' };
    case 'ELOOP':
      return { outcome: 'unreadable' as const, message: 'too many levels of symbolic links' };
    default:
      return { outcome: 'unreadable' as const, message: error.code ?? error.message };
  }
}

function modeOf(mode: number): string {
  return `0${(mode & 0o777).toString(8).padStart(3, '0')}`;
}
