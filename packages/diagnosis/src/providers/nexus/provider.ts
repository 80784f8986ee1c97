import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const nexus = defineProvider({
  id: 'nexus',
  name: 'Sonatype Nexus Repository',
  shortName: () => 'Nexus',
  mark: 'NX',
  recognises: ({ challenge, server }) =>
    /^Nexus\//i.test(server ?? '') ||
    /^Sonatype Nexus/i.test(challenge?.realm ?? '') ||
    // Compared as texts: behind some proxies both hold the port twice and are no addresses.
    (challenge?.scheme === 'bearer' &&
      /\/v2\/token$/.test(challenge.realm ?? '') &&
      challenge.service === challenge.realm),
  credentialKinds: [
    {
      what: 'user token',
      user: 'the name code of the token',
      life: 'without end, unless the administrator set one',
    },
    { what: 'password', user: 'the user name', life: 'until it changes' },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'the password or the pass code of a user token')],
  quirks: [
    'Each repository has its own port or its own host name; the port of the web page answers 404 to Docker.',
    'No login, a wrong one and a missing right all get the same 401 sentence.',
    'Where anonymous pulls are allowed, any login is accepted: a docker login that works proves nothing.',
    'Behind a reverse proxy that sends X-Forwarded-Host with a port, the realm gets the port twice.',
  ],
  leastPrivilege: 'A role with nx-repository-view-docker-REPOSITORY-read and -browse.',
});
