import { execFile } from 'node:child_process';
import { access, constants, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import { redactText } from '@pull-doctor/contract/redact';
import { placeOfLog } from './log/choose-log.ts';
import { journalEntry } from './log/journal-entry.ts';
import { dockerUnits } from './log/journald-log.ts';
import { timeOf } from './log/line-time.ts';

type RecentLog = DaemonEvidence['log'];
type LogLine = RecentLog['lines'][number];

const linesMax = 20;
const lineCharactersMax = 2000;
// About a day of a busy daemon; the end is what matters.
const tailBytes = 1024 * 1024;

/**
 * The daemon's last lines that name this image: the same failure, seen from the other side.
 *
 * @param source The setting PULL_DOCTOR_DAEMON_LOG.
 * @param names What a line must hold at least one of: the repository, the registry's host.
 */
export async function readRecentLog(
  source: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<RecentLog> {
  const nothing = (state: RecentLog['state'], what: string): RecentLog => ({ state, what, lines: [] });
  const place = placeOfLog(source);
  if (place === 'stdin')
    return nothing('not-configured', 'The daemon’s log comes by standard input, which cannot be read again.');
  if (place !== 'journald' && 'none' in place) return nothing('not-configured', place.none);
  try {
    const lines = place === 'journald' ? await journalTail(signal) : await fileTail(place.file);
    const found = lines.filter(({ line }) => names.some((name) => line.includes(name))).slice(-linesMax);
    return {
      state: 'read',
      what: `${found.length} ${found.length === 1 ? 'line names' : 'lines name'} this image in ${place === 'journald' ? 'the journal of docker.service' : place.file}.`,
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
  const place = placeOfLog(source);
  if (place === 'stdin') return { state: 'read', what: 'standard input' };
  if (place !== 'journald' && 'none' in place)
    return { state: 'not-configured', what: source === 'none' ? 'switched off' : 'no journal here' };
  try {
    if (place === 'journald') await journalctl(['-n', '1'], signal);
    else await access(place.file, constants.R_OK);
    return { state: 'read', what: place === 'journald' ? 'journald' : place.file };
  } catch {
    // why it cannot be read is told where it is missed: in the daemon step of a diagnosis
    return { state: 'unreadable', what: place === 'journald' ? 'journald' : place.file };
  }
}

async function journalTail(signal: AbortSignal): Promise<LogLine[]> {
  const stdout = await journalctl(['--since', '-24h', '-n', '2000'], signal);
  return stdout
    .split('\n')
    .map(journalEntry)
    .filter((entry) => entry !== null)
    .map(({ at, text }) => ({ at, line: text }));
}

async function journalctl(args: string[], signal: AbortSignal): Promise<string> {
  const options = { signal, timeout: 3000, maxBuffer: 16 * tailBytes };
  const all = [...dockerUnits, '--all', '--output', 'json', ...args, '--no-pager'];
  const { stdout } = await promisify(execFile)('journalctl', all, options);
  return stdout;
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
