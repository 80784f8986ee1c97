import { singleManifestImage } from '../images.ts';
import { answerError } from '../registry-answer.ts';
import { bearerLookAlike } from './bearer-look-alike.ts';

export const acrLogins = {
  principal: { user: '5f1e0d0c-0000-4000-8000-000000000001', password: 'acr-secret' },
  wrong: { user: '5f1e0d0c-0000-4000-8000-000000000001', password: 'acr-old-secret' },
  /** Signs in, and has no AcrPull role. */
  noRole: { user: '5f1e0d0c-0000-4000-8000-000000000002', password: 'acr-secret-2' },
} as const;

const sameText =
  'authentication required, visit https://aka.ms/acr/authorization for more information. CorrelationId: 11111111-2222-3333-4444-555555555555';

/** Azure: one 401 text for no login, a wrong one, and one without the role. It holds store/cart:5. */
export function acr() {
  return bearerLookAlike({
    tokenPath: '/oauth2/token',
    challenge: (host, repository) =>
      `Bearer realm="https://${host}/oauth2/token",service="${host}"${repository ? `,scope="repository:${repository}:pull"` : ''}`,
    decide: ({ login, repository }) => {
      const { principal, noRole } = acrLogins;
      const known = [principal, noRole].find(
        ({ user, password }) => user === login?.user && password === login.password,
      );
      if (known === principal) return 'may pull';
      if (known === noRole && repository === undefined) return 'weaker token';
      return (response) => answerError(response, 401, 'UNAUTHORIZED', sameText);
    },
    refuse: (response, challenge, reason) =>
      answerError(response, 401, 'UNAUTHORIZED', sameText, {
        'www-authenticate': reason === 'no token' ? challenge : `${challenge},error="insufficient_scope"`,
      }),
    repositories: { 'store/cart': { '5': singleManifestImage('acr cart') } },
  });
}
