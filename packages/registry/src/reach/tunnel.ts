import type net from 'node:net';
import type { Exchange, Failure } from '@pull-doctor/contract/exchange';
import { Client } from 'undici';
import { failure, failureOf } from '../failure.ts';
import { bodyKind, errorsOf } from '../http/body.ts';
import { headerOf, type RawHeaders, readRawHeaders } from '../http/raw-headers.ts';
import type { Scrubber } from '../http/scrub.ts';
import { shownHeaders } from '../http/shown-headers.ts';
import { patience } from '../patience.ts';
import type { ProxyServer } from './proxy-address.ts';

export interface Tunnel {
  socket: net.Socket | null;
  exchange: Exchange;
  failure: Failure | null;
}

export interface TunnelSettings {
  proxy: ProxyServer;
  host: string;
  port: number;
  signal: AbortSignal;
  timeoutMs: number;
  now: () => Date;
  scrubber: Scrubber;
}

// A refusal's page is read for its words, as long as it comes at once.
const pageBytesMax = 64 * 1024;
const pageWaitMs = 500;

/**
 * Asks a proxy to open a way to host and port (RFC 9110, section 9.3.6).
 *
 * @param connection to the proxy; it becomes the tunnel, or is closed
 */
export async function openTunnel(connection: net.Socket, settings: TunnelSettings): Promise<Tunnel> {
  const { proxy, scrubber } = settings;
  const target = `${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${settings.port}`;
  const headers: RawHeaders = [
    ['user-agent', 'pull-doctor'],
    ...(proxy.authorization ? [['proxy-authorization', proxy.authorization.reveal()] as const] : []),
  ];
  const patient = patience(settings.signal, settings.timeoutMs);
  const started = performance.now();
  const at = settings.now().toISOString();
  const client = new Client(`http://${target}`, {
    // Later, not at once: undici writes nothing on a connection that it is given inside the call.
    connect: (_options, callback) => queueMicrotask(() => callback(null, connection)),
    allowH2: false,
    headersTimeout: 0,
    maxHeaderSize: pageBytesMax,
  });
  const exchange = (rest: Pick<Exchange, 'answer' | 'failure'>): Exchange => ({
    request: {
      method: 'CONNECT',
      url: target,
      headers: shownHeaders([['host', target], ...headers], scrubber),
      credential: 'none',
    },
    redirects: [],
    at,
    ms: performance.now() - started,
    ...rest,
  });

  try {
    const opened = await client.connect({
      path: target,
      headers: headers.flat(),
      signal: patient.signal,
      responseHeaders: 'raw',
    });
    const answered = readRawHeaders(opened.headers);
    const isOpen = opened.statusCode >= 200 && opened.statusCode < 300;
    const page = isOpen ? Buffer.alloc(0) : await readPage(connection, answered);
    const kind = bodyKind(page, headerOf(answered, 'content-type') ?? '');
    const seen = exchange({
      answer: {
        status: opened.statusCode,
        headers: shownHeaders(answered, scrubber),
        bodyKind: kind,
        bytes: page.length,
        excerpt: kind === 'binary' ? '' : scrubber.text(page.toString('utf8'), 2_000),
        errors: errorsOf(page, scrubber),
      },
      failure: null,
    });
    if (isOpen) return { socket: connection, exchange: seen, failure: null };
    connection.destroy();
    return { socket: null, exchange: seen, failure: refusal(opened.statusCode) };
  } catch (error) {
    connection.destroy();
    const failed = patient.signal.aborted
      ? patient.failure('proxy', 'answer-timed-out', 'The proxy did not answer CONNECT')
      : proxyFailure(error);
    return { socket: null, exchange: exchange({ answer: null, failure: failed }), failure: failed };
  } finally {
    patient.done();
  }
}

function refusal(status: number): Failure {
  if (status === 407) return failure('proxy', 'proxy-login', 'Proxy Authentication Required (407)');
  return failure('proxy', 'proxy-refused', `The proxy answered ${status} to CONNECT.`);
}

/** What stands at the proxy's address is no proxy, or it hung up. */
function proxyFailure(error: unknown): Failure {
  const seen = failureOf(error, 'proxy');
  if (seen.code === 'not-http' || seen.code === 'headers-too-large') {
    return failure('proxy', 'proxy-protocol', `What answers there is no http proxy: ${seen.message}`);
  }
  return { ...seen, layer: 'proxy' };
}

/** The page of a refusal, to the end of its announced length, or what comes within half a second. */
async function readPage(socket: net.Socket, headers: RawHeaders): Promise<Buffer> {
  const announced = Number(headerOf(headers, 'content-length') ?? Number.NaN);
  const bytesMax = Math.min(Number.isFinite(announced) ? announced : pageBytesMax, pageBytesMax);
  if (bytesMax === 0) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let bytes = 0;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, pageWaitMs);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= bytesMax) end();
    });
    socket.once('end', end);
    socket.once('close', end);
    socket.on('error', end);
  });
  const page = Buffer.concat(chunks).subarray(0, bytesMax);
  return headerOf(headers, 'transfer-encoding') === 'chunked' ? withoutChunkLines(page) : page;
}

// Good enough for showing: the lines with sizes of a chunked body (RFC 9112, section 7.1) are left out.
function withoutChunkLines(page: Buffer): Buffer {
  const text = page
    .toString('latin1')
    .replace(/^[0-9a-f]{1,8}\r\n/i, '')
    .replace(/\r\n[0-9a-f]{1,8}\r\n(?:\r\n)?/gi, '');
  return Buffer.from(text, 'latin1');
}
