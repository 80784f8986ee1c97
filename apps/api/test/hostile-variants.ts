import net from 'node:net';
import type { TlsOptions } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { type Handler, type Listening, listen, listenHttp } from '@pull-doctor/testkit/http-listener';
import { mediaTypes } from '@pull-doctor/testkit/images';
import { answer, answerError, answerJson, answerPing } from '@pull-doctor/testkit/registry-answer';

/** What a variant needs to know: where the collector is, and where the registry itself is. */
export interface Places {
  collector: string;
  self: string;
}

type Variant = (places: Places) => Handler;

const manifestType = { 'content-type': mediaTypes.dockerManifest };

/** The ping works, everything else is answered by `poison`. */
const afterPing = (poison: Handler): Handler => {
  return (request, response) => (request.url === '/v2/' ? answerPing(response) : poison(request, response));
};

const challenge = (text: string): Handler => {
  return (_, response) =>
    answerError(response, 401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': text });
};

/** Wants a token of its own token server, which `token` answers for. */
const withToken = (token: (places: Places) => Handler): Variant => {
  return (places) => (request, response) =>
    request.url?.startsWith('/token')
      ? token(places)(request, response)
      : challenge(`Bearer realm="${places.self}/token",service="trap"`)(request, response);
};

const redirectTo = (location: (places: Places) => string, status = 307): Variant => {
  return (places) => (request, response) => {
    if (!request.headers.authorization) return challenge('Basic realm="trap"')(request, response);
    if (request.url === '/v2/') return answerPing(response);
    answer(response, status, 'text/plain', '', { location: location(places) });
  };
};

const realm = (address: (places: Places) => string): Variant => {
  return (places) => challenge(`Bearer realm="${address(places)}",service="trap"`);
};

const pouring: Handler = (request, response) => {
  response.writeHead(200, manifestType);
  if (request.method === 'HEAD') return void response.end();
  const block = Buffer.alloc(64 * 1024, 0x20);
  const pour = () => {
    while (!response.destroyed) if (!response.write(block)) return void response.once('drain', pour);
  };
  pour();
};

/** Besides the testkit's kinds: the same ill will at other places of a pull. */
export const hostileVariants = {
  // The testkit's own writes in a loop for HEAD, where writing never says "wait": the test itself would stand still.
  'a body without end, after a HEAD that ends': () => afterPing(pouring),
  'a ping without end': () => pouring,
  'a token without end': withToken(() => pouring),
  'a token that is a gzip bomb': withToken(() => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    return (_, response) => answer(response, 200, 'application/json', bomb, { 'content-encoding': 'gzip' });
  }),
  'a token with line breaks in it': withToken(
    () => (_, response) => answerJson(response, 200, { token: 'x\r\nX-Evil: 1\r\n\r\nGET /evil HTTP/1.1' }),
  ),
  'a token of another type': withToken(
    () => (_, response) => answerJson(response, 200, { token: { toString: 1 }, expires_in: 'never' }),
  ),
  'a token server that redirects to another host': withToken(
    ({ collector }) =>
      (_, response) =>
        answer(response, 307, 'text/plain', '', { location: `${collector}/token` }),
  ),
  'a token server that redirects to a login of its own': withToken(
    ({ collector }) =>
      (_, response) =>
        answer(response, 302, 'text/plain', '', {
          location: `${collector.replace('://', '://thief:thief@')}/token`,
        }),
  ),
  'a redirect with a login in it': redirectTo(
    ({ collector }) => `${collector.replace('://', '://thief:thief@')}/v2/`,
  ),
  'a redirect from https to http': redirectTo(({ collector }) => collector.replace('https:', 'http:'), 301),
  'a redirect to a file': redirectTo(() => 'file:///etc/passwd', 302),
  'a redirect to the metadata address': redirectTo(() => 'https://169.254.169.254/latest/meta-data/'),
  'a redirect to loopback': redirectTo(() => 'https://127.0.0.1:1/v2/'),
  'a redirect with no address in it': redirectTo(() => 'https://'),
  'a realm at the unspecified address': realm(
    ({ collector }) => `https://0.0.0.0:${portOf(collector)}/token`,
  ),
  'a realm on IPv6 loopback': realm(({ collector }) => `https://[::1]:${portOf(collector)}/token`),
  'a realm at a link-local address': realm(() => 'https://[fe80::1]/token'),
  'a realm at the name of a metadata service': realm(() => 'https://metadata.google.internal/token'),
  'a realm with line breaks in it': realm(({ collector }) => `${collector}/token?x=%0d%0aX-Evil:%201`),
  'three hundred challenges': ({ collector }) =>
    challenge(Array.from({ length: 300 }, (_, n) => `Bearer realm="${collector}/${n}"`).join(', ')),
  'a challenge that never ends its quotes': () => challenge(`Bearer realm="${'\\"'.repeat(4_000)}`),
  'a content length that is a lie': () =>
    afterPing((request, response) => {
      response.writeHead(200, { ...manifestType, 'content-length': 5_000_000_000 });
      if (request.method === 'HEAD') return void response.end();
      response.write('{');
    }),
  'a retry-after of a thousand years': () =>
    afterPing((_, response) =>
      answerError(response, 429, 'TOOMANYREQUESTS', 'slow down', { 'retry-after': '31536000000' }),
    ),
  'tags that go on at another host': ({ collector }) =>
    afterPing((request, response) =>
      request.url?.includes('/tags/list')
        ? answerJson(response, 200, { tags: ['a'] }, { link: `<${collector}/v2/tags>; rel="next"` })
        : answerError(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown'),
    ),
} satisfies Record<string, Variant>;

const portOf = (address: string) => new URL(address).port;

/** Ill will below HTTP: raw bytes to whoever connects, so over plain http only. */
export const hostileSockets = {
  'a status line without end': (socket) => {
    socket.write('HTTP/1.1 200 ');
    flood(socket, 'O'.repeat(16_384));
  },
  'early hints without end': (socket) => flood(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'),
  'headers that come one byte a second': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
    const drip = setInterval(() => socket.write('a'), 1000);
    socket.on('close', () => clearInterval(drip));
  },
  'a chunk with an extension without end': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n1;');
    flood(socket, 'x'.repeat(16_384));
  },
  'a hundred thousand headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    flood(socket, 'x-more: 1\r\n'.repeat(1_000));
  },
  'two lengths': (socket) =>
    void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 40\r\n\r\n{}'),
} satisfies Record<string, (socket: net.Socket) => void>;

export function startVariant(handler: Handler, tls: TlsOptions): Promise<Listening> {
  return listenHttp(handler, { tls });
}

/** Speaks once the client has said something; before that it could not know that this is no TLS. */
export function startHostileSocket(kind: keyof typeof hostileSockets): Promise<Listening> {
  return listen(
    net.createServer((socket) =>
      socket.once('data', (first) => {
        // A TLS client begins with a record of type 22; this is a server of plain http.
        if (first[0] === 22) socket.destroy();
        else hostileSockets[kind](socket);
      }),
    ),
    {},
  );
}

function flood(socket: net.Socket, text: string): void {
  const pour = () => {
    while (!socket.destroyed) if (!socket.write(text)) return void socket.once('drain', pour);
  };
  pour();
}
