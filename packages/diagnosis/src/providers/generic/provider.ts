import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const generic = defineProvider({
  id: 'generic',
  name: 'a registry',
  shortName: (host) => host,
  owns: () => true,
  credentialKinds: [
    {
      what: 'password or token',
      user: 'as the owner of the registry says',
      life: 'as the owner of the registry says',
    },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'the password or token')],
  quirks: ['Most registries give no login, a wrong one and an expired one the same 401.'],
  leastPrivilege: 'A login that can read this repository and nothing else.',
});
