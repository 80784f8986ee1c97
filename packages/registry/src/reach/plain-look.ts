import { once } from 'node:events';
import type net from 'node:net';
import type { TlsEvidence } from '@pull-doctor/contract/evidence/network';
import type { Failure } from '@pull-doctor/contract/exchange';
import { type Asked, Asker } from '../http/asker.ts';
import type { Opened } from '../http/origin.ts';
import type { Scrubber } from '../http/scrub.ts';
import { patience } from '../patience.ts';
import { pingRequest, readPing } from '../ping.ts';
import type { Pace } from '../settings.ts';

type Plain = NonNullable<TlsEvidence['plain']>;

export interface PlainLookSettings {
  host: string;
  port: number;
  /** Makes a connection to the port, through a proxy's tunnel where there is one. */
  open: () => Promise<Opened>;
  scrubber: Scrubber;
  signal: AbortSignal;
  timeoutMs: number;
  pace: Pace | undefined;
  now: () => Date;
}

// Servers that greet do so at once; one that waits for the client has nothing to say.
const greetingWaitMs = 500;
const greetingBytesMax = 256;

export interface PlainLook {
  plain: Plain;
  /** What `GET /v2/` over plain http brought, where it brought an answer. */
  asked: Asked | null;
}

/** What stands on a port that does not speak TLS: asked as plain http first, then listened to. */
export async function lookAtPlainPort(settings: PlainLookSettings): Promise<PlainLook> {
  const { host, port, scrubber, signal } = settings;
  const asker = new Asker({
    roadTo: async () => ({
      road: { scheme: 'http', host, port, open: settings.open, forward: null, connectionsMax: 1 },
      failure: null,
    }),
    scrubber,
    signal,
    timeoutMs: settings.timeoutMs,
    pace: settings.pace,
    now: settings.now,
  });
  let failed: Failure | null;
  try {
    const shown = host.includes(':') ? `[${host}]` : host;
    const asked = await asker.ask({
      ...pingRequest(new URL(`http://${shown}:${port}/v2/`)),
      redirects: 'not-followed',
    });
    failed = asked.failure;
    if (asked.exchange.answer) {
      const { isRegistry } = readPing(asked);
      const greeting = `HTTP/1.1 ${asked.status}`;
      const plain = { greeting, ping: asked.exchange, isRegistry: isRegistry === 'yes' };
      return { plain: { speaks: 'http', ...plain }, asked };
    }
    if (failed && brokenHttp.has(failed.code)) {
      const plain = { greeting: '', ping: asked.exchange, isRegistry: false };
      return { plain: { speaks: 'http', ...plain }, asked: null };
    }
  } finally {
    await asker.close();
  }
  const { socket } = await settings.open();
  const heard = socket ? await listen(socket, signal) : '';
  const greeting = scrubber.text(heard.replace(/[^\x20-\x7e]+/g, ' ').trim(), 200);
  const speaks = whatSpeaks(heard, failed);
  return { plain: { speaks, greeting, ping: null, isRegistry: false }, asked: null };
}

// Answers that began as HTTP and could not be used.
const brokenHttp = new Set<Failure['code']>(['body-cut-short', 'headers-too-large', 'bad-encoding']);

function whatSpeaks(heard: string, failed: Failure | null): Plain['speaks'] {
  if (/^SSH-/.test(heard)) return 'ssh';
  if (/^HTTP\//.test(heard)) return 'http';
  // It waits for the client, and then speaks something that is no HTTP.
  return heard !== '' || failed?.code === 'not-http' ? 'other' : 'nothing';
}

async function listen(socket: net.Socket, signal: AbortSignal): Promise<string> {
  const patient = patience(signal, greetingWaitMs);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (/\n/.test(chunk.toString('latin1')) || bytes >= greetingBytesMax) socket.destroy();
    });
    await once(socket, 'close', { signal: patient.signal });
  } catch (error) {
    // Time was up, or the connection broke: what was heard until then counts.
    if (!(error instanceof Error)) throw error;
  } finally {
    patient.done();
    socket.destroy();
  }
  return Buffer.concat(chunks).subarray(0, greetingBytesMax).toString('latin1');
}
