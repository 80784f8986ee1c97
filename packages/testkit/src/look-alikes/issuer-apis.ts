import type { IncomingMessage } from 'node:http';
import type { Handler } from '../http-listener.ts';
import { answer, answerJson } from '../registry-answer.ts';

/*
 * The answers in which issuers tell the end of a token that they are asked with. The tokens are made up: GitHub's and
 * GitLab's have the prefixes of real ones, and no valid checksum.
 */

export const gitHubTokens = {
  /** Ends on 7 October 2027 at 19:07:53 UTC; GitHub writes it so, or with an offset. */
  ends: 'ghp_ends00000000000000000000000000000000',
  endsWithOffset: 'github_pat_ends00000000000000000000000000000000',
  endless: 'gho_endless0000000000000000000000000000',
  strangeEnd: 'ghp_strange0000000000000000000000000000',
  overTheLimit: 'ghp_toooften000000000000000000000000000',
} as const;

const gitHubExpirations: Record<string, string | null> = {
  [gitHubTokens.ends]: '2027-10-07 19:07:53 UTC',
  [gitHubTokens.endsWithOffset]: '2027-10-07 12:07:53 -0700',
  [gitHubTokens.endless]: null,
  [gitHubTokens.strangeEnd]: 'in a while',
};

/**
 * GitHub's REST API, as far as `GET /user`. Unknown tokens get 401.
 *
 * @param more tokens that it knows besides, with what it writes of their end
 */
export function gitHubApi(more: Record<string, string | null> = {}): Handler {
  const expirations = { ...gitHubExpirations, ...more };
  return (request, response) => {
    const token = bearerOf(request);
    if (token === gitHubTokens.overTheLimit) {
      return answerJson(
        response,
        403,
        { message: 'API rate limit exceeded for user ID 1.' },
        { 'x-ratelimit-remaining': '0' },
      );
    }
    if (token === undefined || !Object.hasOwn(expirations, token)) {
      return answerJson(response, 401, { message: 'Bad credentials', status: '401' });
    }
    if (request.method !== 'GET' || request.url !== '/user') {
      return answerJson(response, 404, { message: 'Not Found', status: '404' });
    }
    const expiration = expirations[token] ?? null;
    answerJson(
      response,
      200,
      { login: 'octo', id: 1, email: 'octo@mail.example' },
      {
        'x-oauth-scopes': 'read:packages',
        ...(expiration === null ? {} : { 'github-authentication-token-expiration': expiration }),
      },
    );
  };
}

export const gitLabTokens = {
  /** Ends on 2 March 2027, which is 00:00 UTC of that day. */
  ends: 'glpat-ends0000000000000000',
  endless: 'glpat-endless00000000000000',
  revoked: 'glpat-revoked00000000000000',
  /** Has read_registry only. */
  readRegistry: 'glpat-registry0000000000000',
} as const;

const gitLabSelves: Record<string, object> = {
  [gitLabTokens.ends]: { expires_at: '2027-03-02', revoked: false, active: true },
  [gitLabTokens.endless]: { expires_at: null, revoked: false, active: true },
  [gitLabTokens.revoked]: { expires_at: '2027-03-02', revoked: true, active: false },
};

/**
 * GitLab's REST API, as far as `GET /api/v4/personal_access_tokens/self`.
 *
 * @param root the path under which GitLab stands; none unless told
 */
export function gitLabApi(root = ''): Handler {
  return (request, response) => {
    const token = String(request.headers['private-token'] ?? '');
    if (request.url !== `${root}/api/v4/personal_access_tokens/self`) {
      return answerJson(response, 404, { error: '404 Not Found' });
    }
    if (token === gitLabTokens.readRegistry) {
      const description = 'The request requires higher privileges than provided by the access token.';
      return answerJson(response, 403, {
        error: 'insufficient_scope',
        error_description: description,
        scope: 'api read_api self_rotate',
      });
    }
    const self = gitLabSelves[token];
    if (!self) return answerJson(response, 401, { message: '401 Unauthorized' });
    answerJson(response, 200, { id: 7, name: 'registry', user_id: 3, scopes: ['read_api'], ...self });
  };
}

export const googleTokens = {
  /** Ends at 1830000000 seconds since 1970: 28 December 2027, 13:20 UTC. */
  ends: 'ya29.made-up-and-alive-000000000000',
  expired: 'ya29.made-up-and-expired-0000000000',
} as const;

/** Google's tokeninfo, asked by POST with the token in Authorization. Anything else would have the token in an address. */
export function googleTokenInfo(): Handler {
  return (request, response) => {
    if (request.method !== 'POST' || request.url !== '/tokeninfo') {
      return answer(response, 404, 'text/html', '<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>');
    }
    if (bearerOf(request) !== googleTokens.ends) {
      return answerJson(response, 400, { error: 'invalid_token', error_description: 'Invalid Value' });
    }
    answerJson(response, 200, {
      azp: '32555940559.apps.googleusercontent.com',
      aud: '32555940559.apps.googleusercontent.com',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      exp: '1830000000',
      expires_in: '3599',
      access_type: 'online',
    });
  };
}

function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
