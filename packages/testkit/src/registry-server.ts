import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KeyPair } from './certificate-authority.ts';
import { type ListenAt, type Listening, listenHttp } from './http-listener.ts';
import { type Content, manifestsOf, type TestImage } from './images.ts';
import { answer, answerError, answerJson, answerPing } from './registry-answer.ts';
import { mayEnter, type RegistryAuth } from './registry-auth.ts';
import { type RecordedRequest, record } from './request-log.ts';

/** Repository name -> tag -> image. */
export type Repositories = Record<string, Record<string, TestImage>>;

export type Override = (request: IncomingMessage, response: ServerResponse) => void;

export interface RegistryOptions extends ListenAt {
  tls?: KeyPair;
  auth?: RegistryAuth;
  repositories?: Repositories;
  /** Whether GET /v2/_catalog is answered; most registries refuse it. */
  catalog?: boolean;
  /** Docker Hub's headers on every manifest answer: pulls per window, how many are left, and whose they are. */
  rateLimit?: { limit: number; remaining: number; windowSeconds: number; countedAs?: string };
  /** Sent with every answer, also to the ping. */
  headers?: Record<string, string>;
}

export interface RegistryServer extends Listening {
  /** "http://…" or "https://…", without a slash at the end. */
  url: string;
  requests: RecordedRequest[];
  repositories: Repositories;
  /** From now on this path (without query) is answered by `how`, before any check of credentials. */
  override(path: string, how: Override): void;
}

/** Starts a registry that does what the OCI distribution specification says, reading only. */
export async function startRegistry(options: RegistryOptions = {}): Promise<RegistryServer> {
  const requests: RecordedRequest[] = [];
  const overrides = new Map<string, Override>();
  const repositories = options.repositories ?? {};
  const serve = registryHandler({ ...options, repositories });
  const listening = await listenHttp((request, response) => {
    record(requests, request);
    const path = (request.url ?? '').split('?')[0] ?? '';
    for (const [name, value] of Object.entries(options.headers ?? {})) response.setHeader(name, value);
    (overrides.get(path) ?? serve)(request, response);
  }, options);
  return {
    ...listening,
    url: `${options.tls ? 'https' : 'http'}://${listening.host}`,
    requests,
    repositories,
    override: (path, how) => void overrides.set(path, how),
  };
}

/** The same registry as a request handler, for servers that are more than that. */
export function registryHandler(options: RegistryOptions & { repositories: Repositories }): Override {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://registry');
    if (!url.pathname.startsWith('/v2/')) return answer(response, 404, 'text/plain', '404 page not found\n');
    const route = readRoute(url.pathname);
    const pull = route.repository === undefined ? undefined : `repository:${route.repository}:pull`;
    if (!mayEnter(options.auth ?? { kind: 'open' }, request, response, pull)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answerError(response, 405, 'UNSUPPORTED', 'The operation is unsupported.');
    }
    if (url.pathname === '/v2/') return answerPing(response);
    if (url.pathname === '/v2/_catalog' && options.catalog) {
      return answerPage(response, url, Object.keys(options.repositories).sort(), (page) => ({
        repositories: page,
      }));
    }
    const { repository, kind, reference } = route;
    if (repository === undefined) return answer(response, 404, 'text/plain', '404 page not found\n');
    const tags = options.repositories[repository];
    if (!tags && kind === 'manifests') {
      // distribution looks for the manifest first: a missing repository is a missing manifest. Only tags/list names it.
      return answerError(
        response,
        404,
        'MANIFEST_UNKNOWN',
        'manifest unknown',
        {},
        { name: repository, reference },
      );
    }
    if (!tags) {
      return answerError(
        response,
        404,
        'NAME_UNKNOWN',
        'repository name not known to registry',
        {},
        {
          name: repository,
        },
      );
    }
    switch (kind) {
      case 'tags':
        return answerPage(response, url, Object.keys(tags).sort(), (page) => ({
          name: repository,
          tags: page,
        }));
      case 'manifests':
        return answerManifest(response, tags, reference ?? '', rateLimitHeaders(options.rateLimit));
      case 'blobs':
        return answerBlob(request, response, tags, reference ?? '');
    }
  };
}

