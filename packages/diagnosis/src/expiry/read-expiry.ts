import type { CredentialKind } from '@pull-doctor/contract/evidence/credentials';
import type { Secret } from '@pull-doctor/contract/secret';
import { readClaims } from './json-web-token.ts';
import { readAzure } from './kinds/azure.ts';
import { readByPrefix } from './kinds/by-prefix.ts';
import { readByRegistry } from './kinds/by-registry.ts';
import { readEcr } from './kinds/ecr.ts';
import { readGoogle } from './kinds/google.ts';
import { readIbm } from './kinds/ibm.ts';
import { readJfrog } from './kinds/jfrog.ts';
import { readOracle } from './kinds/oracle.ts';
import { ends, type Reader, type Reading, unknownEnd } from './reading.ts';

const readers: readonly Reader[] = [
  readEcr,
  readAzure,
  readGoogle,
  readJfrog,
  readOracle,
  readIbm,
  readByPrefix,
  readByRegistry,
  readIdentityToken,
];

// Helpers that get a new password for every pull, from the cloud's own session.
const mintingHelpers = new Set(['ecr-login', 'gcloud', 'gcr', 'acr-env', 'acr-login']);

export interface ExpiryQuestion {
  /** As in the reference: `docker.io`, `ghcr.io`, `reg.example.com:5000`. */
  registry: string;
  user: string | null;
  secret: Secret;
  kind: CredentialKind;
  /** The helper that gave it, without `docker-credential-`; null: it was in a file. */
  helper: string | null;
  now: Date;
}

/**
 * What a stored credential is by its form, and until when it works, as far as it tells itself. Asks nobody, decodes
 * only, and never puts a usual lifetime in place of a fact: what cannot be read is `unknown`, with the reason.
 *
 * A credential from a helper that gets new ones is `renews-itself`, unless the one it gave has ended already.
 */
export function readExpiry({ registry, user, secret, kind, helper, now }: ExpiryQuestion): Reading {
  const reading = readStored({ registry, user, secret: secret.reveal(), kind });
  if (helper === null || !mintingHelpers.has(helper)) return reading;
  const { endsAt } = reading.expiry;
  if (endsAt !== null && Date.parse(endsAt) <= now.getTime()) return reading;
  const source = `docker-credential-${helper} gets a new one when it is asked.`;
  return { ...reading, expiry: { state: 'renews-itself', endsAt: null, issuedAt: null, source } };
}

function readStored(credential: Parameters<Reader>[0]): Reading {
  for (const read of readers) {
    const reading = read(credential);
    if (reading) return reading;
  }
  if (credential.kind === 'basic' && readClaims(credential.secret))
    return unknownEnd(
      'JSON web token',
      `Whether ${credential.registry} goes by the dates in this token is not known.`,
    );
  const what = credential.kind === 'basic' ? 'A password' : 'A token of this form';
  return unknownEnd(null, `${what} does not say when it ends.`);
}

/** An identity or registry token is sent as it is, so where it is a JSON web token, its `exp` is its own end. */
function readIdentityToken({ kind, secret }: Parameters<Reader>[0]): Reading | null {
  const claims = kind === 'basic' ? null : readClaims(secret);
  if (claims === null) return null;
  const looksLike = kind === 'identity-token' ? 'identity token' : 'registry token';
  if (claims.endsAt !== null) return ends(looksLike, claims.endsAt, claims.issuedAt, 'exp of the token');
  return unknownEnd(
    looksLike,
    claims.hasEnd ? 'The exp of the token cannot be right.' : 'The token names no end.',
  );
}
