import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const redHat = defineProvider({
  id: 'red-hat',
  name: 'Red Hat registry',
  shortName: () => 'Red Hat',
  mark: 'RH',
  owns: (host) => /^registry\.(?:redhat\.io|access\.redhat\.com|connect\.redhat\.com)$/.test(host),
  recognises: ({ challenge }) => /\/protocol\/redhat-docker-v2\/auth$/.test(challenge?.realm ?? ''),
  tokenRealmHosts: ['registry.redhat.io', 'registry.connect.redhat.com', 'sso.redhat.com'],
  anonymous: 'as-configured',
  credentialKinds: [
    {
      what: 'registry service account',
      user: 'a number, a bar and a name: 1234567|ci',
      life: 'until it is regenerated',
    },
    { what: 'customer portal login', user: 'the portal user', life: 'until the password changes' },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'the token of a registry service account')],
  quirks: [
    'registry.redhat.io needs a login for everything; registry.access.redhat.com needs none.',
    'The user name of a service account holds a bar, which a shell must see in quotes.',
  ],
  leastPrivilege: 'A registry service account, which can do nothing but pull.',
  statusPage: 'https://status.redhat.com',
});
