import { bearerRealm } from '../bearer-realm.ts';
import { defineProvider } from '../define-provider.ts';
import { googleCredentialKinds, googleSignIn } from '../gcloud.ts';

const hostPattern = /^(?:(?:us|eu|asia|marketplace|mirror|k8s)\.)?gcr\.io$/;

export const gcr = defineProvider({
  id: 'gcr',
  name: 'gcr.io',
  shortName: (host) => host,
  mark: 'AR',
  owns: (host) => hostPattern.test(host),
  // Behind a proxy under another name, the realm still names Google's own host.
  recognises: ({ challenge }) => hostPattern.test(bearerRealm(challenge)?.host ?? ''),
  refusesWrongLogins: true,
  anonymous: 'public-images',
  credentialKinds: googleCredentialKinds,
  signIn: googleSignIn,
  quirks: [
    'Since Container Registry was shut down in March 2025, Artifact Registry answers under gcr.io.',
    'An oauth2accesstoken login that was stored in config.json is stale after an hour.',
  ],
  leastPrivilege: 'The role roles/artifactregistry.reader on the gcr.io repository of the project.',
  statusPage: 'https://status.cloud.google.com',
});
