import { singleManifestImage } from '../images.ts';
import { answerError } from '../registry-answer.ts';
import { bearerLookAlike } from './bearer-look-alike.ts';

export const quayLogins = {
  robot: { user: 'clinic+puller', password: 'QUAYROBOT1' },
  wrong: { user: 'clinic+puller', password: 'QUAYROBOT0' },
} as const;

/** Quay: private and missing look the same. clinic/app is private, clinic/open is public. */
export function quay() {
  return bearerLookAlike({
    tokenPath: '/v2/auth',
    challenge: (host, repository) =>
      `Bearer realm="https://${host}/v2/auth",service="${host}"${repository ? `,scope="repository:${repository}:pull"` : ''}`,
    decide: ({ login, repository }) => {
      if (login && login.password !== quayLogins.robot.password) {
        const text = `Could not find robot with username: ${login.user} and supplied password.`;
        return (response) => answerError(response, 401, 'UNAUTHORIZED', text);
      }
      return repository === 'clinic/open' || (login && repository === 'clinic/app')
        ? 'may pull'
        : 'weaker token';
    },
    refuse: (response, challenge) =>
      answerError(response, 401, 'UNAUTHORIZED', 'access to the requested resource is not authorized', {
        'www-authenticate': challenge,
      }),
    repositories: {
      'clinic/app': { stable: singleManifestImage('quay app') },
      'clinic/open': { stable: singleManifestImage('quay open') },
    },
  });
}
