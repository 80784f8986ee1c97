import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { anchorBytes } from './byte-lines.ts';

/** A place in a log file that is found again although the file was renamed, copied or packed meanwhile. */
export interface FilePlace {
  device: string;
  inode: string;
  offset: number;
  /** How many bytes before the place were hashed, and their hash. */
  hashed: number;
  hash: string;
}

/** A file of the log: the one that is written, or one that was put aside. */
export interface LogFile {
  path: string;
  device: string;
  inode: string;
  bytes: number;
  changedNs: bigint;
  packed: boolean;
  isFolder: boolean;
}

export const hashOf = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex').slice(0, 16);

export const asCursor = ({ device, inode, offset, hashed, hash }: FilePlace) =>
  [device, inode, offset, hashed, hash].join(':');

/** Null where the cursor is none of these. */
export function asPlace(cursor: string): FilePlace | null {
  const [, device = '', inode = '', offset, hashed, hash = ''] =
    /^(\d+):(\d+):(\d+):(\d{1,4}):([0-9a-f]{16})$/.exec(cursor) ?? [];
  if (offset === undefined) return null;
  return { device, inode, offset: Number(offset), hashed: Number(hashed), hash };
}

/** The file, or null where there is none; throws where it may not be looked at. */
export async function logFile(file: string): Promise<LogFile | null> {
  try {
    const found = await stat(file, { bigint: true });
    const { dev, ino, size, mtimeNs } = found;
    return {
      path: file,
      device: String(dev),
      inode: String(ino),
      bytes: Number(size),
      changedNs: mtimeNs,
      packed: file.endsWith('.gz'),
      isFolder: found.isDirectory(),
    };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** The files are being renamed while they are looked at; look again. */
export class FilesMoved extends Error {
  override name = 'FilesMoved';
}

/** What logrotate(8) put aside beside the file (`docker.log.1`, `docker.log-20260504.gz`), oldest first. */
export async function putAside(file: string): Promise<LogFile[]> {
  const first = await listAside(file);
  // A file that is renamed while the folder is listed may be seen twice, or not at all.
  const again = await listAside(file);
  if (namesOf(first) !== namesOf(again)) throw new FilesMoved();
  return again;
}

/** By which it is seen whether other files stand there by now. */
export const namesOf = (files: readonly LogFile[]) =>
  files.map(({ path: at, inode }) => `${at} ${inode}`).join('\n');

async function listAside(file: string): Promise<LogFile[]> {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  // A folder that cannot be listed has nothing that could be read on in.
  const names = await readdir(folder).catch((): string[] => []);
  const files = await Promise.all(
    names
      .filter((other) => other.startsWith(name) && /^[.-]\d+(?:\.gz)?$/.test(other.slice(name.length)))
      .map((other) => logFile(path.join(folder, other)).catch(() => null)),
  );
  return files.filter((found) => found !== null).sort(byTurn);
}

/** Opens the very file that was listed. */
export async function openListed({ path: file, inode }: LogFile): Promise<FileHandle> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new FilesMoved() : error;
  });
  if (String((await handle.stat({ bigint: true })).ino) === inode) return handle;
  await handle.close();
  throw new FilesMoved();
}

/** By number, by the date in the name, or else by time: times are as coarse as the kernel's clock ticks. */
function byTurn(a: LogFile, b: LogFile): number {
  const [numberA, numberB] = [turnOf(a.path), turnOf(b.path)];
  if (numberA !== null && numberB !== null) {
    // `docker.log.2` is older than `docker.log.1`; a date is a larger number the later it is.
    const areDates = numberA > 9_999 && numberB > 9_999;
    if (numberA > 9_999 === numberB > 9_999) return areDates ? numberA - numberB : numberB - numberA;
  }
  return a.changedNs < b.changedNs ? -1 : a.changedNs > b.changedNs ? 1 : 0;
}

function turnOf(file: string): number | null {
  const digits = /[.-](\d+)(?:\.gz)?$/.exec(file)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The first of the files that holds the place: the same bytes in front of the same offset. */
export async function holderOf(place: FilePlace, files: readonly LogFile[]): Promise<LogFile | null> {
  // Most often it is the same file still.
  const sameFirst = [
    ...files.filter((one) => isSame(one, place)),
    ...files.filter((one) => !isSame(one, place)),
  ];
  for (const one of sameFirst) {
    const before = await bytesBefore(one, place).catch((error: unknown) => {
      if (error instanceof FilesMoved) throw error;
      // One that cannot be read, or unpacked, does not hold it.
      return null;
    });
    if (before && hashOf(before) === place.hash) return one;
  }
  return null;
}

const isSame = (file: LogFile, { device, inode }: FilePlace) =>
  file.device === device && file.inode === inode;

async function bytesBefore(file: LogFile, { offset, hashed }: FilePlace): Promise<Buffer | null> {
  const start = offset - hashed;
  if (file.packed) {
    let seen = 0;
    let last = Buffer.alloc(0);
    for await (const chunk of contentOf(file, 0)) {
      const needed = chunk.subarray(0, offset - seen);
      last = Buffer.concat([last, needed]).subarray(-anchorBytes);
      seen += needed.length;
      if (seen === offset) return last.subarray(-hashed || last.length);
    }
    return null;
  }
  if (file.bytes < offset) return null;
  const handle = await openListed(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(hashed), 0, hashed, start);
    return bytesRead === hashed ? buffer : null;
  } finally {
    await handle.close();
  }
}

/** What a file that is not written any more holds from an offset on, unpacked. */
export async function* contentOf(file: LogFile, offset: number): AsyncGenerator<Buffer> {
  const handle = await openListed(file);
  try {
    if (!file.packed) {
      yield* handle.createReadStream({ start: offset, highWaterMark: 256 * 1024, autoClose: false });
      return;
    }
    const packed = handle.createReadStream({ autoClose: false });
    const unpacked = createGunzip();
    packed.on('error', (error) => unpacked.destroy(error));
    let seen = 0;
    for await (const chunk of packed.pipe(unpacked) as AsyncIterable<Buffer>) {
      const skipped = Math.min(chunk.length, Math.max(0, offset - seen));
      seen += chunk.length;
      if (skipped < chunk.length) yield chunk.subarray(skipped);
    }
  } finally {
    await handle.close();
  }
}
