import { bearerRealm } from '../bearer-realm.ts';
import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const artifactory = defineProvider({
  id: 'artifactory',
  name: 'JFrog Artifactory',
  shortName: (host) => (host.endsWith('.jfrog.io') ? `JFrog ${host.split('.')[0]}` : 'Artifactory'),
  mark: 'JF',
  owns: (host) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.jfrog\.io$/.test(host),
  recognises: ({ challenge, server }) => {
    if (/^Artifactory/i.test(server ?? '') || challenge?.realm === 'Artifactory Realm') return true;
    const realm = bearerRealm(challenge);
    if (realm === null) return false;
    return (
      (realm.path === '/v2/token' && realm.servesItself) ||
      /\/artifactory\/api\/docker\/[^/]+\/v2\/token$/.test(realm.path)
    );
  },
  credentialKinds: [
    {
      what: 'access or identity token',
      user: 'the owner of the token',
      life: 'as chosen; the token itself names the end, or has none',
    },
    { what: 'reference token', user: 'the owner of the token', life: 'as chosen' },
    { what: 'password', user: 'the user name', life: 'until it changes; refused with single sign-on' },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'an identity token')],
  quirks: [
    'The repository key belongs to the name (HOST/REPOSITORY/image) unless the host itself stands for one.',
    'The token endpoint takes GET; POST is answered with 401.',
    'API keys are being removed; a token takes their place.',
  ],
  leastPrivilege: 'A scoped access token of a group with Read on the repository and an end date.',
  statusPage: 'https://status.jfrog.io',
});
