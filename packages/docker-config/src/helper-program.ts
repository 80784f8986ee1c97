import { redactText } from '@pull-doctor/contract/redact';
import type { Environment } from './client-config.ts';
import { type FoundProgram, findProgram, isProgramFile } from './program-search.ts';
import { type ProgramEnd, runProgram } from './run-program.ts';

/** How the run of `docker-credential-NAME VERB` went. Only an `ended` one printed something that counts. */
export type HelperEnd =
  | { outcome: 'name-refused'; found: null }
  | { outcome: 'missing' | 'not-executable' | 'no-program'; found: FoundProgram }
  | (ProgramEnd & { found: FoundProgram });

// Docker puts any text behind "docker-credential-". What could leave the folders of PATH is not run; dots are needed
// for "desktop.exe" in WSL.
const safeName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** The one text that is no failure, in all helpers: docker-credential-helpers/credentials/error.go. */
export const notFoundText = 'credentials not found in native keychain';

const outputBytesMax = 1024 * 1024;
const messageCharactersMax = 2000;

/** What the helpers of the clouds and key rings read, and no more: nothing of the process's own secrets. */
const passedOn = [
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LC_ALL|TZ|TMPDIR|DISPLAY|WAYLAND_DISPLAY|XDG_[A-Z_]+|DBUS_SESSION_BUS_ADDRESS)$/,
  /^(?:AWS|GOOGLE|CLOUDSDK|AZURE)_[A-Z0-9_]+$/,
  /^(?:DOCKER_CONFIG|GNUPGHOME|GPG_TTY|GPG_AGENT_INFO|PASSWORD_STORE_[A-Z_]+|SSL_CERT_FILE|SSL_CERT_DIR)$/,
  /^(?:HTTP_PROXY|HTTPS_PROXY|NO_PROXY|ALL_PROXY|http_proxy|https_proxy|no_proxy|all_proxy)$/,
  /^(?:USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|SystemRoot|PROGRAMDATA|ProgramData|PATHEXT|TEMP|TMP)$/,
];

/**
 * Runs a credential helper with a verb and an input, as docker-credential-helpers' client does, with less of an
 * environment, a deadline and a limit of output.
 *
 * Never throws for what the helper is or does.
 *
 * @param name what `credHelpers` or `credsStore` gives, without `docker-credential-`
 */
export async function runHelper(
  name: string,
  verb: 'get' | 'list',
  {
    input,
    env,
    signal,
    timeoutMs,
  }: { input: string; env: Environment; signal: AbortSignal; timeoutMs: number },
): Promise<HelperEnd> {
  if (!safeName.test(name)) return { outcome: 'name-refused', found: null };
  const found = await findProgram(`docker-credential-${name}`, env);
  if (found.file === null) return { outcome: 'missing', found };
  if (!found.isExecutable) return { outcome: 'not-executable', found };
  if (!(await isProgramFile(found.file))) return { outcome: 'no-program', found };
  const end = await runProgram(found.file, [verb], {
    input,
    env: Object.fromEntries(Object.entries(env).filter(([name]) => passedOn.some((form) => form.test(name)))),
    signal,
    timeoutMs,
    outputBytesMax,
  });
  return { ...end, found };
}

/**
 * What a helper that failed says about it, redacted: on standard output as the protocol has it, else on standard error.
 * null: nothing.
 */
export function failureText({ stdout, stderr }: { stdout: string; stderr: string }): string | null {
  return shown(stdout.trim()) ?? shown(stderr.trim());
}

function shown(text: string): string | null {
  if (text === '') return null;
  // a helper that fails after it printed its answer
  if (/"secret"\s*:/i.test(text)) return 'What it printed holds a secret and is not shown.';
  return redactText(text.slice(0, messageCharactersMax)).text;
}

/** In words, why a program that is there did not start. */
export function startFailure(code: string): string {
  if (code === 'ENOENT')
    return 'The program that its first line names is not installed: no such file or directory';
  if (code === 'EACCES') return 'permission denied';
  return code;
}
