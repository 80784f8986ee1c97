import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import { redactText } from '@pull-doctor/contract/redact';

type RecentLog = DaemonEvidence['log'];
type LogLine = RecentLog['lines'][number];

const linesMax = 20;
const lineCharactersMax = 2000;
// About a day of a busy daemon; the end is what matters.
const tailBytes = 1024 * 1024;

/**
 * The daemon's last lines that name this image: the same failure, seen from the other side.
 *
 * @param source `auto`, `journald`, `none`, or the path of a file.
 * @param names What a line must hold at least one of: the repository, the registry's host.
 */
export async function readRecentLog(
  source: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<RecentLog> {
  const nothing = (state: RecentLog['state'], what: string): RecentLog => ({ state, what, lines: [] });
  if (source === 'none') return nothing('not-configured', 'Reading the daemon’s log is switched off.');
  const isJournal = source === 'journald' || source === 'auto';
  if (source === 'auto' && !hasJournal())
    return nothing('not-configured', 'There is no journal here, and PULL_DOCTOR_DAEMON_LOG names no file.');
  try {
    const lines = isJournal ? await journalTail(signal) : await fileTail(source);
    const found = lines.filter(({ line }) => names.some((name) => line.includes(name))).slice(-linesMax);
    return {
      state: 'read',
      what: `${found.length} ${found.length === 1 ? 'line names' : 'lines name'} this image in ${isJournal ? 'the journal of docker.service' : source}.`,
      lines: found.map(({ at, line }) => ({ at, line: redactText(line).text.slice(0, lineCharactersMax) })),
    };
  } catch (error) {
    return nothing(
      'unreadable',
      redactText((error as Error).message.split('\n')[0] ?? '').text.slice(0, 300),
    );
  }
}

/** Whether the daemon's log can be read from here, and where it is; without reading more of it than a line. */
export async function logSource(source: string, signal: AbortSignal): Promise<Omit<RecentLog, 'lines'>> {
  if (source === 'none') return { state: 'not-configured', what: 'switched off' };
  const isJournal = source === 'journald' || source === 'auto';
  if (source === 'auto' && !hasJournal()) return { state: 'not-configured', what: 'no journal here' };
  try {
    if (isJournal) await journalctl(['-n', '1'], signal);
    else await access(source, constants.R_OK);
    return { state: 'read', what: isJournal ? 'journald' : source };
  } catch {
    // why it cannot be read is told where it is missed: in the daemon step of a diagnosis
    return { state: 'unreadable', what: isJournal ? 'journald' : source };
  }
}

// systemd's own way to tell whether it runs the machine: sd_booted(3).
const hasJournal = () => existsSync('/run/systemd/system');

async function journalTail(signal: AbortSignal): Promise<LogLine[]> {
  const stdout = await journalctl(['--since', '-24h', '-n', '2000'], signal);
  return stdout.split('\n').filter(Boolean).flatMap(journalLine);
}

async function journalctl(args: string[], signal: AbortSignal): Promise<string> {
  const options = { signal, timeout: 3000, maxBuffer: 16 * tailBytes };
  const all = ['-u', 'docker.service', '-o', 'json', ...args, '--no-pager'];
  const { stdout } = await promisify(execFile)('journalctl', all, options);
  return stdout;
}

function journalLine(text: string): LogLine[] {
  const entry = JSON.parse(text) as { MESSAGE?: unknown; __REALTIME_TIMESTAMP?: string };
  // journald gives bytes where a message is not UTF-8: nothing that a daemon writes about a pull.
  if (typeof entry.MESSAGE !== 'string') return [];
  const micros = Number(entry.__REALTIME_TIMESTAMP);
  return [
    { at: Number.isFinite(micros) ? new Date(micros / 1000).toISOString() : null, line: entry.MESSAGE },
  ];
}

async function fileTail(file: string): Promise<LogLine[]> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, tailBytes);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString('utf8').split('\n');
    // The first line is cut where the file is longer than what was read.
    return (length < size ? lines.slice(1) : lines)
      .filter(Boolean)
      .map((line) => ({ at: timeOf(line), line }));
  } finally {
    await handle.close();
  }
}

/** `time="2026-05-04T10:11:12.131415Z"` of logrus, or `"time":"…"` of its JSON form. */
function timeOf(line: string): string | null {
  const text = /time"?[=:] ?"([^"]{10,40})"/.exec(line)?.[1];
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
