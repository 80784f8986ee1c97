import type { Answer, Exchange, Failure } from '@pull-doctor/contract/exchange';
import type { Secret } from '@pull-doctor/contract/secret';
import { failure } from '../failure.ts';
import type { Pace } from '../settings.ts';
import { bodyKind, errorsOf } from './body.ts';
import { Origin, type RawAnswer, type Road } from './origin.ts';
import { headerOf, type RawHeaders } from './raw-headers.ts';
import { judgeRedirect } from './redirects.ts';
import type { Scrubber } from './scrub.ts';
import { shownHeaders } from './shown-headers.ts';
import { shownUrl } from './shown-url.ts';

export interface Request {
  method: 'GET' | 'HEAD' | 'POST';
  url: URL;
  accept?: string;
  range?: string;
  form?: URLSearchParams;
  /** The value of Authorization, or of the header that takes its place, and what it is called in evidence. */
  authorization: {
    value: Secret;
    credential: Exchange['request']['credential'];
    header?: 'private-token';
  } | null;
  bytesMax: number;
  /** Whether a longer body is a failure, or is cut and good enough. */
  longer: 'fails' | 'is-cut';
  /** `same-origin`: for requests that carry a credential to a token server. */
  redirects: 'followed' | 'same-origin' | 'not-followed';
  /** Whether a good answer's body may be shown. Never for tokens, and not for manifests. */
  showsBody: boolean;
}

/** What came back, for evidence (`exchange`) and for further work (the rest). */
export interface Asked {
  exchange: Exchange;
  status: number | null;
  headers: RawHeaders;
  body: Buffer;
  /** The address that answered, after redirects. */
  url: URL;
  failure: Failure | null;
}

export interface AskerSettings {
  /** The road to an origin; for hosts that a registry named, guarded. */
  roadTo(url: URL): Promise<{ road: Road; failure: null } | { road: null; failure: Failure }>;
  scrubber: Scrubber;
  signal: AbortSignal;
  timeoutMs: number;
  pace: Pace | undefined;
  now: () => Date;
}

/** Sends requests, follows redirects under guard, and writes down what went over the wire, without secrets. */
export class Asker {
  readonly #settings: AskerSettings;
  readonly #origins = new Map<
    string,
    Promise<{ origin: Origin; failure: null } | { origin: null; failure: Failure }>
  >();

  constructor(settings: AskerSettings) {
    this.#settings = settings;
  }

  /** From now on requests to this road's origin go over it. */
  use(road: Road): void {
    const host = road.host.includes(':') ? `[${road.host}]` : road.host;
    const key = new URL(`${road.scheme}://${host}:${road.port}`).origin;
    this.#origins.set(key, Promise.resolve({ origin: new Origin(road), failure: null }));
  }

  async ask(request: Request): Promise<Asked> {
    const started = performance.now();
    const at = this.#settings.now().toISOString();
    const redirects: Exchange['redirects'] = [];
    let { url, authorization } = request;
    for (;;) {
      const answer = await this.#send({ ...request, url, authorization });
      const location = isRedirect(answer) ? headerOf(answer.headers, 'location') : null;
      const end = (final: RawAnswer) =>
        this.#asked(request, url, final, { redirects, at, ms: performance.now() - started });
      if (answer.failure || location === null || request.redirects === 'not-followed') return end(answer);

      const verdict = judgeRedirect({
        from: url,
        location,
        hops: redirects.length,
        policy: request.redirects,
      });
      redirects.push({
        status: answer.status,
        to: this.#settings.scrubber.text(shownUrl(verdict.to?.href ?? location), 500),
        followed: verdict.follow,
        why: verdict.why,
      });
      if (!verdict.follow) return end(verdict.failure ? { status: null, failure: verdict.failure } : answer);
      if (!verdict.keepsAuthorization) authorization = null;
      url = verdict.to;
    }
  }

  /** Text out of an answer, as evidence may hold it. */
  shown(text: string, charactersMax: number): string {
    return this.#settings.scrubber.text(text, charactersMax);
  }

