import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBasic } from './basic-credentials.ts';
import { type KeyPair, makeSelfSigned } from './certificate-authority.ts';
import { type ListenAt, type Listening, listenHttp } from './http-listener.ts';
import { type Access, type Claims, signToken } from './json-web-token.ts';
import { answer, answerError, answerJson } from './registry-answer.ts';
import { type RecordedRequest, record } from './request-log.ts';

/**
 * The users of the token server, with their passwords.
 *
 * alice pulls everything, bob only what is under bob/, everybody (also without a login) public/* and library/*.
 * The others have alice's rights and a token server that misbehaves; the name says how.
 */
export const tokenUsers = {
  alice: 'wonderland-7',
  bob: 'builder-4',
  'gets-expired': 'sand-1',
  'gets-too-early': 'sand-2',
  'gets-forged': 'sand-3',
  'gets-html': 'sand-4',
  'gets-403': 'sand-5',
  'gets-429': 'sand-6',
  'gets-503': 'sand-7',
} as const;

export interface TokenServerOptions extends ListenAt {
  /** The TLS pair that the server shows; without it the server speaks plain http. */
  tls?: KeyPair;
  /** Key and certificate that sign tokens. The registry trusts this certificate. */
  signer: KeyPair;
  issuer?: string;
  lifetimeSeconds?: number;
  /**
   * What a wrong login gets: a refusal; a token as nobody, as where anybody may pull (Nexus); or that with a scope, and a
   * refusal without one (Harbor). `refused` unless told.
   */
  wrongLogin?: 'refused' | 'as-nobody' | 'refused-without-scope';
  /** Whether those who send no login get a token for public images; they do unless told. */
  anonymous?: 'token' | 'refused';
  /** `opaque`: tokens that say nothing of themselves. The registry of this kit does not take them. */
  tokens?: 'jwt' | 'opaque';
  /** The claim that names the user: `sub` unless told; Gitea has its own, and no `sub`. */
  userClaim?: string;
  /** Sent with every answer: limits, for example. */
  headers?: Record<string, string>;
}

export interface TokenServer extends Listening {
  /** What a registry puts into `realm`. */
  realm: string;
  issuer: string;
  requests: RecordedRequest[];
}

/**
 * Starts a token server, https://distribution.github.io/distribution/spec/auth/token/. What it makes of a wrong login is
 * told by the options.
 *
 * A right password with too few rights gets a weaker token, not an error, as the specification demands. POST with a
 * refresh token (OAuth 2) answers 401, as no such token was ever handed out; other POSTs 405, so that clients which try
 * OAuth first go back to GET.
 */
export async function startTokenServer(options: TokenServerOptions): Promise<TokenServer> {
  const requests: RecordedRequest[] = [];
  const issuer = options.issuer ?? 'clinic-issuer';
  const stranger = await makeSelfSigned({ commonName: 'unknown signer' });
  const listening = await listenHttp((request, response) => {
    record(requests, request);
    for (const [name, value] of Object.entries(options.headers ?? {})) response.setHeader(name, value);
    if (request.method === 'POST') return answerPost(request, response);
    answerToken(request, response, { ...options, issuer, stranger });
  }, options);
  const scheme = options.tls ? 'https' : 'http';
  return { ...listening, realm: `${scheme}://${listening.host}/token`, issuer, requests };
}

function answerToken(
  request: IncomingMessage,
  response: ServerResponse,
  server: TokenServerOptions & { issuer: string; stranger: KeyPair },
) {
  const url = new URL(request.url ?? '/', 'http://token.server');
  const login = readBasic(request.headers.authorization);
  const isWrong = login !== undefined && passwordOf(login.user) !== login.password;
  if (isWrong && isRefused(server.wrongLogin ?? 'refused', url)) {
    return answerError(response, 401, 'UNAUTHORIZED', 'incorrect username or password');
  }
  if (!login && server.anonymous === 'refused') {
    return answerError(response, 401, 'UNAUTHORIZED', 'authentication required');
  }
  const user = isWrong ? '' : (login?.user ?? '');
  switch (user) {
    case 'gets-html':
      return answer(response, 200, 'text/html', '<!DOCTYPE html><html><body>Please sign in</body></html>');
    case 'gets-403':
      return answerError(response, 403, 'DENIED', 'access forbidden');
    case 'gets-429':
      return answerError(response, 429, 'TOOMANYREQUESTS', 'too many requests', { 'retry-after': '60' });
    case 'gets-503':
      return answerError(response, 503, 'UNAVAILABLE', 'authentication service unavailable');
  }
  const lifetime = server.lifetimeSeconds ?? 300;
  // An hour either way: registries forgive 60 seconds.
  const shift = user === 'gets-expired' ? -3600 - lifetime : user === 'gets-too-early' ? 3600 : 0;
  const now = Math.floor(Date.now() / 1000) + shift;
  const { userClaim = 'sub' } = server;
  const claims: Claims = {
    iss: server.issuer,
    sub: '',
    [userClaim]: user,
    aud: url.searchParams.get('service') ?? '',
    exp: now + lifetime,
    nbf: now - 10,
    iat: now,
    jti: randomUUID(),
    access: grantedAccess(user, url.searchParams.getAll('scope')),
  };
  const token =
    server.tokens === 'opaque'
      ? `opaque.${randomUUID()}`
      : signToken(claims, user === 'gets-forged' ? server.stranger : server.signer);
  answerJson(response, 200, {
    token,
    access_token: token,
    expires_in: lifetime,
    issued_at: new Date(now * 1000).toISOString(),
  });
}

function isRefused(wrongLogin: NonNullable<TokenServerOptions['wrongLogin']>, url: URL): boolean {
  return (
    wrongLogin === 'refused' || (wrongLogin === 'refused-without-scope' && !url.searchParams.has('scope'))
  );
}

function answerPost(request: IncomingMessage, response: ServerResponse) {
  let form = '';
  request.on('data', (chunk) => {
    form += chunk;
  });
  request.on('end', () => {
    if (new URLSearchParams(form).get('grant_type') === 'refresh_token') {
      return answerError(response, 401, 'UNAUTHORIZED', 'refresh token is invalid or was revoked');
    }
    answerError(response, 405, 'UNSUPPORTED', 'the operation is unsupported');
  });
}

function passwordOf(user: string): string | undefined {
  return (tokenUsers as Record<string, string>)[user];
}

/** Reads scopes "TYPE:NAME:ACTIONS", several in one parameter parted by blanks; NAME itself may hold colons. */
function grantedAccess(user: string, scopes: readonly string[]): Access[] {
  return scopes
    .flatMap((scope) => scope.split(' '))
    .map((scope) => {
      const parts = scope.split(':');
      const actions = (parts.pop() ?? '').split(',');
      const type = parts.shift() ?? '';
      const name = parts.join(':');
      return { type, name, actions: actions.filter((action) => isAllowed(user, type, name, action)) };
    })
    .filter(({ actions }) => actions.length > 0);
}

function isAllowed(user: string, type: string, name: string, action: string): boolean {
  if (type !== 'repository' || action !== 'pull') return false;
  if (/^(public|library)\//.test(name)) return true;
  if (user === 'bob') return name.startsWith('bob/');
  return user !== '';
}
