import type net from 'node:net';
import type { Failure } from '@pull-doctor/contract/exchange';
import type { Secret } from '@pull-doctor/contract/secret';
import { Pool } from 'undici';
import { failure, failureOf } from '../failure.ts';
import { patience } from '../patience.ts';
import { type RawHeaders, readRawHeaders } from './raw-headers.ts';

export type Opened = { socket: net.Socket; failure: null } | { socket: null; failure: Failure };

/** How connections to one scheme, host and port are made. */
export interface Road {
  scheme: 'http' | 'https';
  host: string;
  port: number;
  open(): Promise<Opened>;
  /** Plain http through a proxy: the request line names the whole address (RFC 9112, section 3.2.2). */
  forward: { authorization: Secret | null } | null;
  /** How many connections may be open beside each other. */
  connectionsMax: number;
}

export interface RawRequest {
  method: 'GET' | 'HEAD' | 'POST';
  /** Path with query. */
  path: string;
  headers: RawHeaders;
  body: string | null;
  bytesMax: number;
  /** Whether a longer body is a failure, or is cut and good enough. */
  longer: 'fails' | 'is-cut';
}

export type RawAnswer =
  | { status: number; headers: RawHeaders; body: Buffer; wasCut: boolean; failure: null }
  | { status: null; failure: Failure };

// 64 KiB: Go's client takes 10 MiB, no registry needs more than a few KiB.
const headerBytesMax = 64 * 1024;
// As Go's client (net/http, max1xxResponses): each begins the count of header bytes anew, so their number is limited.
const interimAnswersMax = 5;

/** Requests to one origin over its own connections. Bodies are read to a limit and never decompressed. */
export class Origin {
  readonly road: Road;
  readonly #pool: Pool;
  #requests = 0;

  constructor(road: Road) {
    this.road = road;
    const host = road.host.includes(':') ? `[${road.host}]` : road.host;
    this.#pool = new Pool(`${road.scheme}://${host}:${road.port}`, {
      connections: road.connectionsMax,
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: headerBytesMax,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, callback) => {
        road.open().then(
          (opened) =>
            opened.socket ? callback(null, opened.socket) : callback(new NotConnected(opened.failure), null),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
        );
      },
    });
  }

  async send(
    request: RawRequest,
    { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
  ): Promise<RawAnswer> {
    const patient = patience(signal, timeoutMs);
    const isFirst = this.#requests === 0;
    this.#requests += 1;
    const late = () => patient.failure('http', 'answer-timed-out', 'The answer did not end');
    try {
      const first = await this.#once(request, patient.signal, late);
      // A kept connection may be closed by the other side just when it is used again; Go asks once more, too.
      const mayRepeat = !isFirst && request.method !== 'POST' && isBroken(first) && !patient.signal.aborted;
      return mayRepeat ? await this.#once(request, patient.signal, late) : first;
    } finally {
      patient.done();
    }
  }

  async #once(request: RawRequest, signal: AbortSignal, late: () => Failure): Promise<RawAnswer> {
    const { forward } = this.road;
    const headers = forward?.authorization
      ? [...request.headers, ['proxy-authorization', forward.authorization.reveal()] as const]
      : request.headers;
    const host = this.road.host.includes(':') ? `[${this.road.host}]` : this.road.host;
    let isInBody = false;
    let interimAnswers = 0;
    try {
      const answer = await this.#pool.request({
        method: request.method,
        path: forward
          ? `http://${host}${this.road.port === 80 ? '' : `:${this.road.port}`}${request.path}`
          : request.path,
        headers: headers.flat(),
        body: request.body,
        // undici would close the connection after HEAD, for servers that send a body with it. Such a body breaks the
        // next request on the connection, which is then repeated on a new one.
        reset: false,
        signal,
        responseHeaders: 'raw',
        onInfo: () => {
          interimAnswers += 1;
          // undici ends the request with what is thrown here.
          if (interimAnswers > interimAnswersMax) throw new TooManyInterimAnswers();
        },
      });
      isInBody = true;
      const raw = readRawHeaders(answer.headers);
      const { body, isWhole } = await readUpTo(answer.body, request.bytesMax);
      if (!isWhole && request.longer === 'fails') {
        return {
          status: null,
          failure: failure('http', 'body-too-large', `The body is longer than ${request.bytesMax} bytes.`),
        };
      }
      return { status: answer.statusCode, headers: raw, body, wasCut: !isWhole, failure: null };
    } catch (error) {
      if (error instanceof NotConnected) return { status: null, failure: error.failure };
      if (signal.aborted) return { status: null, failure: late() };
      if (error instanceof TooManyInterimAnswers)
        return { status: null, failure: failure('http', 'headers-too-large', error.message) };
      return { status: null, failure: httpFailure(error, isInBody) };
    }
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

class NotConnected extends Error {
  readonly failure: Failure;
  constructor(failed: Failure) {
    super(failed.message);
    this.failure = failed;
  }
}

class TooManyInterimAnswers extends Error {
  constructor() {
    super(`More than ${interimAnswersMax} interim answers (1xx) came before the answer.`);
  }
}

function isBroken(answer: RawAnswer): boolean {
  const code = answer.failure?.code;
  return code === 'closed' || code === 'reset' || code === 'not-http';
}

function httpFailure(error: unknown, isInBody: boolean): Failure {
  const seen = failureOf(error, 'http');
  const isCut = isInBody && (seen.code === 'closed' || seen.code === 'reset' || seen.code === 'not-http');
  return isCut ? { ...seen, code: 'body-cut-short' } : seen;
}

async function readUpTo(
  stream: AsyncIterable<Buffer> & { destroy(): unknown },
  bytesMax: number,
): Promise<{ body: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection: the rest is never read.
    if (bytes > bytesMax) return { body: Buffer.concat(chunks).subarray(0, bytesMax), isWhole: false };
  }
  return { body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), isWhole: true };
}
