import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { byteLines } from './byte-lines.ts';
import { journalEntry } from './journal-entry.ts';
import { cutSays, type LogNews, type LogSource, lineBytesMax, type SourceLine } from './log-source.ts';

/** systemd's own way to tell whether it runs the machine: sd_booted(3). */
export const hasJournal = () => existsSync('/run/systemd/system');

/** The unit of Docker's packages, the one of its snap, and the one of a rootless daemon of this user. */
export const dockerUnits = [
  ...['--unit', 'docker.service', '--unit', 'snap.docker.dockerd.service'],
  ...['--user-unit', 'docker.service'],
];

// Bytes are written as decimal numbers with commas where a message is not UTF-8.
const entryBytesMax = 4 * lineBytesMax + 64 * 1024;
const firstSpan = '-24h';
const pauseMs = { least: 1_000, most: 30_000 };
// Without a complaint by then, journalctl reads.
const quietMs = 500;

type Journalctl = ChildProcessByStdio<null, Readable, Readable>;
type Ended = { refused: 'cursor' | null; says: string };

/**
 * The journal of systemd, through journalctl(1), which is started again where it ends.
 *
 * @param where Which journal, where it is not the machine's: `--file=…`, `--directory=…`.
 * @param environment Where journalctl is found.
 */
export function journaldLog(
  where: readonly string[] = [],
  environment: () => Record<string, string | undefined> = () => process.env,
): LogSource {
  return {
    id: 'journald:docker.service',
    async *follow(from, signal) {
      let cursor = from;
      let pause = pauseMs.least;
      let last = '';
      while (!signal.aborted) {
        const startedAt = performance.now();
        const following = followOnce(where, environment(), cursor, signal);
        let ended: Ended | null = null;
        for (;;) {
          const next = await following.next();
          if (next.done) {
            ended = next.value;
            break;
          }
          const news = next.value;
          if (news.kind === 'lines') cursor = news.lines.at(-1)?.cursor ?? cursor;
          if (news.kind === 'state' && news.says === last) continue;
          if (news.kind === 'state') last = news.says;
          yield news;
        }
        if (signal.aborted) return;
        if (ended.refused === 'cursor') {
          cursor = null;
          yield {
            kind: 'gap',
            says: 'The place up to which the journal was read is no longer in it. It is read from 24 hours ago on; what came before that is missing.',
          };
          continue;
        }
        if (ended.says !== last) yield { kind: 'state', open: false, says: ended.says };
        last = ended.says;
        if (performance.now() - startedAt > pauseMs.most) pause = pauseMs.least;
        await sleep(pause, undefined, { signal }).catch(() => {});
        pause = Math.min(2 * pause, pauseMs.most);
      }
    },
  };
}

/** One run of journalctl, to its end; returns why it ended. */
async function* followOnce(
  where: readonly string[],
  environment: Record<string, string | undefined>,
  cursor: string | null,
  signal: AbortSignal,
): AsyncGenerator<LogNews, Ended> {
  const args = [
    ...['--follow', '--no-tail', '--all', '--no-pager', '--output', 'json', ...dockerUnits, ...where],
    // With the entry itself first it is seen whether that is still there; after a cursor that is gone journalctl
    // would begin anywhere, and say nothing.
    ...(cursor === null ? [`--since=${firstSpan}`] : [`--cursor=${cursor}`]),
  ];
  const child: Journalctl = spawn('journalctl', args, {
    env: { ...environment, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  let isNew = false;
  let hear = () => {};
  const heard = async (): Promise<'heard'> => {
    if (!isNew)
      await new Promise<void>((resolve) => {
        hear = resolve;
      });
    isNew = false;
    return 'heard';
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints.push(...text.split('\n').filter(Boolean));
    complaints.splice(0, complaints.length - 20);
    isNew = true;
    hear();
  });
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'ENOENT'
          ? 'journalctl is not installed here, so the journal cannot be read.'
          : `journalctl does not start: ${error.message}.`,
      ),
    );
    child.once('close', (code, by) => resolve(`journalctl ended (${code ?? by}); it is started again.`));
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const quiet = new AbortController();
  try {
    const lines = byteLines(entryBytesMax);
    const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    let expects = cursor;
    let isOpen = false;
    const nextChunk = () => {
      const chunk = chunks.next();
      // Nobody waits for the last one where following ends before journalctl does.
      chunk.catch(() => {});
      return chunk;
    };
    let next = nextChunk();
    const settled = sleep(quietMs, 'quiet' as const, { signal: quiet.signal }).catch(() => 'quiet' as const);
    for (;;) {
      const news = await Promise.race(isOpen ? [next, heard()] : [next, heard(), settled]);
      const trouble = whyNothing(complaints);
      if (news === 'heard' || news === 'quiet') {
        if (trouble) yield { kind: 'state', open: false, says: trouble };
        if (news === 'quiet') {
          isOpen = true;
          if (!trouble && child.exitCode === null && child.pid !== undefined) yield reads;
        }
        continue;
      }
      if (news.done) break;
      next = nextChunk();
      const entries = lines.add(news.value);
      const told: SourceLine[] = [];
      let cutBytes = 0;
      for (const entry of entries) {
        cutBytes += entry.cutBytes;
        const read = entry.cutBytes > 0 ? null : journalEntry(entry.text);
        if (!read) continue;
        if (expects !== null) {
          const isThere = read.cursor === expects;
          expects = null;
          if (!isThere) return { refused: 'cursor', says: '' };
          continue;
        }
        const { text } = read;
        cutBytes += Math.max(0, text.length - lineBytesMax);
        told.push({ ...read, text: text.slice(0, lineBytesMax) });
      }
      if (entries.length > 0) yield reads;
      if (told.length > 0) yield { kind: 'lines', lines: told };
      if (cutBytes > 0) yield { kind: 'gap', says: cutSays(cutBytes) };
    }
    const end = await exited;
    const isRefused = cursor !== null && complaints.some((line) => /cursor/i.test(line));
    return { refused: isRefused ? 'cursor' : null, says: whyNothing(complaints) ?? saysEnd(end, complaints) };
  } finally {
    quiet.abort();
    signal.removeEventListener('abort', stop);
    child.stdout.destroy();
    child.stderr.destroy();
    child.kill('SIGTERM');
  }
}

const reads: LogNews = {
  kind: 'state',
  open: true,
  says: 'The daemon’s log is read from the journal of docker.service.',
};

function saysEnd(end: string, complaints: readonly string[]): string {
  const last = complaints.at(-1);
  return last ? `${end} It said: ${last.slice(0, 300)}` : end;
}

/** What journalctl says where it reads nothing, and goes on waiting all the same. */
function whyNothing(complaints: readonly string[]): string | null {
  const said = complaints.join('\n');
  if (/insufficient permissions|not seeing messages from other users|Permission denied/i.test(said))
    return 'The user that Pull Doctor runs as may not read the journal. Add it to the group systemd-journal and start Pull Doctor again.';
  if (/No journal files were found/i.test(said))
    return 'There is no journal here: no journal files were found.';
  return null;
}
