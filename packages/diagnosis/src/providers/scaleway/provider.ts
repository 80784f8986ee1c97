import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const scaleway = defineProvider({
  id: 'scaleway',
  name: 'Scaleway Container Registry',
  shortName: () => 'Scaleway',
  mark: 'SW',
  owns: (host) => /^rg\.[a-z]{2}-[a-z]{3}\.scw\.cloud$/.test(host),
  tokenRealmHosts: ['api.scaleway.com'],
  anonymous: 'public-images',
  credentialKinds: [
    { what: 'secret key of an API key', user: 'nologin', life: 'as chosen when it was made' },
  ],
  signIn: ({ host }) => [dockerLogin(host, 'nologin', 'the secret key of an API key')],
  quirks: ['What a key may not read is answered with 404, like what is not there.'],
  leastPrivilege: 'An IAM application with ContainerRegistryReadOnly.',
  statusPage: 'https://status.scaleway.com',
});
