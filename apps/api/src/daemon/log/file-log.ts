import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { anchorBytes, type ByteLine, byteLines } from './byte-lines.ts';
import {
  asCursor,
  asPlace,
  contentOf,
  type FilePlace,
  FilesMoved,
  hashOf,
  holderOf,
  type LogFile,
  logFile,
  namesOf,
  openListed,
  putAside,
} from './file-place.ts';
import { timeOf } from './line-time.ts';
import { cutSays, type LogNews, type LogSource, lineBytesMax, type SourceLine } from './log-source.ts';

// A pull shall be seen within two seconds, and asking a file for its size costs microseconds.
const pollMs = 200;
const chunkBytes = 256 * 1024;
// About a day of a busy daemon.
const firstBytes = 1024 * 1024;

interface Part {
  file: LogFile;
  offset: number;
}

/** What is to be read next: the rest of files that were put aside, then the one that is written. */
interface Plan {
  rests: Part[];
  follow: Part;
  /** The offset may be in the middle of a line. */
  midLine: boolean;
  gap: string | null;
  /** Of the files that were put aside when this was planned. */
  aside: string;
}

/**
 * A log file, followed over renaming, copying, truncation and replacement: a place in it is known by the bytes before
 * it, wherever they are now (logrotate(8): `create`, `copytruncate`, `compress`).
 */
export function fileLog(file: string): LogSource {
  return {
    id: `file:${file}`,
    async *follow(from, signal) {
      let place = from === null ? null : asPlace(from);
      let isFirst = place === null;
      // When the file was last written that was read to its end before another took its place.
      let drainedNs: bigint | null = null;
      let last = '';
      const state = (open: boolean, says: string): LogNews[] => {
        if (says === last) return [];
        last = says;
        return [{ kind: 'state', open, says }];
      };

      while (!signal.aborted) {
        let handle: FileHandle | null = null;
        try {
          const present = await logFile(file);
          if (!present) {
            yield* state(false, `There is no file ${file}.`);
            // What is written into a file that begins now is all new.
            isFirst = false;
            await pause(pollMs, signal);
            continue;
          }
          if (present.isFolder) {
            yield* state(false, `${file} is a folder, not a log file.`);
            await pause(5 * pollMs, signal);
            continue;
          }
          const plan = await planFrom(file, present, place, isFirst, drainedNs);
          // Opened before anything is told: from now on it is held, whatever it is called.
          handle = await openListed(plan.follow.file);
          yield* state(true, `The daemon’s log is read from ${file}.`);
          isFirst = false;
          drainedNs = null;
          if (plan.gap) yield { kind: 'gap', says: plan.gap };
          for (const rest of plan.rests)
            for await (const news of readRest(rest)) {
              place = placeAfter(news, place);
              yield news;
            }
          if (!place) {
            place = await placeAt(handle, plan.follow);
            yield { kind: 'begin', cursor: asCursor(place) };
          }
          const following = followHandle(file, handle, plan, place, signal);
          for (;;) {
            const next = await following.next();
            if (next.done) {
              drainedNs = next.value;
              break;
            }
            place = placeAfter(next.value, place);
            yield* next.value.kind === 'state' ? state(next.value.open, next.value.says) : [next.value];
          }
        } catch (error) {
          if (signal.aborted) return;
          if (error instanceof FilesMoved) continue;
          yield* state(false, whyNot(file, error as NodeJS.ErrnoException));
          await pause(5 * pollMs, signal);
        } finally {
          await handle?.close();
        }
      }
    },
  };
}

/** Where reading goes on after a place, in the files as they are now. */
async function planFrom(
  file: string,
  present: LogFile,
  place: FilePlace | null,
  isFirst: boolean,
  drainedNs: bigint | null,
): Promise<Plan> {
  const aside = await putAside(file);
  const plan = (parts: Part[], more: Partial<Plan> = {}): Plan => {
    const [last] = parts.slice(-1);
    // Until something is in the new file, its writer may go on in the old one.
    const follow = present.bytes === 0 && last && !last.file.packed ? last : { file: present, offset: 0 };
    return {
      rests: parts.filter((part) => part !== follow),
      follow,
      midLine: false,
      gap: null,
      aside: namesOf(aside),
      ...more,
    };
  };
  if (!place) {
    const offset = isFirst ? Math.max(0, present.bytes - firstBytes) : 0;
    return plan([], { follow: { file: present, offset }, midLine: offset > 0 });
  }
  const holder = await holderOf(place, [present, ...aside.toReversed()]);
  if (holder === present) return plan([], { follow: { file: present, offset: place.offset } });
  if (holder) {
    const newer = aside.slice(aside.indexOf(holder) + 1).map((one) => ({ file: one, offset: 0 }));
    return plan([{ file: holder, offset: place.offset }, ...newer]);
  }
  // It was replaced and is gone, and nothing of it is missing.
  if (drainedNs !== null) {
    const newer = aside.filter(({ changedNs, packed }) => changedNs > drainedNs && !packed);
    return plan(newer.map((one) => ({ file: one, offset: 0 })));
  }
  return plan([], {
    gap: `The place up to which ${file} was read is in no file any more. Lines that came after it, before those that ${file} holds now, are missing.`,
  });
}

