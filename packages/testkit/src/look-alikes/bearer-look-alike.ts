import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBasic } from '../basic-credentials.ts';
import type { Handler } from '../http-listener.ts';
import { answerJson } from '../registry-answer.ts';
import { type Repositories, registryHandler } from '../registry-server.ts';

/** What the token endpoint is asked. `repository` is undefined when no scope was given (a check of the login alone). */
export interface TokenQuestion {
  login: { user: string; password: string } | undefined;
  repository: string | undefined;
}

/** 'may pull', 'weaker token' (200 without the right), or an answer of its own. */
export type TokenDecision = 'may pull' | 'weaker token' | ((response: ServerResponse) => void);

/** How one vendor's registry behaves where it differs from others. */
export interface Vendor {
  /** Path of the token endpoint on whichever host answers it. */
  tokenPath: string;
  /** The challenge without its `error` parameter. */
  challenge: (registryHost: string, repository: string | undefined) => string;
  decide: (question: TokenQuestion) => TokenDecision;
  /** Refuses a request. `reason`: no token came, or a token that does not cover the repository. */
  refuse: (response: ServerResponse, challenge: string, reason: 'no token' | 'insufficient scope') => void;
  /** Sees each request first; true when it has answered. */
  before?: (request: IncomingMessage, response: ServerResponse) => boolean;
  repositories: Repositories;
  rateLimit?: { limit: number; remaining: number; windowSeconds: number };
}

/** Serves both the registry and its token endpoint; a vendor with two hosts gets the same handler under both names. */
export function bearerLookAlike(vendor: Vendor): Handler {
  // Opaque tokens: GHCR and Quay promise no JWT, and a client must not read one.
  const grants = new Map<string, string | undefined>();
  const registry = registryHandler({
    repositories: vendor.repositories,
    ...(vendor.rateLimit ? { rateLimit: vendor.rateLimit } : {}),
  });
  return (request, response) => {
    if (vendor.before?.(request, response)) return;
    const url = new URL(request.url ?? '/', 'http://look.alike');
    if (url.pathname === vendor.tokenPath) return answerToken(vendor, grants, request, response, url);

    const repository = /^\/v2\/(.+)\/(?:manifests|blobs|tags)\//.exec(url.pathname)?.[1];
    const challenge = vendor.challenge(request.headers.host ?? '', repository);
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !grants.has(token)) return vendor.refuse(response, challenge, 'no token');
    if (repository !== undefined && grants.get(token) !== repository) {
      return vendor.refuse(response, challenge, 'insufficient scope');
    }
    registry(request, response);
  };
}

function answerToken(
  vendor: Vendor,
  grants: Map<string, string | undefined>,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) {
  const repository = /^repository:(.+):[a-z,]*pull/.exec(url.searchParams.get('scope') ?? '')?.[1];
  const decision = vendor.decide({ login: readBasic(request.headers.authorization), repository });
  if (typeof decision === 'function') return decision(response);
  const token = randomUUID();
  grants.set(token, decision === 'may pull' ? repository : undefined);
  answerJson(response, 200, { token, expires_in: 300, issued_at: new Date().toISOString() });
}
