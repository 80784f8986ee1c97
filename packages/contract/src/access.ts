import * as z from 'zod';
import { endpoint } from './endpoint.ts';

export const Session = z
  .object({
    who: z.string().describe('`admin token`, or how the browser signed in.'),
    by: z.enum(['token', 'cookie']),
    endsAt: z.iso.datetime().nullable(),
    now: z.iso.datetime(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const readSession = endpoint({
  method: 'GET',
  path: '/api/v1/session',
  summary: 'Who is asking',
  audience: 'signed-in',
  answer: Session,
});

/** Outside /api, because everything there asks for a credential first. */
export const signIn = endpoint({
  method: 'POST',
  path: '/signin',
  summary: 'Sign a browser in with the admin token or a one-time code; sets a cookie',
  audience: 'open',
  body: z
    .object({ token: z.string().max(512).optional(), code: z.string().max(512).optional() })
    .refine(({ token, code }) => Boolean(token) !== Boolean(code), 'Send either token or code.'),
  answer: Session,
});

export const signOut = endpoint({
  method: 'DELETE',
  path: '/api/v1/session',
  summary: 'End this session',
  audience: 'signed-in',
  answer: z.object({ ended: z.boolean() }),
});

export const makeSignInLink = endpoint({
  method: 'POST',
  path: '/api/v1/sign-in-links',
  summary: 'A new one-time sign-in link',
  audience: 'signed-in',
  status: 201,
  answer: z.object({ link: z.string(), endsAt: z.iso.datetime() }).meta({ id: 'SignInLink' }),
});
