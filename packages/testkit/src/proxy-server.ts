import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { readBasic } from './basic-credentials.ts';
import type { KeyPair } from './certificate-authority.ts';
import { type ListenAt, type Listening, listen } from './http-listener.ts';
import { type RecordedRequest, record } from './request-log.ts';

/** How the proxy treats a host. "works" opens a tunnel; "inspects" opens TLS itself, with its own authority. */
export type ProxyMood =
  | 'works'
  | 'wants login'
  | 'blocks'
  | 'bad gateway'
  | 'unavailable'
  | 'resets'
  | 'hangs'
  | 'inspects';

export const proxyLogin = { user: 'desk', password: 'desk-pass' };

export interface ProxyOptions extends ListenAt {
  /** Decides by the host name asked for. Every host "works" unless told. */
  mood?: (host: string) => ProxyMood;
  /**
   * Where a name (or "name:port") really is: how "registry-1.docker.io" reaches a look-alike without any name server.
   * A name that is not in it is refused with 502, so that no request leaves the machine. Addresses of loopback are
   * reached as they are.
   */
  addresses: Map<string, { address: string; port: number }>;
  /** Shown by "inspects". */
  inspection?: KeyPair;
}

export interface ProxyServer extends Listening {
  /** A value for HTTPS_PROXY. */
  url: string;
  /** `path` is "host:port" for CONNECT and the full URL otherwise. */
  requests: RecordedRequest[];
}

/** Starts a forward proxy (RFC 9110, section 9.3.6): CONNECT, and absolute-form requests for plain http. */
export async function startProxy(options: ProxyOptions): Promise<ProxyServer> {
  const requests: RecordedRequest[] = [];
  const server = http.createServer((request, response) => {
    record(requests, request);
    forward(options, request, response);
  });
  server.on('connect', (request, socket: net.Socket, head) => {
    record(requests, request);
    socket.on('error', () => {});
    connect(options, request, socket, head);
  });
  const listening = await listen(server, options);
  return { ...listening, url: `http://${listening.address}:${listening.port}`, requests };
}

function connect(options: ProxyOptions, request: http.IncomingMessage, socket: net.Socket, head: Buffer) {
  const [host = '', port = '443'] = splitHost(request.url ?? '');
  const mood = options.mood?.(host) ?? 'works';
  if (refuse(mood, request, socket)) return;
  if (mood === 'inspects') return inspect(options.inspection, socket);
  const target = targetOf(options, host, Number(port));
  if (!target) return answerRaw(socket, '502 Bad Gateway');
  const upstream = net.connect({ port: target.port, host: target.address, noDelay: true }, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(socket);
    socket.pipe(upstream);
  });
  upstream.on('error', () => answerRaw(socket, '502 Bad Gateway'));
  upstream.on('close', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
}

function forward(options: ProxyOptions, request: http.IncomingMessage, response: http.ServerResponse) {
  const url = URL.parse(request.url ?? '');
  if (!url) return void response.writeHead(400).end();
  if (refuse(options.mood?.(url.hostname) ?? 'works', request, request.socket)) return;
  const target = targetOf(options, url.hostname, Number(url.port || 80));
  if (!target) return void response.writeHead(502).end();
  const { 'proxy-authorization': _, ...headers } = request.headers;
  const upstream = http.request(
    {
      host: target.address,
      port: target.port,
      method: request.method,
      path: url.pathname + url.search,
      headers,
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  upstream.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  request.pipe(upstream);
}

/** True when the mood is one that answers (or falls silent) without any upstream. */
function refuse(mood: ProxyMood, request: http.IncomingMessage, socket: net.Socket): boolean {
  switch (mood) {
    case 'works':
    case 'inspects':
      return false;
    case 'wants login': {
      const login = readBasic(request.headers['proxy-authorization']);
      if (login?.user === proxyLogin.user && login.password === proxyLogin.password) return false;
      const header = 'proxy-authenticate: Basic realm="Head office"\r\n';
      answerRaw(
        socket,
        '407 Proxy Authentication Required',
        header,
        '<html><body>Sign in first.</body></html>',
      );
      return true;
    }
    case 'blocks':
      answerRaw(
        socket,
        '403 Forbidden',
        '',
        '<html><body>This site is blocked: category "unknown".</body></html>',
      );
      return true;
    case 'bad gateway':
      answerRaw(socket, '502 Bad Gateway');
      return true;
    case 'unavailable':
      answerRaw(socket, '503 Service Unavailable');
      return true;
    case 'resets':
      socket.resetAndDestroy();
      return true;
    case 'hangs':
      return true;
  }
}

/** Speaks TLS in the registry's place. Clients that trust its authority get an empty, friendly answer. */
function inspect(pair: KeyPair | undefined, socket: net.Socket) {
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  const secured = new tls.TLSSocket(socket, { isServer: true, ...pair });
  secured.on('error', () => {});
  secured.on('data', () =>
    secured.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'),
  );
}

function targetOf({ addresses }: ProxyOptions, host: string, port: number) {
  const known = addresses.get(`${host}:${port}`) ?? addresses.get(host);
  if (known) return known;
  return host.startsWith('127.') || host === 'localhost' ? { address: host, port } : undefined;
}

function answerRaw(socket: net.Socket, status: string, headers = '', body = '') {
  if (!socket.writable) return;
  const length = Buffer.byteLength(body);
  socket.end(
    `HTTP/1.1 ${status}\r\n${headers}content-type: text/html\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function splitHost(target: string): string[] {
  const colon = target.lastIndexOf(':');
  return colon < 0 ? [target] : [target.slice(0, colon), target.slice(colon + 1)];
}
