import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const gitlab = defineProvider({
  id: 'gitlab',
  name: 'GitLab container registry',
  shortName: () => 'GitLab',
  mark: 'GL',
  owns: (host) => host === 'registry.gitlab.com',
  recognises: ({ challenge }) =>
    challenge?.service === 'container_registry' && /\/jwt\/auth$/.test(challenge.realm ?? ''),
  tokenRealmHosts: ['gitlab.com'],
  refusesWrongLogins: true,
  anonymous: 'public-images',
  credentialKinds: [
    {
      what: 'deploy token with read_registry',
      user: 'its own, such as gitlab+deploy-token-7',
      life: 'as chosen; may be without end',
    },
    {
      what: 'personal, project or group access token with read_registry',
      user: 'any',
      life: 'up to a year, to the day',
    },
    { what: 'job token', user: 'gitlab-ci-token', life: 'until the job ends' },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'a deploy token or access token with read_registry')],
  quirks: [
    'Tokens come from the GitLab host, not from the registry: both must be reachable.',
    'A job token that was stored in config.json is always stale.',
    '403 "access forbidden" can also mean that a reverse proxy dropped the Authorization header.',
  ],
  leastPrivilege: 'A deploy token of the project with read_registry and an end date.',
  statusPage: 'https://status.gitlab.com',
});
