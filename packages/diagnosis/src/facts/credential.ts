import type { CredentialSource, UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { secondsBetween } from '../words/instant.ts';

/** Seconds since the credential ended, or nothing where it has not ended or does not tell. */
export function endedSecondsAgo(credential: UsedCredential | null | undefined, now: string): number | null {
  const endsAt = credential?.expiry.endsAt;
  if (!endsAt) return null;
  const ago = secondsBetween(endsAt, now);
  return ago >= 0 ? ago : null;
}

/** A place that may hold a credential which Docker finds but Pull Doctor cannot read from where it runs. */
export function unseenCredential(evidence: Evidence): CredentialSource | null {
  if (evidence.credentials?.used) return null;
  return evidence.credentials?.sources.find(({ code }) => code === 'elsewhere') ?? null;
}

const placeNames: Record<UsedCredential['place'], string> = {
  DOCKER_AUTH_CONFIG: 'DOCKER_AUTH_CONFIG',
  credHelpers: 'a credential helper',
  credsStore: 'the credential store',
  auths: 'config.json',
};

/** `the login of deploy in config.json`, `the credential from docker-credential-ecr-login`. */
export function credentialInWords(used: UsedCredential): string {
  const place = used.helper ? `docker-credential-${used.helper}` : placeNames[used.place];
  const isUser = used.user && used.user !== '<token>' && used.kind === 'basic';
  return isUser ? `the login of ${used.user} from ${place}` : `the credential from ${place}`;
}
