import type net from 'node:net';
import type { Failure } from '@pull-doctor/contract/exchange';
import { failure, failureOf } from '../failure.ts';
import { patience } from '../patience.ts';
import type { ProxyServer } from './proxy-address.ts';

export interface SocksSettings {
  proxy: ProxyServer;
  host: string;
  port: number;
  signal: AbortSignal;
  timeoutMs: number;
}

const version = 5;
const methods = { none: 0, login: 2, noneAcceptable: 0xff } as const;

// RFC 1928, section 6.
const replies: readonly string[] = [
  'granted',
  'general failure',
  'not allowed by its rules',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'time ran out',
  'command not supported',
  'address type not supported',
];

/**
 * Asks a SOCKS 5 proxy for a connection (RFC 1928, login by RFC 1929). The name is left to the proxy, as Go leaves it,
 * whether the address says socks5:// or socks5h://.
 *
 * @param connection to the proxy; it becomes the way to host and port, or is closed
 */
export async function openSocks(
  connection: net.Socket,
  settings: SocksSettings,
): Promise<{ socket: net.Socket | null; failure: Failure | null }> {
  const patient = patience(settings.signal, settings.timeoutMs);
  const wire = readerOf(connection, patient.signal);
  try {
    const refused = await negotiate(connection, wire, settings);
    if (!refused) return { socket: connection, failure: null };
    connection.destroy();
    return { socket: null, failure: refused };
  } catch (error) {
    connection.destroy();
    const failed = patient.signal.aborted
      ? patient.failure('proxy', 'answer-timed-out', 'The SOCKS proxy did not answer')
      : { ...failureOf(error, 'proxy'), layer: 'proxy' as const };
    return { socket: null, failure: failed };
  } finally {
    wire.end();
    patient.done();
  }
}

async function negotiate(
  connection: net.Socket,
  wire: Wire,
  settings: SocksSettings,
): Promise<Failure | null> {
  const { proxy, host, port } = settings;
  const login = proxy.login;
  connection.write(
    Buffer.from(login ? [version, 2, methods.none, methods.login] : [version, 1, methods.none]),
  );
  const [spoken, method] = await wire.read(2);
  if (spoken !== version)
    return failure('proxy', 'proxy-protocol', 'What answers there is no SOCKS 5 proxy.');
  if (method === methods.noneAcceptable || (method === methods.login && !login)) {
    return failure('proxy', 'proxy-login', 'The SOCKS proxy asks for a login.');
  }
  if (method === methods.login && login) {
    const user = Buffer.from(login.user);
    const password = Buffer.from(login.password.reveal());
    connection.write(
      Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]),
    );
    const [, status] = await wire.read(2);
    if (status !== 0) return failure('proxy', 'proxy-login', 'The SOCKS proxy refuses the login.');
  }
  const name = Buffer.from(host);
  connection.write(
    Buffer.concat([
      Buffer.from([version, 1, 0, 3, name.length]),
      name,
      Buffer.from([port >> 8, port & 0xff]),
    ]),
  );
  const [, reply = 1, , kind = 1] = await wire.read(4);
  if (reply !== 0) {
    return failure(
      'proxy',
      'proxy-refused',
      `The SOCKS proxy answers: ${replies[reply] ?? `reply ${reply}`}.`,
    );
  }
  // The address that it connected from, and its port: of no use here.
  const addressBytes = kind === 1 ? 4 : kind === 4 ? 16 : ((await wire.read(1))[0] ?? 0);
  await wire.read(addressBytes + 2);
  return null;
}

interface Wire {
  read(bytes: number): Promise<Buffer>;
  end(): void;
}

/** Reads exactly as many bytes as are asked for, so that what follows is left on the socket. */
function readerOf(socket: net.Socket, signal: AbortSignal): Wire {
  let wake: () => void = () => {};
  let broken: Error | null = null;
  const onReadable = () => wake();
  const onEnd = () => {
    broken ??= Object.assign(new Error('The proxy closed the connection.'), { code: 'UND_ERR_SOCKET' });
    wake();
  };
  const onError = (error: Error) => {
    broken ??= error;
    wake();
  };
  const onAbort = () => onError(new Error('stopped'));
  socket.on('readable', onReadable);
  socket.on('end', onEnd);
  socket.on('error', onError);
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    read: async (bytes) => {
      for (;;) {
        const chunk: Buffer | null = socket.read(bytes);
        if (chunk) return chunk;
        if (broken) throw broken;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    end: () => {
      socket.removeListener('readable', onReadable);
      socket.removeListener('end', onEnd);
      socket.removeListener('error', onError);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
