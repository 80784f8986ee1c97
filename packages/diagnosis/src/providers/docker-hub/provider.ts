import { shellWord } from '../../words/shell-word.ts';
import { defineProvider } from '../define-provider.ts';

const hosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

export const dockerHub = defineProvider({
  id: 'docker-hub',
  name: 'Docker Hub',
  shortName: (host) => (hosts.has(host) ? 'Docker Hub' : host),
  mark: 'DH',
  owns: (host) => hosts.has(host),
  recognises: ({ challenge }) => challenge?.service === 'registry.docker.io',
  tokenRealmHosts: ['auth.docker.io'],
  refusesWrongLogins: true,
  anonymous: 'public-images',
  credentialKinds: [
    {
      what: 'personal access token',
      user: 'the Docker ID',
      life: 'as chosen when it was made: without end, or up to a year',
    },
    {
      what: 'organization access token',
      user: 'the name of the organization',
      life: 'as chosen, up to a year',
    },
    {
      what: 'password',
      user: 'the Docker ID',
      life: 'until it is changed; refused with two-factor sign-in or enforced SSO',
    },
  ],
  signIn: ({ user }) => [
    user
      ? {
          command: `docker login --username ${shellWord(user)}`,
          says: 'Asks for the access token, tries it at Docker Hub and stores it for the user who runs this.',
          system: 'any',
        }
      : {
          command: 'docker login',
          says: 'Shows a code to enter in the browser, or asks for user name and access token, and stores what Docker Hub gives.',
          system: 'any',
        },
  ],
  quirks: [
    'Only the entry https://index.docker.io/v1/ is read; one under docker.io, index.docker.io or hub.docker.com is dead.',
    'Anybody gets a token, also for what is private or absent; the refusal comes with the manifest, as insufficient_scope.',
    'The preset permission of an access token reads public repositories only.',
    'A name without a slash is an official image, and those are public.',
    'Wrong credentials break pulls of public images too.',
  ],
  leastPrivilege:
    'An access token with the permission Repo Read-only and an end date; in an organization, an organization access token with Image Pull for the repositories that are needed.',
  statusPage: 'https://www.dockerstatus.com',
});
