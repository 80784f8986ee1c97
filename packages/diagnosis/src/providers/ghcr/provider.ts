import { defineProvider } from '../define-provider.ts';
import { dockerLogin, pipedLogin } from '../docker-login.ts';

export const ghcr = defineProvider({
  id: 'ghcr',
  name: 'GitHub Container Registry',
  shortName: (host) => (host === 'ghcr.io' ? 'GHCR' : host),
  mark: 'GH',
  owns: (host) => /^(?:ghcr\.io|docker\.pkg\.github\.com|containers\.[a-z0-9.-]+\.ghe\.com)$/.test(host),
  recognises: ({ challenge }) => challenge?.service === 'ghcr.io',
  tokenRealmHosts: ['ghcr.io'],
  refusesWrongLogins: true,
  anonymous: 'public-images',
  credentialKinds: [
    {
      what: 'personal access token (classic) with read:packages',
      user: 'any; the token decides',
      life: 'as chosen when it was made',
    },
    { what: 'GITHUB_TOKEN of a workflow', user: 'any', life: 'until the job ends' },
  ],
  signIn: ({ host, user }) => [
    dockerLogin(host, user, 'a personal access token (classic) with read:packages'),
    pipedLogin(
      'gh auth token',
      host,
      user ?? 'github',
      'Stores the token of the GitHub CLI. It needs the scope first: gh auth refresh --scopes read:packages.',
    ),
  ],
  quirks: [
    'The token endpoint itself answers 403 DENIED for what the caller may not see.',
    'A token that is expired, revoked or without read:packages is refused for public images too.',
    'Fine-grained personal access tokens are not accepted.',
    'With SAML single sign-on, the token must be authorized for the organization.',
    'Private and absent get the same answer.',
  ],
  leastPrivilege:
    'In a workflow, GITHUB_TOKEN with packages: read. Elsewhere, a classic token of a machine user with read:packages only and an end date.',
  statusPage: 'https://www.githubstatus.com',
});
