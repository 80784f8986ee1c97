import { bearerRealm } from '../bearer-realm.ts';
import { defineProvider } from '../define-provider.ts';
import { googleCredentialKinds, googleSignIn } from '../gcloud.ts';

const hostPattern = /^(?:[a-z0-9-]+-docker\.pkg\.dev|docker\.[a-z0-9-]+\.rep\.pkg\.dev)$/;

export const artifactRegistry = defineProvider({
  id: 'artifact-registry',
  name: 'Google Artifact Registry',
  shortName: (host) => {
    const location = /^(?:([a-z0-9-]+)-docker|docker\.([a-z0-9-]+)\.rep)\.pkg\.dev$/.exec(host)?.slice(1);
    return location ? `Artifact Registry ${location.find(Boolean)}` : host;
  },
  mark: 'AR',
  owns: (host) => hostPattern.test(host),
  // Behind a proxy under another name, the realm still names Google's own host.
  recognises: ({ challenge }) => hostPattern.test(bearerRealm(challenge)?.host ?? ''),
  refusesWrongLogins: true,
  anonymous: 'public-images',
  credentialKinds: googleCredentialKinds,
  signIn: googleSignIn,
  quirks: [
    '"Permission … denied on resource … (or it may not exist)" hides which of the two it is.',
    'gcloud auth configure-docker without a host covers the gcr.io hosts only.',
    'An oauth2accesstoken login that was stored in config.json is stale after an hour.',
  ],
  leastPrivilege: 'The role roles/artifactregistry.reader on the repository, not on the project.',
  statusPage: 'https://status.cloud.google.com',
});
