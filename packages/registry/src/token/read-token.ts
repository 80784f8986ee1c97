import type { TokenAsk } from '@pull-doctor/contract/evidence/registry';
import * as z from 'zod';
import { parseJson } from '../http/body.ts';
import { somebody } from './subject.ts';

type TokenSeen = NonNullable<TokenAsk['token']>;

// A token comes in a header later; 16 KiB is the most that common servers take there.
const tokenCharactersMax = 16 * 1024;

const TokenAnswer = z.object({
  token: z.string().optional().catch(undefined),
  access_token: z.string().optional().catch(undefined),
  expires_in: z.number().optional().catch(undefined),
  issued_at: z.string().optional().catch(undefined),
});

const seconds = z.number().optional().catch(undefined);
/** All that a JWT says. */
export type Claims = Record<string, unknown>;

const KnownClaims = z.object({
  sub: z.string().optional().catch(undefined),
  iat: seconds,
  nbf: seconds,
  exp: seconds,
  access: z
    .array(
      z.object({
        type: z.string().catch(''),
        name: z.string().catch(''),
        actions: z.array(z.string()).nullable().catch([]),
      }),
    )
    .nullable()
    .optional()
    .catch(undefined),
});

export interface ReadToken {
  value: string;
  /** Whom its `sub` names, as it is written there; null where it names nobody. */
  subject: string | null;
  seen: TokenSeen;
}

/**
 * The token of a token server's answer (https://distribution.github.io/distribution/spec/auth/token/): `token` or
 * `access_token`. A sentence instead where there is none that can be used.
 *
 * @param now for answers that say how long the token lives, but not from when
 */
export function readTokenAnswer(body: Buffer, now: Date): ReadToken | string {
  const answer = TokenAnswer.safeParse(parseJson(body));
  if (!answer.success) return 'The answer is no JSON object.';
  const value = answer.data.token || answer.data.access_token;
  if (!value) return 'The answer has neither token nor access_token.';
  if (value.length > tokenCharactersMax) return 'The token is longer than a header can be.';
  // Anything else could end the header and begin another one.
  if (!/^[\x21-\x7e]+$/.test(value)) return 'The token has characters that cannot be sent in a header.';
  const seen = describeToken(value);
  const subject = seen.subject ?? null;
  if (seen.expiresAt) return { value, subject, seen };
  const issuedAt =
    answer.data.issued_at && !Number.isNaN(Date.parse(answer.data.issued_at))
      ? new Date(answer.data.issued_at)
      : now;
  // Without a lifetime the specification says 60 seconds.
  const lifetimeMs = Math.max(answer.data.expires_in ?? 60, 60) * 1000;
  return {
    value,
    subject,
    seen: {
      ...seen,
      issuedAt: seen.issuedAt ?? time(issuedAt.getTime()),
      expiresAt: time(issuedAt.getTime() + lifetimeMs),
    },
  };
}

/**
 * What a token says of itself, in the token server's words. Nothing is verified: that is the registry's work, and no
 * right follows from it here.
 */
export function describeToken(value: string): TokenSeen {
  const all = claimsOf(value);
  const claims = all && KnownClaims.safeParse(all);
  if (!claims?.success)
    return { form: 'opaque', issuedAt: null, notBefore: null, expiresAt: null, grants: null, subject: null };
  const { sub, iat, nbf, exp, access } = claims.data;
  return {
    form: 'jwt',
    issuedAt: ofSeconds(iat),
    notBefore: ofSeconds(nbf),
    expiresAt: ofSeconds(exp),
    grants:
      access === undefined
        ? null
        : (access ?? [])
            .filter(({ actions }) => actions && actions.length > 0)
            .slice(0, 20)
            .map(({ type, name, actions }) => `${type}:${name}:${actions?.join(',')}`.slice(0, 500)),
    subject: somebody(sub),
  };
}

/** The claims of a JWT (RFC 7519); null for a token of any other form. */
export function claimsOf(value: string): Claims | null {
  const parts = value.split('.');
  if (parts.length !== 3) return null;
  const claims = parseJson(Buffer.from(parts[1] ?? '', 'base64url'));
  return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? { ...claims } : null;
}

function ofSeconds(value: number | undefined): string | null {
  return value === undefined ? null : time(value * 1000);
}

// Times before 2015 and after 2100 are mistakes, or milliseconds.
function time(ms: number): string | null {
  return ms > Date.UTC(2015, 0) && ms < Date.UTC(2100, 0) ? new Date(ms).toISOString() : null;
}
