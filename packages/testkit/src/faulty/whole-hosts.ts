import type { IncomingMessage, ServerResponse } from 'node:http';
import net from 'node:net';
import type { Handler, ListenAt, Listening } from '../http-listener.ts';
import { listen } from '../http-listener.ts';
import { answer, answerError } from '../registry-answer.ts';
import { captivePortalPage, notFoundPage } from './pages.ts';

/** A web server that never heard of registries: 404 and a page for every path. */
export const website: Handler = (_, response) => answer(response, 404, 'text/html', notFoundPage);

/** A network that shows its terms of use first: 200 and a page for every path. */
export const captivePortal: Handler = (_, response) => answer(response, 200, 'text/html', captivePortalPage);

/** A single sign-on in front of everything: 302 to a login page. */
export const loginRedirect: Handler = (request: IncomingMessage, response: ServerResponse) => {
  if (request.url?.startsWith('/login')) return answer(response, 200, 'text/html', captivePortalPage);
  answer(response, 302, 'text/html', '', {
    location: `/login?next=${encodeURIComponent(request.url ?? '/')}`,
  });
};

/** A server that takes every request and answers none. */
export const neverAnswers: Handler = () => {};

/** A server that is up and broken from the first request on. */
export const alwaysUnavailable: Handler = (_, response) =>
  answer(response, 503, 'text/html', '<html><body><h1>503 Service Unavailable</h1></body></html>\n');

/** A registry whose challenge cannot be read: 401 and no WWW-Authenticate, already at the ping. */
export const noChallenge: Handler = (_, response) => answer(response, 401, 'text/plain', 'Unauthorized\n');

/** A registry whose token server is gone: nothing listens at its realm. */
export function deadRealm(realm: string): Handler {
  return (_, response) =>
    answerError(response, 401, 'UNAUTHORIZED', 'authentication required', {
      'www-authenticate': `Bearer realm="${realm}",service="dead-realm"`,
    });
}

/** A port where an SSH server greets. */
export function startSshBanner(at: ListenAt): Promise<Listening> {
  return listen(
    net.createServer((socket) => void socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n')),
    at,
  );
}

/** A port that accepts connections and never says a word, so that no TLS handshake ends. */
export function startMuteServer(at: ListenAt): Promise<Listening> {
  return listen(
    net.createServer((socket) => void socket.resume()),
    at,
  );
}
