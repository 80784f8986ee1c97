import cookie from '@fastify/cookie';
import type { Audience } from '@pull-doctor/contract/endpoint';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AdminToken } from '../features/access/admin-token.ts';
import type { OpenSession, SessionsStore } from '../features/access/sessions.store.ts';
import { problem, sendProblem } from './faults.ts';

export const sessionCookie = 'pull_doctor_session';

/** Who is asking, once `guard` let the request pass. */
export type Asker = { by: 'token' } | { by: 'cookie'; session: OpenSession };

declare module 'fastify' {
  interface FastifyRequest {
    asker: Asker | null;
  }
  interface FastifyContextConfig {
    audience?: Audience;
    /** The one exception to "everything under /api needs a credential": what an operator chose to show to everybody. */
    shownToEverybody?: boolean;
  }
}

/**
 * Denies by default: everything under /api, known or unknown, answers 401 without a credential, and so does any
 * other route that the contract does not call open.
 */
export async function addAccess(
  app: FastifyInstance,
  access: { adminToken: AdminToken; sessions: SessionsStore },
): Promise<void> {
  await app.register(cookie);
  app.decorateRequest('asker', null);
  app.addHook('onRequest', async (request, reply) => {
    request.asker = await identify(request, access);
    if (!isOpen(request) && !request.asker)
      return sendProblem(
        reply.header('www-authenticate', 'Bearer realm="Pull Doctor"'),
        problem(
          'not-signed-in',
          401,
          'This needs a signed-in browser or a bearer token, and neither was sent or is valid.',
          'Open the sign-in link that Pull Doctor printed when it started, or send the admin token as Authorization: Bearer.',
        ),
      );
    if (request.asker?.by === 'cookie' && isForeignWrite(request))
      return sendProblem(
        reply,
        problem(
          'cross-site',
          403,
          'A page of another site made this request.',
          'Use the page of Pull Doctor itself.',
        ),
      );
  });
}

async function identify(
  request: FastifyRequest,
  { adminToken, sessions }: { adminToken: AdminToken; sessions: SessionsStore },
): Promise<Asker | null> {
  const bearer = /^Bearer +([^\s]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  // A wrong token is not made up for by a cookie: a program wants to hear of it.
  if (request.headers.authorization !== undefined)
    return bearer && adminToken.matches(bearer) ? { by: 'token' } : null;
  const value = request.cookies[sessionCookie];
  const session = value ? await sessions.find(value) : null;
  return session && { by: 'cookie', session };
}

function isOpen(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? '';
  if (request.routeOptions.config.shownToEverybody) return true;
  if (path === '/api' || path.startsWith('/api/')) return false;
  // Pages and their files are open: they hold nothing about the infrastructure.
  return request.routeOptions.config.audience !== 'signed-in';
}

/** Browsers say where a request comes from; a cookie must not be used by another site's page (SameSite is the first wall). */
function isForeignWrite(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
