import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const distribution = defineProvider({
  id: 'distribution',
  name: 'Docker Registry (distribution)',
  shortName: (host) => host,
  recognises: ({ challenge }) =>
    (challenge?.scheme === 'basic' && challenge.realm === 'Registry Realm') ||
    (challenge?.scheme === 'bearer' && /\/auth\/token$/.test(challenge.realm ?? '')),
  hidesAbsence: false,
  credentialKinds: [
    { what: 'htpasswd password', user: 'as in the htpasswd file', life: 'until it changes' },
    {
      what: 'login at the token server',
      user: 'as the token server knows it',
      life: 'as the token server decides',
    },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'the password')],
  quirks: [
    'No login and a wrong one get the same 401.',
    'Only bcrypt lines of an htpasswd file are read (htpasswd -B); any other looks like a wrong password.',
    'A repository that does not exist is answered MANIFEST_UNKNOWN; only the list of tags says NAME_UNKNOWN.',
    'A token is refused when the clocks of token server and registry differ by more than a minute.',
  ],
  leastPrivilege:
    'With htpasswd, every user may read everything; with a token server, pull on the repository.',
});
