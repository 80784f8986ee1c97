import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const digitalocean = defineProvider({
  id: 'digitalocean',
  name: 'DigitalOcean Container Registry',
  shortName: () => 'DigitalOcean',
  mark: 'DO',
  owns: (host) => host === 'registry.digitalocean.com',
  tokenRealmHosts: ['api.digitalocean.com'],
  anonymous: 'never',
  credentialKinds: [
    {
      what: 'API token',
      user: 'the same token',
      life: '30 days from doctl registry login, unless set otherwise',
    },
  ],
  signIn: ({ host }) => [
    {
      command: 'doctl registry login --read-only --expiry-seconds 2592000',
      says: 'Makes a token that can only pull and works for 30 days, and stores it.',
      system: 'any',
    },
    dockerLogin(host, null, 'an API token (it is user name and password both)'),
  ],
  quirks: ['User name and password are both the API token.', 'There are no anonymous pulls.'],
  leastPrivilege: 'doctl registry login --read-only.',
  statusPage: 'https://status.digitalocean.com',
});