interface Route {
  repository?: string;
  kind?: 'manifests' | 'blobs' | 'tags';
  reference?: string;
}

function readRoute(path: string): Route {
  const found = /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^/]+)$/.exec(path);
  if (!found) return {};
  const [, repository = '', kind, reference = ''] = found;
  return {
    repository,
    kind: kind as 'manifests' | 'blobs' | 'tags',
    reference: decodeURIComponent(reference),
  };
}

function answerManifest(
  response: ServerResponse,
  tags: Record<string, TestImage>,
  reference: string,
  headers: Record<string, string>,
) {
  const manifest =
    tags[reference]?.manifest ??
    Object.values(tags)
      .flatMap(manifestsOf)
      .find(({ digest }) => digest === reference);
  if (!manifest) {
    const detail = reference.startsWith('sha256:') ? `unknown manifest ${reference}` : { Tag: reference };
    return answerError(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown', headers, detail);
  }
  answer(response, 200, manifest.mediaType, manifest.bytes, {
    'docker-content-digest': manifest.digest,
    'docker-distribution-api-version': 'registry/2.0',
    etag: `"${manifest.digest}"`,
    ...headers,
  });
}

/** Blobs take a Range of the form "bytes=N-" or "bytes=N-M" (RFC 9110, section 14.2): how dockerd resumes. */
function answerBlob(
  request: IncomingMessage,
  response: ServerResponse,
  tags: Record<string, TestImage>,
  digest: string,
) {
  const blob = Object.values(tags)
    .flatMap(({ blobs }) => blobs)
    .find((candidate) => candidate.digest === digest);
  if (!blob) return answerError(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry', {}, digest);
  sendRange(request, response, blob);
}

export function sendRange(request: IncomingMessage, response: ServerResponse, { bytes, digest }: Content) {
  const headers = { 'docker-content-digest': digest, 'accept-ranges': 'bytes' };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range) return answer(response, 200, 'application/octet-stream', bytes, headers);
  const from = Number(range[1]);
  const to = Math.min(range[2] ? Number(range[2]) : bytes.length - 1, bytes.length - 1);
  if (from > to) {
    return answer(response, 416, 'text/plain', '', { 'content-range': `bytes */${bytes.length}` });
  }
  answer(response, 206, 'application/octet-stream', bytes.subarray(from, to + 1), {
    ...headers,
    'content-range': `bytes ${from}-${to}/${bytes.length}`,
  });
}

/** Pages by `n` and `last`, with a Link header to the next one (OCI distribution specification, "Listing Tags"). */
function answerPage(
  response: ServerResponse,
  url: URL,
  all: readonly string[],
  body: (page: readonly string[]) => unknown,
) {
  const last = url.searchParams.get('last');
  const size = Number(url.searchParams.get('n') ?? all.length) || all.length;
  const rest = last === null ? all : all.filter((name) => name > last);
  const page = rest.slice(0, size);
  const hasMore = rest.length > page.length;
  const next = `<${url.pathname}?last=${encodeURIComponent(page.at(-1) ?? '')}&n=${size}>; rel="next"`;
  answerJson(response, 200, body(page), hasMore ? { link: next } : {});
}

function rateLimitHeaders(rate: RegistryOptions['rateLimit']): Record<string, string> {
  if (!rate) return {};
  return {
    'ratelimit-limit': `${rate.limit};w=${rate.windowSeconds}`,
    'ratelimit-remaining': `${rate.remaining};w=${rate.windowSeconds}`,
    'docker-ratelimit-source': rate.countedAs ?? '192.0.2.17',
  };
}
