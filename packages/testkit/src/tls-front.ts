import net from 'node:net';
import tls from 'node:tls';
import type { KeyPair } from './certificate-authority.ts';
import { type ListenAt, type Listening, listen } from './http-listener.ts';

/** Speaks TLS for a server that does not: what comes in is passed on to `port` of loopback, byte for byte. */
export function startTlsFront(
  pair: KeyPair,
  behind: { address: string; port: number },
  at: ListenAt,
): Promise<Listening> {
  const server = tls.createServer({ ...pair, noDelay: true }, (secured) => {
    const plain = net.connect({ port: behind.port, host: behind.address, noDelay: true });
    plain.on('error', () => secured.destroy());
    secured.on('error', () => plain.destroy());
    secured.on('close', () => plain.destroy());
    plain.on('close', () => secured.destroy());
    secured.pipe(plain).pipe(secured);
  });
  server.on('tlsClientError', () => {});
  return listen(server, at);
}
