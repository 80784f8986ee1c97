import type { IncomingMessage } from 'node:http';
import type net from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Handler } from '../http-listener.ts';
import { answer, answerError } from '../registry-answer.ts';
import { badGatewayPage, captivePortalPage } from './pages.ts';

export type ManifestFaultName = keyof typeof manifestFaults;

/** What is wrong with the answer to the manifest request. */
export const manifestFaults = {
  ratelimit: (_, response) =>
    answerError(
      response,
      429,
      'TOOMANYREQUESTS',
      'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
      { 'retry-after': '120', 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '0;w=21600' },
    ),
  plain429: (_, response) =>
    answer(response, 429, 'text/plain', 'Too Many Requests\n', { 'retry-after': '45' }),
  plain503: (_, response) =>
    answer(response, 503, 'text/plain', 'Service Unavailable\n', { 'retry-after': '10' }),
  json503: (_, response) => answerError(response, 503, 'UNAVAILABLE', 'service unavailable'),
  json500: (_, response) => answerError(response, 500, 'UNKNOWN', 'unknown error'),
  html200: (_, response) => answer(response, 200, 'text/html', captivePortalPage),
  html502: (_, response) => answer(response, 502, 'text/html', badGatewayPage),
  bare401: (_, response) => answer(response, 401, 'text/plain'),
  denied: (_, response) => answerError(response, 403, 'DENIED', 'requested access to the resource is denied'),
  deniedtext: (_, response) =>
    answerError(response, 403, 'DENIED', 'your role "guest" may not read images of this project'),
  reset: (request) => resetConnection(request),
  // Node waits for no one: without an answer the connection stays open until the client gives up.
  hang: () => {},
} satisfies Record<string, Handler>;

/** Ends the connection with RST, not FIN, as a firewall in the middle does. */
export function resetConnection(request: IncomingMessage): void {
  const { socket } = request;
  // a TLS socket has no RST of its own, the TCP socket under it has
  const parent = (socket as TLSSocket & { _parent?: net.Socket })._parent;
  (parent ?? socket).resetAndDestroy();
}
