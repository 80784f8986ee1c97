import type { HelperRun } from '@pull-doctor/contract/evidence/credentials';
import { Secret } from '@pull-doctor/contract/secret';
import type { Environment } from './client-config.ts';
import { failureText, notFoundText, runHelper, startFailure } from './helper-program.ts';
import { parseJson, propertiesOf } from './json-text.ts';
import type { FoundProgram } from './program-search.ts';
import type { ProgramEnd } from './run-program.ts';

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

// As long as the patience for one request; Docker waits without end.
const helperTimeoutMs = 10_000;

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

  const end = await runHelper(name, 'get', {
    input: question.server,
    env: question.env,
    signal: question.signal,
    timeoutMs: question.timeoutMs ?? helperTimeoutMs,
  });
  const { found } = end;
  switch (end.outcome) {
    case 'name-refused':
      return finish('name-refused', found);
    case 'missing':
      return finish(question.elsewhere ? 'elsewhere' : 'missing', found);
    case 'not-executable':
      return finish('not-executable', found);
    case 'no-program':
      return finish('failed', found, { message: 'exec format error' });
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
    if (stdout.trim() === notFoundText) return finish('not-found', { exitStatus });
    return finish('failed', { exitStatus, message: failureText({ stdout, stderr }) });
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
