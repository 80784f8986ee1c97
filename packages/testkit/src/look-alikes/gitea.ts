import { singleManifestImage } from '../images.ts';
import { answerError } from '../registry-answer.ts';
import { bearerLookAlike } from './bearer-look-alike.ts';

export const giteaLogins = {
  owner: { user: 'gardener', password: 'gitea-pat' },
  wrong: { user: 'gardener', password: 'gitea-old-pat' },
} as const;

/** Gitea and Forgejo: two challenges in one header line. gardener/app is private, gardener/open is public. */
export function gitea() {
  return bearerLookAlike({
    tokenPath: '/v2/token',
    challenge: (host) =>
      `Bearer realm="https://${host}/v2/token",service="container_registry",scope="*",` +
      `Basic realm="https://${host}/v2",service="container_registry",scope="*"`,
    decide: ({ login, repository }) => {
      if (login && login.password !== giteaLogins.owner.password) {
        return (response) => answerError(response, 401, 'UNAUTHORIZED', 'authentication required');
      }
      return repository === 'gardener/open' || login ? 'may pull' : 'weaker token';
    },
    refuse: (response, challenge) =>
      answerError(response, 401, 'UNAUTHORIZED', 'authentication required', {
        'www-authenticate': challenge,
      }),
    repositories: {
      'gardener/app': { '9': singleManifestImage('gitea app') },
      'gardener/open': { '9': singleManifestImage('gitea open') },
    },
  });
}
