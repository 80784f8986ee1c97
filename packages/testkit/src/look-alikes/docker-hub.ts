import { multiPlatformImage, singleManifestImage } from '../images.ts';
import { answerError, answerJson } from '../registry-answer.ts';
import { bearerLookAlike } from './bearer-look-alike.ts';

/** Logins of the Docker Hub look-alike. */
export const dockerHubLogins = {
  member: { user: 'harbourmaster', password: 'dckr_pat_fresh' },
  /** The personal access token has passed its end date. */
  expired: { user: 'harbourmaster', password: 'dckr_pat_expired' },
  /** May sign in, may not read acme/private. */
  outsider: { user: 'outsider', password: 'dckr_pat_outsider' },
} as const;

const publicRepositories = ['library/hello', 'library/busy', 'acme/public'];

/**
 * Docker Hub, for registry-1.docker.io and auth.docker.io alike.
 *
 * library/* and acme/public are public, acme/private is the member's; library/busy is over its rate limit. A token is
 * given to everybody for everything, and the registry then says insufficient_scope, also for what does not exist.
 */
export function dockerHub() {
  return bearerLookAlike({
    tokenPath: '/token',
    challenge: (_, repository) =>
      `Bearer realm="https://auth.docker.io/token",service="registry.docker.io"${
        repository ? `,scope="repository:${repository}:pull"` : ''
      }`,
    decide: ({ login, repository }) => {
      const { member, expired, outsider } = dockerHubLogins;
      const known = [member, expired, outsider].find(
        ({ user, password }) => user === login?.user && password === login.password,
      );
      if (login && !known) {
        return (response) => answerJson(response, 401, { details: 'incorrect username or password' });
      }
      if (known === expired) {
        return (response) => answerJson(response, 401, { details: 'personal access token is expired' });
      }
      if (repository === undefined) return 'weaker token';
      return publicRepositories.includes(repository) || (known === member && repository === 'acme/private')
        ? 'may pull'
        : 'weaker token';
    },
    refuse: (response, challenge, reason) =>
      answerError(response, 401, 'UNAUTHORIZED', 'authentication required', {
        'www-authenticate': reason === 'no token' ? challenge : `${challenge},error="insufficient_scope"`,
      }),
    before: (request, response) => {
      if (!request.url?.startsWith('/v2/library/busy/manifests/') || !request.headers.authorization)
        return false;
      answerError(
        response,
        429,
        'TOOMANYREQUESTS',
        'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
        { 'retry-after': '600', 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '0;w=21600' },
      );
      return true;
    },
    repositories: {
      'library/hello': { latest: multiPlatformImage('hub hello') },
      'library/busy': { latest: singleManifestImage('hub busy') },
      'acme/public': { '1.0': singleManifestImage('hub public') },
      'acme/private': { '1.0': singleManifestImage('hub private') },
    },
    rateLimit: { limit: 100, remaining: 76, windowSeconds: 21600 },
  });
}
