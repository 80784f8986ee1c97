import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const ocir = defineProvider({
  id: 'ocir',
  name: 'Oracle Cloud registry',
  shortName: () => 'OCIR',
  mark: 'OC',
  owns: (host) =>
    /^(?:(?:[a-z]{3}|[a-z]+-[a-z]+-\d+)\.ocir\.io|ocir\.[a-z0-9-]+\.oci\.oraclecloud\.com)$/.test(host),
  recognises: ({ challenge }) => /\/20180419\/docker\/token$/.test(challenge?.realm ?? ''),
  anonymous: 'public-images',
  credentialKinds: [
    {
      what: 'auth token of a user',
      user: 'NAMESPACE/USER, for federated users NAMESPACE/DOMAIN/USER',
      life: 'until it is revoked; two for each user',
    },
    { what: 'bearer token', user: 'BEARER_TOKEN', life: 'short; the token itself names the end' },
  ],
  signIn: ({ host, user }) => [dockerLogin(host, user, 'an auth token (not the password of the console)')],
  quirks: [
    'The user name starts with the namespace of the tenancy; a wrong form of it is the usual reason for 401.',
    'A repository that no policy lets one read is answered like one that is not there.',
  ],
  leastPrivilege: 'A policy: Allow group GROUP to read repos in compartment COMPARTMENT.',
  statusPage: 'https://ocistatus.oraclecloud.com',
});
