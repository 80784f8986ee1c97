import type { CredentialKind } from '@pull-doctor/contract/evidence/credentials';
import type { Secret } from '@pull-doctor/contract/secret';
import { endOfToken, readClaims } from './json-web-token.ts';
import { readAwsAccessKey } from './kinds/aws-access-key.ts';
import { readAzure } from './kinds/azure.ts';
import { readDigitalOcean } from './kinds/digitalocean.ts';
import { readDockerHub } from './kinds/docker-hub.ts';
import { readEcr } from './kinds/ecr.ts';
import { readGitea } from './kinds/gitea.ts';
import { readGitHub } from './kinds/github.ts';
import { readGitLab } from './kinds/gitlab.ts';
import { readGoogle } from './kinds/google.ts';
import { readHarbor } from './kinds/harbor.ts';
import { readIbm } from './kinds/ibm.ts';
import { readJfrog } from './kinds/jfrog.ts';
import { readOracle } from './kinds/oracle.ts';
import { readQuay } from './kinds/quay.ts';
import { readRedHat } from './kinds/red-hat.ts';
import { readScaleway } from './kinds/scaleway.ts';
import { type Reader, type Reading, unknownEnd } from './reading.ts';

/**
 * In this order: what the secret itself proves comes before what only its registry or its user lets one conclude. A
 * GitHub token that was stored for a registry of Oracle is a GitHub token.
 */
const readers: readonly Reader[] = [
  readGitHub,
  readGitLab,
  readDigitalOcean,
  readJfrog,
  readAwsAccessKey,
  readEcr,
  readDockerHub,
  readGoogle,
  readAzure,
  readQuay,
  readHarbor,
  readRedHat,
  readOracle,
  readIbm,
  readScaleway,
  readGitea,
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
 * A credential from a helper that gets new ones is `renews-itself`, with the end of the one it gave where that is known;
 * unless that has passed already.
 */
export function readExpiry({ registry, user, secret, kind, helper, now }: ExpiryQuestion): Reading {
  const reading = readStored({ registry, user, secret: secret.reveal(), kind });
  if (helper === null || !mintingHelpers.has(helper)) return reading;
  const { endsAt } = reading.expiry;
  if (endsAt !== null && Date.parse(endsAt) <= now.getTime()) return reading;
  const source = `docker-credential-${helper} gets a new one when it is asked.`;
  return { ...reading, expiry: { ...reading.expiry, state: 'renews-itself', source } };
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
  return endOfToken(looksLike, claims, unknownEnd(looksLike, 'The token names no end.'));
}
