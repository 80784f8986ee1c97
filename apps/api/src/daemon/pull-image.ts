import type { Readable } from 'node:stream';
import type { Secret } from '@pull-doctor/contract/secret';
import type Docker from 'dockerode';
import * as z from 'zod';
import { hideCredential } from './hide-credential.ts';
import { type PullProgress, pullProgress } from './pull-progress.ts';

/** What goes into X-Registry-Auth (https://docs.docker.com/reference/api/engine/#section/Authentication). */
export type DaemonCredential =
  | { kind: 'basic'; user: string; password: Secret; serverAddress: string }
  | { kind: 'identity-token'; token: Secret; serverAddress: string }
  | { kind: 'registry-token'; token: Secret; serverAddress: string };

export interface PullRequest {
  /** `registry/repository`, without tag and digest. */
  name: string;
  /** A tag or a digest: never empty, since the daemon would pull every tag. */
  version: string;
  platform: string | null;
  credential: DaemonCredential | null;
  signal: AbortSignal;
  progress: (progress: PullProgress) => void;
}

export interface PullResult {
  outcome: 'pulled' | 'failed' | 'stopped';
  httpStatus: number | null;
  /** The daemon's words, secrets hidden. */
  message: string | null;
  during: 'resolving' | 'layers' | 'extracting' | 'unknown' | null;
  progress: PullProgress;
}

/** One line of the stream: JSON, ended by CR LF. */
const Line = z.object({
  status: z.string().catch(''),
  id: z.string().catch(''),
  progressDetail: z
    .object({ current: z.number().catch(0), total: z.number().catch(0) })
    .nullish()
    .catch(null),
  error: z.string().optional().catch(undefined),
  errorDetail: z.object({ message: z.string().optional() }).optional().catch(undefined),
});
type Line = z.output<typeof Line>;

/**
 * Pulls one image and reads the daemon's stream to its end: the daemon answers 200 first and may say what failed in
 * the last line only, and dockerode's followProgress takes that for success.
 */
export async function pullImage(docker: Docker, request: PullRequest): Promise<PullResult> {
  const progress = pullProgress();
  const hide = hideCredential(request.credential);
  const end = (
    outcome: PullResult['outcome'],
    httpStatus: number | null,
    message: string | null,
  ): PullResult => ({
    outcome,
    httpStatus,
    message: message === null ? null : hide(message),
    during: outcome === 'failed' ? progress.phase() : null,
    progress: progress.read(),
  });
  try {
    const stream = (await docker.createImage(authConfig(request.credential), {
      fromImage: request.name,
      tag: request.version,
      ...(request.platform && { platform: request.platform }),
      abortSignal: request.signal,
    })) as Readable;
    for await (const line of lines(docker, stream)) {
      const failure = line.errorDetail?.message ?? line.error;
      if (failure !== undefined) {
        stream.destroy();
        return end('failed', 200, failure);
      }
      if (progress.add(line)) request.progress(progress.read());
    }
    return request.signal.aborted ? end('stopped', 200, null) : end('pulled', 200, null);
  } catch (error) {
    if (request.signal.aborted) return end('stopped', null, null);
    const { statusCode, json, message } = error as {
      statusCode?: number;
      json?: { message?: string };
      message: string;
    };
    return end('failed', statusCode ?? null, json?.message ?? message);
  }
}

function authConfig(credential: DaemonCredential | null): object | undefined {
  if (!credential) return undefined;
  const serveraddress = credential.serverAddress;
  switch (credential.kind) {
    case 'basic':
      return { username: credential.user, password: credential.password.reveal(), serveraddress };
    case 'identity-token':
      return { identitytoken: credential.token.reveal(), serveraddress };
    case 'registry-token':
      return { registrytoken: credential.token.reveal() };
  }
}

/** The stream's lines as they come; what is no JSON is passed over. */
async function* lines(docker: Docker, stream: Readable): AsyncGenerator<Line> {
  const queue: Line[] = [];
  let wake = () => {};
  let end: { error: Error | null } | null = null;
  docker.modem.followProgress(
    stream,
    (error) => {
      end = { error };
      wake();
    },
    (event) => {
      const parsed = Line.safeParse(event);
      if (parsed.success) queue.push(parsed.data);
      wake();
    },
  );
  for (;;) {
    for (let line = queue.shift(); line; line = queue.shift()) yield line;
    // `end` is set by the callback above, which the compiler does not see.
    const ended = end as { error: Error | null } | null;
    if (ended?.error) throw ended.error;
    if (ended) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
