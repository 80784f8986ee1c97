import { createHmac, randomBytes } from 'node:crypto';
import type { Credential } from '@pull-doctor/contract/credential';
import type { CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';

// Of this process alone and never written: the print of a secret tells nothing to anybody else.
const key = randomBytes(32);

/** The same for the same credential from the same place, and another one for any other; also for a reason to have none. */
export function printOf(evidence: CredentialsEvidence, credential: Credential | null): string {
  // What renews itself is another one at each look, and the same login.
  const secret =
    credential === null || evidence.used?.expiry.state === 'renews-itself'
      ? ''
      : (credential.kind === 'basic' ? credential.password : credential.token).reveal();
  const user = credential?.kind === 'basic' ? credential.user : '';
  const places = evidence.sources.map(({ place, key, state, code }) => [place, key, state, code]);
  return createHmac('sha256', key)
    .update(JSON.stringify([credential?.kind, user, secret, places]))
    .digest('base64url');
}
