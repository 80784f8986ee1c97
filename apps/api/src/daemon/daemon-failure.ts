import { readFileSync, type Stats, statSync } from 'node:fs';
import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import { redactText } from '@pull-doctor/contract/redact';

type DaemonFailure = NonNullable<DaemonEvidence['failure']>;

/** What dockerode's errors carry: a system code, or the status and message of the daemon's answer. */
interface DockerError extends Error {
  code?: string;
  statusCode?: number;
  json?: { message?: string } | null;
}

/**
 * Why the daemon could not be asked, from the error of the call.
 *
 * @param socketPath The unix socket, or null where the daemon is reached by another way.
 */
export function daemonFailure(error: unknown, socketPath: string | null): DaemonFailure {
  const { code, statusCode, json, name, message } = error as DockerError;
  const owner = socketPath === null ? null : socketOwner(socketPath);
  const words = redactText(json?.message ?? message ?? String(error)).text.slice(0, 500);
  const failure = (reason: DaemonFailure['code']): DaemonFailure => ({ code: reason, message: words, owner });
  if (code === 'ENOENT' || code === 'ENOTSOCK' || code === 'ENOTDIR') return failure('no-socket');
  if (code === 'EACCES' || code === 'EPERM') return failure('not-permitted');
  if (code === 'ECONNREFUSED') return failure('refused');
  if (code === 'ETIMEDOUT' || name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR')
    return failure('timed-out');
  // A socket proxy answers 403 to calls that it does not pass on; the daemon itself never does here.
  if (statusCode === 403) return failure('proxy-refuses');
  if (statusCode === 400 && /client version .* is too old|minimum supported API version/i.test(words))
    return failure('too-old');
  return failure('other');
}

/** "root:docker (998)": what a person needs to know when the socket refuses them. */
function socketOwner(socketPath: string): string | null {
  const stat = statOf(socketPath);
  if (!stat) return null;
  const user = nameOf('/etc/passwd', stat.uid) ?? String(stat.uid);
  const group = nameOf('/etc/group', stat.gid);
  const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
  return `${user}:${group ? `${group} (${stat.gid})` : stat.gid}, mode ${mode}`;
}

function statOf(file: string): Stats | null {
  try {
    return statSync(file);
  } catch {
    // Not there, or in a folder that may not be entered: the failure itself says which.
    return null;
  }
}

/** Both files have `name:x:number:…` lines (passwd(5), group(5)). */
function nameOf(file: string, id: number): string | null {
  try {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const [name, , number] = line.split(':');
      if (name && number === String(id)) return name;
    }
    return null;
  } catch {
    // Without the file (a bare container, Windows) the number is all there is to say.
    return null;
  }
}
