import { spawn } from 'node:child_process';

export type ProgramEnd =
  | { outcome: 'ended'; exitStatus: number | null; stdout: string; stderr: string }
  | { outcome: 'not-started'; code: string }
  | { outcome: 'timed-out' | 'stopped' | 'too-much-output' };

interface RunOptions {
  input: string;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
  timeoutMs: number;
  outputBytesMax: number;
}

// A program may leave a child behind that keeps its output open (gpg-agent, dbus-daemon): after its own end, what it
// wrote is already in the pipe.
const drainMs = 100;

/**
 * Runs a program without a shell and in a process group of its own, which is killed as a whole when time is up, when it
 * prints too much, when the signal fires, and after its end.
 */
export function runProgram(file: string, args: readonly string[], options: RunOptions): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    if (options.signal.aborted) return resolve({ outcome: 'stopped' });
    const child = spawn(file, args, {
      env: options.env,
      detached: process.platform !== 'win32',
      stdio: 'pipe',
      windowsHide: true,
    });
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let bytes = 0;
    let isOver = false;

    const finish = (end: ProgramEnd) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      options.signal.removeEventListener('abort', stop);
      killGroup(child.pid);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      resolve(end);
    };
    const stop = () => finish({ outcome: 'stopped' });
    const timer = setTimeout(() => finish({ outcome: 'timed-out' }), options.timeoutMs);
    options.signal.addEventListener('abort', stop, { once: true });

    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > options.outputBytesMax) finish({ outcome: 'too-much-output' });
        else output[name].push(chunk);
      });
    child.on('error', (error: NodeJS.ErrnoException) =>
      finish({ outcome: 'not-started', code: error.code ?? error.message }),
    );
    const ended = (exitStatus: number | null) =>
      finish({
        outcome: 'ended',
        exitStatus,
        stdout: Buffer.concat(output.stdout).toString('utf8'),
        stderr: Buffer.concat(output.stderr).toString('utf8'),
      });
    child.on('close', ended);
    child.on('exit', (exitStatus) => setTimeout(ended, drainMs, exitStatus));

    // a program that does not read its input closes it: that is its business
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: nothing of it is left, which is what was wanted
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
