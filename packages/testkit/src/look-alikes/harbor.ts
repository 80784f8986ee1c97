import { singleManifestImage } from '../images.ts';
import { answerError } from '../registry-answer.ts';
import { bearerLookAlike } from './bearer-look-alike.ts';

export const harborLogins = {
  robot: { user: 'robot$project+puller', password: 'harbor-secret' },
  wrong: { user: 'robot$project+puller', password: 'not-the-secret' },
  /** Right password, no member of the project. */
  outsider: { user: 'visitor', password: 'visitor-secret' },
} as const;

/**
 * Harbor: with a scope, a wrong password gets 200 and a token without rights; only without a scope it gets 401.
 *
 * project/app is private, open/app is public.
 */
export function harbor() {
  return bearerLookAlike({
    tokenPath: '/service/token',
    challenge: (host, repository) =>
      `Bearer realm="https://${host}/service/token",service="harbor-registry"${
        repository ? `,scope="repository:${repository}:pull"` : ''
      }`,
    decide: ({ login, repository }) => {
      const { robot, outsider } = harborLogins;
      const known = [robot, outsider].find(
        ({ user, password }) => user === login?.user && password === login.password,
      );
      if (repository === undefined) {
        if (known || !login) return 'weaker token';
        return (response) => answerError(response, 401, 'UNAUTHORIZED', 'unauthorized');
      }
      return repository === 'open/app' || known === robot ? 'may pull' : 'weaker token';
    },
    refuse: (response, challenge, reason) =>
      answerError(
        response,
        401,
        'UNAUTHORIZED',
        reason === 'no token'
          ? 'unauthorized to access registry'
          : 'unauthorized to access repository: project/app, action: pull: unauthorized to access repository: project/app, action: pull',
        // Once an Authorization header came, Harbor challenges with Basic
        { 'www-authenticate': reason === 'no token' ? challenge : 'Basic realm="harbor"' },
      ),
    repositories: {
      'project/app': { '2': singleManifestImage('harbor app') },
      'open/app': { '2': singleManifestImage('harbor open') },
    },
  });
}