  async close(): Promise<void> {
    const origins = await Promise.all(this.#origins.values());
    await Promise.all(origins.map(({ origin }) => origin?.close()));
  }

  async #send(request: Request): Promise<RawAnswer> {
    const { signal, timeoutMs, pace } = this.#settings;
    const reached = await this.#originOf(request.url);
    if (!reached.origin) return { status: null, failure: reached.failure };
    await pace?.(request.url, signal);
    const answer = await reached.origin.send(
      {
        method: request.method,
        path: `${request.url.pathname}${request.url.search}`,
        headers: wireHeaders(request),
        body: request.form?.toString() ?? null,
        bytesMax: request.bytesMax,
        longer: request.longer,
      },
      { signal, timeoutMs },
    );
    return withoutCompression(answer, request.method);
  }

  #originOf(url: URL) {
    const known = this.#origins.get(url.origin);
    if (known) return known;
    const opening = this.#settings
      .roadTo(url)
      .then((found) =>
        found.road
          ? { origin: new Origin(found.road), failure: null }
          : { origin: null, failure: found.failure },
      );
    this.#origins.set(url.origin, opening);
    return opening;
  }

  #asked(
    request: Request,
    url: URL,
    answer: RawAnswer,
    { redirects, at, ms }: Pick<Exchange, 'redirects' | 'at' | 'ms'>,
  ): Asked {
    const { scrubber } = this.#settings;
    const exchange: Exchange = {
      request: {
        method: request.method,
        url: scrubber.text(shownUrl(request.url.href), 2_000),
        headers: shownHeaders([['host', request.url.host], ...wireHeaders(request)], scrubber),
        credential:
          request.authorization?.credential ??
          (request.form?.has('refresh_token') ? 'identity-token' : 'none'),
      },
      answer: answer.failure ? null : describeAnswer(answer, request, scrubber),
      failure: answer.failure,
      redirects,
      at,
      ms,
    };
    if (answer.failure) {
      return { exchange, status: null, headers: [], body: Buffer.alloc(0), url, failure: answer.failure };
    }
    const { status, headers, body } = answer;
    return { exchange, status, headers, body, url, failure: null };
  }
}

function wireHeaders(request: Request): RawHeaders {
  const headers: [string, string][] = [
    ['user-agent', 'pull-doctor'],
    ['accept-encoding', 'identity'],
  ];
  if (request.accept) headers.push(['accept', request.accept]);
  if (request.range) headers.push(['range', request.range]);
  if (request.form) headers.push(['content-type', 'application/x-www-form-urlencoded']);
  if (request.authorization) {
    const { header = 'authorization', value } = request.authorization;
    headers.push([header, value.reveal()]);
  }
  return headers;
}

function describeAnswer(
  answer: Extract<RawAnswer, { failure: null }>,
  request: Request,
  scrubber: Scrubber,
): Answer {
  const { status, headers, body } = answer;
  const kind = bodyKind(body, headerOf(headers, 'content-type') ?? '');
  const isShown = kind !== 'binary' && (request.showsBody || status >= 300 || kind === 'html');
  return {
    status,
    headers: shownHeaders(headers, scrubber),
    bodyKind: kind,
    bytes: body.length,
    excerpt: isShown ? scrubber.text(body.subarray(0, 16_384).toString('utf8'), 2_000) : '',
    errors: kind === 'json' && status >= 300 ? errorsOf(body, scrubber) : [],
  };
}

function isRedirect(answer: RawAnswer): answer is Extract<RawAnswer, { failure: null }> {
  return answer.failure === null && [301, 302, 303, 307, 308].includes(answer.status);
}

// Nothing was asked to be compressed. A body that is all the same could grow to any size, so it is not unpacked; what
// a status says is still good where the status alone decides.
function withoutCompression(answer: RawAnswer, method: Request['method']): RawAnswer {
  if (answer.failure || method === 'HEAD' || answer.body.length === 0) return answer;
  const encoding = headerOf(answer.headers, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return answer;
  if (answer.status >= 300) return { ...answer, body: Buffer.alloc(0) };
  return {
    status: null,
    failure: failure(
      'http',
      'bad-encoding',
      `The body came with content-encoding ${encoding}, which was not asked for.`,
    ),
  };
}
