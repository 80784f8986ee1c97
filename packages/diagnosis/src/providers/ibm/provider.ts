import { defineProvider } from '../define-provider.ts';
import { dockerLogin } from '../docker-login.ts';

export const ibm = defineProvider({
  id: 'ibm',
  name: 'IBM Cloud Container Registry',
  shortName: () => 'IBM Cloud',
  mark: 'IB',
  owns: (host) => /^(?:private\.)?(?:[a-z]{2}\d?\.)?icr\.io$/.test(host),
  recognises: ({ challenge }) => /\.icr\.io\/oauth\/token$/.test(challenge?.realm ?? ''),
  anonymous: 'public-images',
  credentialKinds: [
    { what: 'API key', user: 'iamapikey', life: 'until it is deleted' },
    { what: 'IAM access token', user: 'iambearer', life: 'about an hour' },
    { what: 'entitlement key', user: 'cp', life: 'as the contract says' },
  ],
  signIn: ({ host }) => [
    dockerLogin(
      host,
      host === 'cp.icr.io' ? 'cp' : 'iamapikey',
      host === 'cp.icr.io' ? 'the entitlement key' : 'the API key',
    ),
    {
      command: 'ibmcloud cr login',
      says: 'Signs in with the session of the IBM Cloud CLI. It ends with that session.',
      system: 'any',
    },
  ],
  quirks: [
    'A login at another region gets the same answer as none.',
    'ibmcloud cr login stops working when the session of the account ends.',
  ],
  leastPrivilege: 'A service ID with the role Reader on the namespace.',
  statusPage: 'https://cloud.ibm.com/status',
});
