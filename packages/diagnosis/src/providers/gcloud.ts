import type { Command } from '@pull-doctor/contract/finding';
import { shellWord } from '../words/shell-word.ts';
import type { CredentialKindFacts, SignInTarget } from './define-provider.ts';
import { pipedLogin } from './docker-login.ts';

/** Artifact Registry and gcr.io are one service behind two kinds of host. */
export function googleSignIn({ host }: SignInTarget): Command[] {
  return [
    {
      command: `gcloud auth configure-docker ${shellWord(host)}`,
      says: 'Writes a credential helper for this host into config.json. It asks gcloud for a fresh token at every pull.',
      system: 'any',
    },
    pipedLogin(
      'gcloud auth print-access-token',
      `https://${host}`,
      'oauth2accesstoken',
      'Stores the access token of the gcloud session. It works for an hour at most.',
    ),
  ];
}

export const googleCredentialKinds: readonly CredentialKindFacts[] = [
  { what: 'access token', user: 'oauth2accesstoken', life: 'an hour' },
  {
    what: 'service account key',
    user: '_json_key or _json_key_base64',
    life: 'until it is deleted, unless the organization limits it',
  },
  {
    what: 'gcloud credential helper',
    user: 'set by the helper',
    life: 'renews itself as long as the gcloud session lives',
  },
];
