import { bearerRealm } from '../bearer-realm.ts';
import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const quay = defineProvider({
  id: 'quay',
  name: 'Quay',
  mark: 'QY',
  owns: (host) => host === 'quay.io',
  recognises: ({ challenge }) => {
    const realm = bearerRealm(challenge);
    return realm !== null && realm.path === '/v2/auth' && realm.servesItself;
  },
  refusesWrongLogins: true,
  anonymous: 'public-images',
  credentialKinds: [
    { what: 'robot account', user: 'NAMESPACE+NAME', life: 'until it is regenerated' },
    { what: 'encrypted password', user: 'the user name', life: 'until the password changes' },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'the token of a robot account')],
  quirks: [
    'Private and absent get the same 401 "access to the requested resource is not authorized".',
    'A tag can have an end date; past it, the answer is 404 TAG_EXPIRED.',
  ],
  leastPrivilege: 'A robot account with Read on the repository.',
  statusPage: 'https://status.redhat.com',
});
