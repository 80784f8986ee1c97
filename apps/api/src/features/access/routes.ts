import { makeSignInLink, readSession, signIn, signOut } from '@pull-doctor/contract/access';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../../fault.ts';
import { sessionCookie } from '../../plugins/access.ts';
import { mount } from '../../plugins/mount.ts';
import type { AdminToken } from './admin-token.ts';
import { type SessionsStore, sessionDaysMax } from './sessions.store.ts';
import type { SignInCodes } from './sign-in-codes.ts';

export interface AccessParts {
  adminToken: AdminToken;
  sessions: SessionsStore;
  codes: SignInCodes;
  /** The address that people open, without a slash at its end. */
  origin: () => string;
  now: () => Date;
}

export function accessRoutes(
  app: FastifyInstance,
  { adminToken, sessions, codes, origin, now }: AccessParts,
): void {
  const start = async (how: string, request: FastifyRequest, reply: FastifyReply) => {
    const { cookie, session } = await sessions.start(how);
    reply.setCookie(sessionCookie, cookie, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: request.protocol === 'https' || origin().startsWith('https:'),
      maxAge: sessionDaysMax * 86_400,
    });
    return session;
  };

  // The printed link. A used or old code leads to the page that says what to do.
  app.get<{ Querystring: { code?: string } }>(
    '/signin',
    { schema: { hide: true } },
    async (request, reply) => {
      const { code } = request.query;
      if (code === undefined) return reply.sendPage();
      if (!codes.use(String(code))) return reply.redirect('/signin?problem=link', 303);
      await start('sign-in link', request, reply);
      return reply.redirect('/', 303);
    },
  );

  mount(app, signIn, async ({ body, request, reply }) => {
    const accepted = body.token ? adminToken.matches(body.token) : codes.use(body.code ?? '');
    if (!accepted)
      throw body.token
        ? new Fault(
            'wrong-token',
            401,
            'This is not the admin token.',
            `It is in ${adminToken.file ?? 'the variable PULL_DOCTOR_ADMIN_TOKEN'} on the machine that runs Pull Doctor.`,
          )
        : new Fault(
            'used-link',
            401,
            'This sign-in link was used or is older than 30 minutes.',
            'Restart Pull Doctor, or make a new link with the admin token: POST /api/v1/sign-in-links.',
          );
    const session = await start(body.token ? 'admin token' : 'sign-in link', request, reply);
    return {
      who: session.how,
      by: 'cookie' as const,
      endsAt: session.endsAt.toISOString(),
      now: now().toISOString(),
    };
  });

  mount(app, readSession, ({ request }) => ({
    who: request.asker?.by === 'cookie' ? request.asker.session.how : 'admin token',
    by: request.asker?.by ?? 'token',
    endsAt: request.asker?.by === 'cookie' ? request.asker.session.endsAt.toISOString() : null,
    now: now().toISOString(),
  }));

  mount(app, signOut, async ({ request, reply }) => {
    if (request.asker?.by !== 'cookie') return { ended: false };
    await sessions.end(request.asker.session.id);
    reply.clearCookie(sessionCookie, { path: '/' });
    return { ended: true };
  });

  mount(app, makeSignInLink, () => {
    const { code, endsAt } = codes.make();
    return { link: `${origin()}/signin?code=${code}`, endsAt: endsAt.toISOString() };
  });
}
