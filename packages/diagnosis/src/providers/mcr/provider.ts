import { defineProvider } from '../define-provider.ts';

export const mcr = defineProvider({
  id: 'mcr',
  name: 'Microsoft Artifact Registry',
  shortName: () => 'Microsoft',
  mark: 'MS',
  owns: (host) => host === 'mcr.microsoft.com',
  anonymous: 'every-image',
  hidesAbsence: false,
  credentialKinds: [],
  signIn: () => [],
  quirks: ['Everything is public and there is nothing to sign in to: a stored login can only do harm.'],
  leastPrivilege: 'None: all images are public.',
  statusPage: 'https://azure.status.microsoft',
});
