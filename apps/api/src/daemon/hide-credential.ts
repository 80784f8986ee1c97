import type { Credential } from '@pull-doctor/contract/credential';
import { Secret } from '@pull-doctor/contract/secret';
import { Scrubber } from '@pull-doctor/registry/http/scrub';

// The daemon quotes a registry's whole answer; more than this is an error page.
const charactersMax = 4_000;

/**
 * Takes the credential of this pull, and everything that looks like a secret, out of the daemon's words: it repeats
 * what the registry said, and a registry may quote the password that it did not like.
 */
export function hideCredential(credential: Credential | null): (text: string) => string {
  const scrubber = new Scrubber();
  for (const secret of secretsOf(credential)) scrubber.hide(secret);
  return (text) => scrubber.text(text, charactersMax);
}

function secretsOf(credential: Credential | null): Secret[] {
  if (!credential) return [];
  if (credential.kind !== 'basic') return [credential.token];
  // As it stands in an Authorization header, once `hide` has made base64 of it.
  return [credential.password, new Secret(`${credential.user}:${credential.password.reveal()}`)];
}
