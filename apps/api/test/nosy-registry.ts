import type { IncomingMessage, ServerResponse } from 'node:http';
import http from 'node:http';
import type net from 'node:net';
import { readBasic } from '@pull-doctor/testkit/basic-credentials';
import { type Handler, type Listening, listen, listenHttp } from '@pull-doctor/testkit/http-listener';
import { answer, answerError, answerJson, answerPing } from '@pull-doctor/testkit/registry-answer';

/** A server that repeats what it was sent, and what it was sent before. */
export interface Nosy extends Listening {
  /** Every Authorization header and form that came: proof that the secrets were really sent. */
  heard: string[];
}

type Reply = (request: IncomingMessage, response: ServerResponse, self: Nosy, body: string) => void;

async function nosy(reply: Reply): Promise<Nosy> {
  const heard: string[] = [];
  let self: Nosy | undefined;
  const handler: Handler = (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (request.headers.authorization) heard.push(request.headers.authorization);
      if (body) heard.push(decodeURIComponent(body));
      if (self) reply(request, response, self, body);
    });
  };
  self = { ...(await listenHttp(handler, {})), heard };
  return self;
}

/** Refuses with its own words around everything that it heard, in every place of an answer that is shown. */
function refuse(
  status: number,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  cookie: string,
): void {
  const sent = request.headers.authorization ?? '';
  const { user, password } = readBasic(sent) ?? { user: '', password: '' };
  const token = sent.replace(/^Bearer /i, '');
  const words = [
    `you sent ${sent}`,
    `password ${password} of ${user} is wrong`,
    // A token that only the daemon got is known by nothing but the word before it.
    request.headers['user-agent'] === 'pull-doctor' ? `token ${token} is not enough` : `Bearer ${token}`,
    `form ${decodeURIComponent(body)}`,
    `{"auth":"${sent.replace(/^Basic /i, '')}"}`,
  ].join('; ');
  answerError(response, status, 'DENIED', words, {
    'set-cookie': `session=${cookie}; Path=/`,
    'x-echo': sent || 'nothing',
    'docker-ratelimit-source': password || token || 'nobody',
    'x-request-id': token || 'none',
    etag: `"${password || token || 'none'}"`,
    server: `nosy (${password || 'none'})`,
    warning: `199 - "${sent}"`,
    'www-authenticate': `Basic realm="you sent ${sent}", error="${password}"`,
  });
}

/** Wants Basic and lets everybody ping; whoever then asks for more is refused with what was sent. */
export function startNosyBasic(cookie: string): Promise<Nosy> {
  return nosy((request, response, _, body) => {
    if (!request.headers.authorization)
      return answerError(response, 401, 'UNAUTHORIZED', 'authentication required', {
        'www-authenticate': 'Basic realm="nosy"',
        'set-cookie': `session=${cookie}`,
      });
    if (request.url === '/v2/') return answerPing(response, { 'set-cookie': `session=${cookie}` });
    refuse(403, request, response, body, cookie);
  });
}

/** Hands out this token and then refuses it, quoting it. */
export function startNosyBearer(token: string, refreshToken: string, cookie: string): Promise<Nosy> {
  return nosy((request, response, self, body) => {
    if (request.url?.startsWith('/token'))
      return answerJson(
        response,
        200,
        { token, access_token: token, refresh_token: refreshToken, expires_in: 300 },
        { 'set-cookie': `session=${cookie}`, 'x-token': token },
      );
    if (request.headers.authorization?.startsWith('Bearer '))
      return refuse(403, request, response, body, cookie);
    answerError(response, 401, 'UNAUTHORIZED', 'authentication required', {
      'www-authenticate': `Bearer realm="http://${self.host}/token",service="nosy",scope="repository:team/app:pull"`,
    });
  });
}

/** Its token server refuses everybody, quoting what it got: header, form and all. */
export function startNosyTokenServer(cookie: string): Promise<Nosy> {
  return nosy((request, response, self, body) => {
    if (request.url?.startsWith('/token')) return refuse(401, request, response, body, cookie);
    answerError(response, 401, 'UNAUTHORIZED', 'authentication required', {
      'www-authenticate': `Bearer realm="http://${self.host}/token",service="nosy"`,
    });
  });
}

/** Leads to an address with a login and a signature of its own, as object stores do. */
export function startNosyRedirect(login: string, signature: string): Promise<Nosy> {
  return nosy((request, response, self) => {
    if (request.url === '/v2/') return answerPing(response);
    answer(response, 307, 'text/plain', '', {
      location: `http://thief:${login}@${self.host}/elsewhere?X-Amz-Signature=${signature}&token=${signature}`,
    });
  });
}

/** Names a realm with a login and a signature in it. */
export function startNosyRealm(login: string, signature: string): Promise<Nosy> {
  return nosy((_, response, self) =>
    answerError(response, 401, 'UNAUTHORIZED', 'authentication required', {
      'www-authenticate': `Bearer realm="http://thief:${login}@${self.host}/token?sig=${signature}",service="nosy"`,
    }),
  );
}

/** A proxy that opens a tunnel to nobody: it quotes the login that came and wants another one. */
export async function startNosyProxy(): Promise<Nosy> {
  const heard: string[] = [];
  const server = http.createServer();
  server.on('connect', (request, socket: net.Socket) => {
    const sent = request.headers['proxy-authorization'] ?? '';
    if (sent) heard.push(sent);
    const { password } = readBasic(sent) ?? { password: '' };
    const body = `<html><body>${sent} with ${password} is wrong</body></html>`;
    socket.end(
      `HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="not ${sent}"\r\n` +
        `via: 1.1 ${password || 'proxy'}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
  });
  return { ...(await listen(server, {})), heard };
}
