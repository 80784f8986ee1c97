import http from 'node:http';

export interface PullOptions {
  /** Sent as X-Registry-Auth; `server` is the host of the image, or Docker Hub's key. */
  login?: { user: string; password: string; server?: string };
  platform?: string;
  /** Gives up after this time, 60 s unless told. */
  timeoutMs?: number;
}

export type PullResult =
  | { ok: true; status: string }
  /** `httpStatus` 200: the failure came as a line of the stream. */
  | { ok: false; httpStatus: number; message: string };

export interface DockerApi {
  pull(image: string, options?: PullOptions): Promise<PullResult>;
  /** One request of the Engine API; the body is read to its end. */
  request(
    method: string,
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: string }>;
}

/** The Engine API on a unix socket, without any client library. https://docs.docker.com/reference/api/engine/ */
export function dockerApi(socketPath: string): DockerApi {
  const request = (method: string, path: string, headers: Record<string, string> = {}, timeoutMs = 60_000) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const sent = http.request({ socketPath, method, path, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', reject);
      });
      sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`no answer in ${timeoutMs} ms`)));
      sent.on('error', reject);
      sent.end();
    });
  return {
    request,
    pull: async (image, options = {}) => {
      const query = new URLSearchParams(splitReference(image));
      if (options.platform) query.set('platform', options.platform);
      const headers = options.login ? { 'x-registry-auth': registryAuth(options.login) } : {};
      const timeoutMs = options.timeoutMs ?? 60_000;
      const answer = await request('POST', `/images/create?${query}`, headers, timeoutMs).catch((error) => ({
        status: 0,
        body: String(error),
      }));
      return readPull(answer);
    },
  };
}

/** Without a tag the API pulls every tag; the command line adds "latest", and so do we. */
function splitReference(image: string): Record<string, string> {
  if (image.includes('@')) return { fromImage: image };
  const colon = image.lastIndexOf(':');
  const hasTag = colon > image.lastIndexOf('/');
  return hasTag
    ? { fromImage: image.slice(0, colon), tag: image.slice(colon + 1) }
    : { fromImage: image, tag: 'latest' };
}

/** base64url WITH padding: dockerd ignores what it cannot decode, and the pull would be anonymous. */
function registryAuth({ user, password, server = '' }: NonNullable<PullOptions['login']>): string {
  const value = JSON.stringify({ username: user, password, serveraddress: server });
  return Buffer.from(value).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

function readPull({ status, body }: { status: number; body: string }): PullResult {
  if (status !== 200) {
    const message = messageOf(body);
    return { ok: false, httpStatus: status, message };
  }
  const lines = body
    .split(/\r?\n/)
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { error?: string; status?: string });
  const failed = lines.find(({ error }) => error !== undefined);
  return failed
    ? { ok: false, httpStatus: 200, message: failed.error ?? '' }
    : { ok: true, status: lines.at(-1)?.status ?? '' };
}

function messageOf(body: string): string {
  try {
    return (JSON.parse(body) as { message: string }).message;
  } catch {
    return body;
  }
}