async function* readRest({ file, offset }: Part): AsyncGenerator<LogNews> {
  const lines = byteLines(lineBytesMax);
  for await (const chunk of contentOf(file, offset)) yield* told(lines.add(chunk), file, offset);
  const rest = lines.rest();
  if (rest) yield* told([rest], file, offset);
}

/**
 * Reads what is appended, until the file is truncated, or another one stands in its place and is written; then returns
 * when this one was last written.
 */
async function* followHandle(
  file: string,
  handle: FileHandle,
  { follow: { file: self, offset }, midLine, aside }: Plan,
  place: FilePlace,
  signal: AbortSignal,
): AsyncGenerator<LogNews, bigint | null> {
  const isPlace = offset > 0 && !midLine;
  const before = isPlace ? place.hashed : Math.min(offset, anchorBytes);
  const bytesBefore = await readAt(handle, offset - before, before);
  if (isPlace && hashOf(bytesBefore) !== place.hash) return null;
  const lines = byteLines(lineBytesMax, bytesBefore);
  let at = offset;
  let skipsFirst = midLine;
  let isSucceeded = false;
  while (!signal.aborted) {
    // The bytes before are read again with those behind: so it is seen where a file was emptied and has grown since.
    const expected = lines.tail;
    const bytes = await readAt(handle, at - expected.length, expected.length + chunkBytes);
    if (!bytes.subarray(0, expected.length).equals(expected)) return null;
    const fresh = bytes.subarray(expected.length);
    if (fresh.length > 0) {
      // Of a file that was not read yet, only a new copy beside it tells that it was emptied meanwhile.
      if (at === 0 && namesOf(await putAside(file)) !== aside) return null;
      at += fresh.length;
      const added = lines.add(fresh);
      yield* told(skipsFirst ? added.slice(1) : added, self, offset);
      skipsFirst &&= added.length === 0;
      continue;
    }
    const present = await logFile(file);
    if (!present) yield { kind: 'state', open: true, says: `${file} was moved away; it is read on there.` };
    else if (present.device === self.device && present.inode === self.inode)
      yield { kind: 'state', open: true, says: `The daemon’s log is read from ${file}.` };
    else if (isSucceeded) {
      // One program writes: once it has begun the new file, the old one is complete.
      const rest = lines.rest();
      if (rest) yield* told([rest], self, offset);
      return (await handle.stat({ bigint: true })).mtimeNs;
    } else if (present.bytes > 0) {
      isSucceeded = true;
      continue;
    }
    await pause(pollMs, signal);
  }
  return null;
}

function* told(
  lines: readonly ByteLine[],
  { device, inode }: Pick<LogFile, 'device' | 'inode'>,
  offset: number,
): Generator<LogNews> {
  if (lines.length === 0) return;
  const asLine = ({ text, end, anchor }: ByteLine): SourceLine => ({
    at: timeOf(text),
    text,
    cursor: asCursor({
      device,
      inode,
      offset: offset + end,
      hashed: anchor.length,
      hash: hashOf(anchor),
    }),
  });
  yield { kind: 'lines', lines: lines.map(asLine) };
  for (const { cutBytes } of lines) if (cutBytes > 0) yield { kind: 'gap', says: cutSays(cutBytes) };
}

async function placeAt(handle: FileHandle, { file, offset }: Part): Promise<FilePlace> {
  const hashed = Math.min(offset, anchorBytes);
  return { ...file, offset, hashed, hash: hashOf(await readAt(handle, offset - hashed, hashed)) };
}

function placeAfter(news: LogNews, before: FilePlace | null): FilePlace | null {
  const cursor = news.kind === 'lines' ? news.lines.at(-1)?.cursor : null;
  return cursor ? asPlace(cursor) : before;
}

async function readAt(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await handle.read(buffer, 0, length, start);
  return buffer.subarray(0, bytesRead);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

function whyNot(file: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EACCES' || code === 'EPERM')
    return `${file} may not be read by the user that Pull Doctor runs as. Let its group read it, and add the user to the group.`;
  return `${file} cannot be read: ${message}.`;
}
