import { bearerRealm, isRealmOfItself } from '../bearer-realm.ts';
import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const distribution = defineProvider({
  id: 'distribution',
  name: 'Docker Registry (distribution)',
  shortName: (host) => host,
  recognises: (seen) => {
    const { challenge, answer } = seen;
    // Many products send the header: it counts only where nothing of their own was said.
    const namesItself = answer?.apiVersionHeader === true;
    if (challenge === null) return namesItself && answer.status === 200;
    if (challenge.scheme === 'basic') return namesItself || challenge.realm === 'Registry Realm';
    return bearerRealm(challenge)?.path === '/auth/token' && isRealmOfItself(seen);
  },
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
