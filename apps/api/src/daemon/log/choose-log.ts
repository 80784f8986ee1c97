import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileLog } from './file-log.ts';
import { hasJournal, journaldLog } from './journald-log.ts';
import type { LogSource } from './log-source.ts';
import { streamLog } from './stream-log.ts';

/** Where distributions without systemd let dockerd write (OpenRC, SysV). */
const usualFile = '/var/log/docker.log';

/** Where the daemon's log is, by the setting PULL_DOCTOR_DAEMON_LOG: what `auto` means on this machine. */
export function placeOfLog(setting: string): 'journald' | 'stdin' | { file: string } | { none: string } {
  if (setting === 'none')
    return { none: 'Reading the daemon’s log is switched off (PULL_DOCTOR_DAEMON_LOG).' };
  if (setting === '-') return 'stdin';
  if (setting === 'journald') return 'journald';
  if (setting !== 'auto') return { file: setting };
  if (hasJournal()) return 'journald';
  if (existsSync(usualFile)) return { file: usualFile };
  return {
    none: `There is no journal here and no ${usualFile}, and PULL_DOCTOR_DAEMON_LOG names no file.`,
  };
}

/** The source to follow, or in words why there is none. */
export function chooseLog(
  setting: string,
  environment: () => Record<string, string | undefined>,
  standardInput: () => Readable,
): LogSource | { none: string } {
  const place = placeOfLog(setting);
  if (place === 'journald') return journaldLog([], environment);
  if (place === 'stdin') return streamLog(standardInput());
  return 'file' in place ? fileLog(place.file) : place;
}
