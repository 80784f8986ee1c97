import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBasic } from './basic-credentials.ts';
import { readToken } from './json-web-token.ts';
import { answerError } from './registry-answer.ts';

/** How a registry lets callers in: to all, by Basic (RFC 7617), or by a token of a token server. */
export type RegistryAuth =
  | { kind: 'open' }
  | { kind: 'basic'; realm: string; users: Record<string, string> }
  | { kind: 'bearer'; realm: string; service: string; issuer: string; signerCertificate: string };

// distribution forgives clocks that are a minute apart, registry/auth/token/token.go
const leewaySeconds = 60;

/**
 * True when the caller may go on. Otherwise the 401 with its challenge has been sent.
 *
 * `scope` ("repository:NAME:pull") is undefined for the ping, which any valid credential passes.
 */
export function mayEnter(
  auth: RegistryAuth,
  request: IncomingMessage,
  response: ServerResponse,
  scope: string | undefined,
): boolean {
  const refusal = whyRefused(auth, request.headers.authorization, scope);
  if (refusal === undefined) return true;
  answerError(
    response,
    401,
    'UNAUTHORIZED',
    'authentication required',
    { 'www-authenticate': refusal },
    null,
  );
  return false;
}

/** The challenge to answer with, or undefined where the caller may enter. */
function whyRefused(
  auth: RegistryAuth,
  header: string | undefined,
  scope: string | undefined,
): string | undefined {
  switch (auth.kind) {
    case 'open':
      return undefined;
    case 'basic': {
      const login = readBasic(header);
      const isRight = login !== undefined && auth.users[login.user] === login.password;
      return isRight ? undefined : `Basic realm="${auth.realm}"`;
    }
    case 'bearer': {
      const challenge = `Bearer realm="${auth.realm}",service="${auth.service}"${scope ? `,scope="${scope}"` : ''}`;
      const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
      if (token === undefined) return challenge;
      const claims = readToken(token, auth.signerCertificate);
      const now = Date.now() / 1000;
      const isValid =
        claims?.iss === auth.issuer &&
        claims.aud === auth.service &&
        claims.nbf - leewaySeconds <= now &&
        now <= claims.exp + leewaySeconds;
      if (!isValid) return `${challenge},error="invalid_token"`;
      if (scope === undefined) return undefined;
      const isGranted = claims.access.some(
        ({ type, name, actions }) => `${type}:${name}:pull` === scope && actions.includes('pull'),
      );
      return isGranted ? undefined : `${challenge},error="insufficient_scope"`;
    }
  }
}
