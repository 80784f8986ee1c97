import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const gitea = defineProvider({
  id: 'gitea',
  name: 'Gitea or Forgejo',
  shortName: (host) => (host === 'codeberg.org' ? 'Codeberg' : 'Gitea'),
  mark: 'GT',
  owns: (host) => host === 'codeberg.org' || host === 'gitea.com',
  recognises: ({ challenge }) =>
    challenge?.service === 'container_registry' &&
    // It sends two challenges, and a client that knows no Bearer takes the second.
    (challenge.scheme === 'basic' || /\/v2\/token$/.test(challenge.realm ?? '')),
  refusesWrongLogins: true,
  anonymous: 'public-images',
  credentialKinds: [
    { what: 'access token with read:package', user: 'the user name', life: 'until it is deleted' },
    { what: 'password', user: 'the user name', life: 'until it changes; refused with two-factor sign-in' },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'an access token with read:package')],
  quirks: [
    'No login, a wrong one and a missing right all get the same 401.',
    'A reverse proxy must pass /v2/ at the root, even where the pages live under a path.',
  ],
  leastPrivilege: 'An access token with the scope read:package.',
});
