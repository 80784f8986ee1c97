import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that runs beside us. */
export interface Child {
  /** Everything it wrote to stdout and stderr, in lines. Grows while it runs. */
  lines: string[];
  /** Set when it has ended. */
  exitCode: number | null;
  /** Waits for a line; undefined when the program ends or the time is up before. */
  lineWith(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray | undefined>;
  /** Asks it to end (SIGTERM) and waits until it has. */
  stop(): Promise<void>;
}

/*
 * The shell stands between, and holds a pipe from us. When we die, however we die, the pipe ends and the shell ends
 * the program: no daemon and no registry survives a test run that was killed. (PR_SET_PDEATHSIG would do it on Linux
 * alone, and only for the thread that forked.) Ctrl-C reaches the shell too, which must outlive the program that is
 * still closing.
 */
const guard = `
  trap : INT
  exec 3<&0
  "$@" </dev/null 3<&- &
  child=$!
  (cat <&3 >/dev/null; kill "$child" 2>/dev/null) &
  watcher=$!
  exec 3<&-
  wait "$child"
  code=$?
  while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
  kill "$watcher" 2>/dev/null
  exit "$code"
`;

/** Starts a program that ends with us at the latest. */
export function startChild(command: readonly string[], env: NodeJS.ProcessEnv = process.env): Child {
  const shell = spawn('sh', ['-c', guard, 'sh', ...command], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const child: Child = {
    lines: [],
    exitCode: null,
    lineWith: (pattern, timeoutMs) => lineWith(child, shell, pattern, timeoutMs),
    stop: async () => {
      if (shell.exitCode !== null || shell.signalCode !== null) return;
      const gone = once(shell, 'exit');
      shell.stdin.end();
      await gone;
    },
  };
  shell.stdin.on('error', () => {});
  for (const stream of [shell.stdout, shell.stderr]) collectLines(stream, child.lines);
  shell.on('exit', (code) => {
    child.exitCode = code ?? 1;
  });
  return child;
}

/** The full path of a program on the PATH (and in the sbin folders, where daemons live), or undefined. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function collectLines(stream: NodeJS.ReadableStream, lines: string[]): void {
  let rest = '';
  stream.on('data', (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
}

async function lineWith(child: Child, shell: ChildProcess, pattern: RegExp, timeoutMs: number) {
  const end = Date.now() + timeoutMs;
  for (let next = 0; ; ) {
    for (; next < child.lines.length; next++) {
      const found = pattern.exec(child.lines[next] ?? '');
      if (found) return found;
    }
    if (shell.exitCode !== null || Date.now() > end) return undefined;
    await new Promise((resume) => setTimeout(resume, 5));
  }
}
