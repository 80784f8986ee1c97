import type { HelperRun } from '@pull-doctor/contract/evidence/credentials';
import { redactText } from '@pull-doctor/contract/redact';
import { Secret } from '@pull-doctor/contract/secret';
import type { Environment } from './client-config.ts';
import { parseJson, propertiesOf } from './json-text.ts';
import { type FoundProgram, findProgram, isProgramFile } from './program-search.ts';
import { type ProgramEnd, runProgram } from './run-program.ts';

/** A helper's answer to `get`. `credential` is null where it has none, or the run went wrong. */
export interface HelperAnswer {
  run: HelperRun;
  credential: { user: string; secret: Secret } | null;
}

export interface HelperQuestion {
  /** What `credHelpers` or `credsStore` gives, without `docker-credential-`. */
  name: string;
  /** The server's key: a host, or Docker Hub's old address. */
  server: string;
  env: Environment;
  signal: AbortSignal;
  /** Pull Doctor runs somewhere else than docker, so a helper that is not here may well be there. */
  elsewhere: boolean;
  timeoutMs?: number;
}

// Docker puts any text behind "docker-credential-". What could leave the folders of PATH is not run; dots are needed
// for "desktop.exe" in WSL.
const safeName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

// As long as the patience for one request; Docker waits without end.
const helperTimeoutMs = 10_000;
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
 * Asks `docker-credential-NAME get` for a server, as docker-credential-helpers' client does: address on standard input,
 * JSON on standard output, and on failure a text there with a status other than 0.
 *
 * Never throws for what the helper is or does. Its answer is a Secret; its text is shown, redacted, only when it failed.
 */
export async function askHelper(question: HelperQuestion): Promise<HelperAnswer> {
  const start = performance.now();
  const { name } = question;
  const program = `docker-credential-${name}`;
  const finish = (
    outcome: HelperRun['outcome'],
    found: FoundProgram | null,
    more: {
      exitStatus?: number | null;
      message?: string | null;
      credential?: HelperAnswer['credential'];
    } = {},
  ): HelperAnswer => ({
    run: {
      name,
      program,
      foundAt: found?.file ?? null,
      searched: found?.searched ?? [],
      outcome,
      exitStatus: more.exitStatus ?? null,
      message: more.message ?? null,
      ms: performance.now() - start,
    },
    credential: more.credential ?? null,
  });

  if (!safeName.test(name)) return finish('name-refused', null);
  const found = await findProgram(program, question.env);
  if (found.file === null) return finish(question.elsewhere ? 'elsewhere' : 'missing', found);
  if (!found.isExecutable) return finish('not-executable', found);
  if (!(await isProgramFile(found.file))) return finish('failed', found, { message: 'exec format error' });

  const end = await runProgram(found.file, ['get'], {
    input: question.server,
    env: Object.fromEntries(
      Object.entries(question.env).filter(([name]) => passedOn.some((form) => form.test(name))),
    ),
    signal: question.signal,
    timeoutMs: question.timeoutMs ?? helperTimeoutMs,
    outputBytesMax,
  });
  switch (end.outcome) {
    case 'not-started':
      return finish('failed', found, { message: startFailure(end.code) });
    case 'timed-out':
      return finish('timed-out', found);
    case 'stopped':
      return finish('timed-out', found, { message: 'It was stopped before it answered.' });
    case 'too-much-output':
      return finish('garbage', found, { message: 'It printed more than 1 MiB.' });
    case 'ended':
      return readEnd(end, (outcome, more) => finish(outcome, found, more));
  }
}

function readEnd(
  end: Extract<ProgramEnd, { outcome: 'ended' }>,
  finish: (outcome: HelperRun['outcome'], more: Parameters<typeof Object.assign>[0]) => HelperAnswer,
): HelperAnswer {
  const { exitStatus, stdout, stderr } = end;
  if (exitStatus !== 0) {
    const text = stdout.trim();
    // the one text that is no failure, in all helpers: docker-credential-helpers/credentials/error.go
    if (text === 'credentials not found in native keychain') return finish('not-found', { exitStatus });
    return finish('failed', { exitStatus, message: shown(text) ?? shown(stderr.trim()) });
  }
  const answer = readAnswer(stdout);
  if (answer === null) return finish('garbage', { exitStatus });
  return finish('answered', { exitStatus, credential: answer });
}

/** The first JSON value of the output, as Go decodes it; null where it is none or has other types. */
function readAnswer(stdout: string): { user: string; secret: Secret } | null {
  if (stdout.trim() === '') return null;
  const parsed = parseJson(stdout);
  if (!parsed.ok || parsed.root.type !== 'object') return null;
  const fields = { username: '', secret: '', serverurl: '' };
  for (const { name, value } of propertiesOf(parsed.root)) {
    const field = name.toLowerCase();
    if (!(field === 'username' || field === 'secret' || field === 'serverurl') || value.type === 'null')
      continue;
    if (value.type !== 'string') return null;
    fields[field] = String(value.value);
  }
  return { user: fields.username, secret: new Secret(fields.secret) };
}

function shown(text: string): string | null {
  if (text === '') return null;
  // a helper that fails after it printed its answer
  if (/"secret"\s*:/i.test(text)) return 'What it printed holds a secret and is not shown.';
  return redactText(text.slice(0, messageCharactersMax)).text;
}

function startFailure(code: string): string {
  if (code === 'ENOENT')
    return 'The program that its first line names is not installed: no such file or directory';
  if (code === 'EACCES') return 'permission denied';
  return code;
}
