import { singleManifestImage } from '../images.ts';
import { answerError } from '../registry-answer.ts';
import { bearerLookAlike } from './bearer-look-alike.ts';

export const ghcrLogins = {
  /** A token with read:packages. */
  reader: { user: 'octo', password: 'ghp_reader0000000000000000000000000000' },
  /** Lives, but was made without read:packages. */
  noScope: { user: 'octo', password: 'ghp_noscope000000000000000000000000000' },
  /** Revoked: refused for public images too. */
  revoked: { user: 'octo', password: 'ghp_revoked000000000000000000000000000' },
} as const;

/** GitHub's registry: the token endpoint itself refuses, with 403 DENIED. octo/public is public, octo/private is not. */
export function ghcr() {
  return bearerLookAlike({
    tokenPath: '/token',
    challenge: (host, repository) =>
      `Bearer realm="https://${host}/token",service="ghcr.io",scope="repository:${repository ?? 'user/image'}:pull"`,
    decide: ({ login, repository }) => {
      const { reader, noScope } = ghcrLogins;
      if (login?.password === reader.password) return 'may pull';
      if (login?.password === noScope.password && repository === undefined) return 'weaker token';
      if (login?.password === noScope.password) {
        const text = 'permission_denied: The token provided does not match expected scopes.';
        return (response) => answerError(response, 403, 'DENIED', text);
      }
      if (login) return (response) => answerError(response, 403, 'DENIED', 'denied');
      if (repository === undefined || repository === 'octo/public') return 'may pull';
      return (response) => answerError(response, 403, 'DENIED', 'requested access to the resource is denied');
    },
    refuse: (response, challenge, reason) =>
      reason === 'no token'
        ? answerError(response, 401, 'UNAUTHORIZED', 'authentication required', {
            'www-authenticate': challenge,
          })
        : answerError(response, 403, 'DENIED', 'permission_denied: read_package'),
    repositories: {
      'octo/public': { v1: singleManifestImage('ghcr public') },
      'octo/private': { v1: singleManifestImage('ghcr private') },
    },
  });
}
