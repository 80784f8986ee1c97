import { once } from 'node:events';
import type net from 'node:net';
import { isIP } from 'node:net';
import tls from 'node:tls';
import type { TlsEvidence } from '@pull-doctor/contract/evidence/network';
import type { Failure } from '@pull-doctor/contract/exchange';
import { failure, failureOf } from '../failure.ts';
import { patience } from '../patience.ts';
import { type Judged, judgeCertificate } from './judge-certificate.ts';
import type { Trust } from './trust.ts';

export interface Handshake {
  /** Open, and free to be written to: the certificate is right, or it does not count. */
  socket: tls.TLSSocket | null;
  protocol: string | null;
  judged: Judged;
  clientCertificate: TlsEvidence['clientCertificate'];
  failure: Failure | null;
}

export interface HandshakeSettings {
  serverName: string;
  trust: Trust;
  /** False for registries that the daemon calls insecure: the certificate is judged and does not count. */
  verify: boolean;
  now: Date;
  signal: AbortSignal;
  timeoutMs: number;
}

// The alert "certificate required" of TLS 1.3 comes one round trip after the handshake is over.
const alertWaitMs = 250;

/**
 * Makes a TLS connection on an open one and judges the certificate.
 *
 * The handshake is finished whatever the certificate is, because what is wrong with it is what is looked for. A
 * connection that failed is ended here, so that no request can go over it.
 */
export async function shakeHands(raw: net.Socket, settings: HandshakeSettings): Promise<Handshake> {
  const { serverName, trust } = settings;
  const patient = patience(settings.signal, settings.timeoutMs);
  const none: Judged = { chain: [], leaf: null, faults: [], failure: null };
  const socket = tls.connect({
    socket: raw,
    // RFC 6066: an address is never a server name.
    ...(isIP(serverName) ? {} : { servername: serverName }),
    secureContext: trust.context,
    rejectUnauthorized: false,
    // The name is judged by our own check, as Go does; without a server name Node would compare with "localhost".
    checkServerIdentity: () => undefined,
    ALPNProtocols: ['http/1.1'],
  });
  const heard: { error: Error | null } = { error: null };
  socket.on('error', (error) => {
    heard.error ??= error;
  });
  raw.on('error', (error) => {
    heard.error ??= error;
  });
  const end = (
    failed: Failure,
    judged: Judged,
    clientCertificate: TlsEvidence['clientCertificate'],
  ): Handshake => {
    const protocol = judged === none ? null : socket.getProtocol();
    socket.destroy();
    return { socket: null, protocol, judged, clientCertificate, failure: failed };
  };

  try {
    const asked = await untilSecure(socket, raw, patient.signal, heard);
    if (asked === 'timed-out') {
      return end(
        patient.failure('tls', 'answer-timed-out', 'The TLS handshake got no answer'),
        none,
        'not-asked',
      );
    }
    if (asked !== 'secure')
      return end(
        asked.failure,
        none,
        asked.failure.code === 'certificate-required' ? 'required' : 'not-asked',
      );

    const judged = judgeCertificate(socket, serverName, trust.authorities, settings.now);
    const wasAsked = hasAskedForCertificate(socket);
    const clientCertificate = !wasAsked ? 'not-asked' : trust.hasClientPair ? 'sent' : 'asked';
    if (judged.failure && settings.verify) return end(judged.failure, judged, clientCertificate);
    if (wasAsked && (await saysRequired(socket, heard))) {
      const failed = heard.error
        ? failureOf(heard.error, 'tls')
        : failure('tls', 'closed', 'The connection was closed after the handshake.');
      return end(failed, judged, failed.code === 'certificate-required' ? 'required' : clientCertificate);
    }
    return { socket, protocol: socket.getProtocol(), judged, clientCertificate, failure: null };
  } finally {
    patient.done();
  }
}

/** The faults that were heard on a socket before its first use: an alert may come between two steps. */
function untilSecure(
  socket: tls.TLSSocket,
  raw: net.Socket,
  signal: AbortSignal,
  heard: { error: Error | null },
): Promise<'secure' | 'timed-out' | { failure: Failure }> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve('timed-out');
    signal.addEventListener('abort', () => resolve('timed-out'), { once: true });
    socket.once('secureConnect', () => resolve('secure'));
    const gone = () => {
      // TLS 1.2 refuses a missing client certificate inside the handshake, with an alert that says only "failure".
      const required = hasAskedForCertificate(socket);
      const error = heard.error;
      if (required && error && /alert/.test(error.message)) {
        return resolve({ failure: failure('tls', 'certificate-required', failureOf(error, 'tls').message) });
      }
      if (error && !/disconnected before secure TLS/.test(error.message))
        return resolve({ failure: failureOf(error, 'tls') });
      resolve({ failure: failure('tls', 'closed', 'The connection was closed during the TLS handshake.') });
    };
    socket.once('error', gone);
    socket.once('close', gone);
    raw.once('close', gone);
  });
}

// OpenSSL fills this list on the client's side only from a CertificateRequest; Node has no event for one. It answers
// null when the socket is gone.
function hasAskedForCertificate(socket: tls.TLSSocket): boolean {
  return socket.getSharedSigalgs()?.length > 0;
}

async function saysRequired(socket: tls.TLSSocket, heard: { error: Error | null }): Promise<boolean> {
  if (heard.error || socket.destroyed) return true;
  const patient = patience(new AbortController().signal, alertWaitMs);
  // Nothing is read unless someone listens; a server that speaks first would be a surprise, and is put back.
  const onReadable = () => {};
  socket.on('readable', onReadable);
  try {
    await once(socket, 'close', { signal: patient.signal });
    return true;
  } catch (error) {
    if (patient.signal.aborted || heard.error === error) return heard.error !== null;
    throw error;
  } finally {
    socket.removeListener('readable', onReadable);
    patient.done();
  }
}
