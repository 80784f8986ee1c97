import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const harbor = defineProvider({
  id: 'harbor',
  name: 'Harbor',
  mark: 'HB',
  recognises: ({ challenge }) =>
    challenge?.service === 'harbor-registry' ||
    (challenge?.scheme === 'basic' && challenge.realm?.toLowerCase() === 'harbor'),
  // Only without a scope: with one, a wrong password gets an empty token (https://github.com/goharbor/harbor/issues/11632).
  refusesWrongLogins: true,
  anonymous: 'public-images',
  credentialKinds: [
    { what: 'robot account', user: 'robot$NAME or robot$PROJECT+NAME', life: '30 days unless set otherwise' },
    {
      what: 'CLI secret',
      user: 'the user name',
      life: 'as long as the single sign-on session can be renewed',
    },
    { what: 'password', user: 'the user name', life: 'until it changes; refused with single sign-on' },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'the secret of a robot account, or the CLI secret')],
  quirks: [
    'With a scope, the token endpoint answers 200 and an empty token even for a wrong password; only without one does it say 401.',
    'The dollar in a robot name must stand in single quotes: in double quotes a shell takes it for a variable.',
    'Users of single sign-on need the CLI secret from their profile page, not their password.',
    'A project policy (scan, signature) is answered with 412.',
  ],
  leastPrivilege: 'A robot account of the project with Pull Repository only and an end date.',
});
