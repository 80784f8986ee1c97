import { singleManifestImage } from '../images.ts';
import { answerError } from '../registry-answer.ts';
import { bearerLookAlike } from './bearer-look-alike.ts';

export const gitlabLogins = {
  member: { user: 'deployer', password: 'glpat-member' },
  /** A token that is alive and has no read_registry. */
  noScope: { user: 'deployer', password: 'glpat-noscope' },
  revoked: { user: 'deployer', password: 'glpat-revoked' },
} as const;

/** GitLab: the token endpoint lives on the GitLab host (/jwt/auth). group/app is private, group/open is public. */
export function gitlab() {
  return bearerLookAlike({
    tokenPath: '/jwt/auth',
    challenge: (_, repository) =>
      `Bearer realm="https://gitlab.com/jwt/auth",service="container_registry"${
        repository ? `,scope="repository:${repository}:pull"` : ''
      }`,
    decide: ({ login, repository }) => {
      if (login?.password === gitlabLogins.noScope.password) {
        return (response) => answerError(response, 403, 'DENIED', 'access forbidden');
      }
      if (login && login.password !== gitlabLogins.member.password) {
        const text =
          "HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect or you're required to use a token instead of a password. If a token was provided, it was either incorrect, expired, or improperly scoped.";
        return (response) => answerError(response, 401, 'UNAUTHORIZED', text);
      }
      return repository === 'group/open' || login ? 'may pull' : 'weaker token';
    },
    refuse: (response, challenge, reason) =>
      answerError(response, 401, 'UNAUTHORIZED', 'authentication required', {
        'www-authenticate': reason === 'no token' ? challenge : `${challenge},error="insufficient_scope"`,
      }),
    repositories: {
      'group/app': { main: singleManifestImage('gitlab app') },
      'group/open': { main: singleManifestImage('gitlab open') },
    },
  });
}
