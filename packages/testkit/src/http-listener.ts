import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import type { TlsOptions } from 'node:tls';

/** Where a server is to listen. Port 0 (the default): any free one. Address: 127.0.0.1 unless told. */
export interface ListenAt {
  address?: string;
  port?: number;
}

/** A server that runs. `close` also ends its open connections, so that it never waits for a client. */
export interface Listening {
  address: string;
  port: number;
  /** "address:port" as it stands in an image reference; without the port for 443. */
  host: string;
  close(): Promise<void>;
}

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** Starts an HTTP server, or an HTTPS server if `tls` is given. */
export async function listenHttp(handler: Handler, at: ListenAt & { tls?: TlsOptions }): Promise<Listening> {
  const server = at.tls ? https.createServer(at.tls, handler) : http.createServer(handler);
  // A client that dislikes our certificate or hangs up is part of what is tested.
  server.on('tlsClientError', () => {});
  server.on('clientError', (_, socket) => {
    // What Go says to TLS on an http port is what dockerd recognises: "HTTP/1.x 400" and not a silent close.
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
    else socket.destroy();
  });
  return listen(server, at);
}

/** Starts any TCP server. */
export function listen(
  server: net.Server,
  { address = '127.0.0.1', port = 0 }: ListenAt,
): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      const bound = server.address() as net.AddressInfo;
      resolve({
        address,
        port: bound.port,
        host: bound.port === 443 ? address : `${address}:${bound.port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}
