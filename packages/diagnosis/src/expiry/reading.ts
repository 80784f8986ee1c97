import type { CredentialKind, Expiry } from '@pull-doctor/contract/evidence/credentials';

/** A credential to be read. The secret is in the clear here; nothing made from it leaves but dates and a name. */
export interface StoredCredential {
  /** As in the reference: `docker.io`, `111122223333.dkr.ecr.eu-west-1.amazonaws.com`. */
  registry: string;
  user: string | null;
  secret: string;
  kind: CredentialKind;
}

/** What a secret is, and what it says about its end. */
export interface Reading {
  looksLike: string | null;
  expiry: Expiry;
}

/** Recognises one kind of secret; null for all others. */
export type Reader = (credential: StoredCredential) => Reading | null;

// Secrets with an end were not issued before these registries were there, and not for the next century either; a
// number outside is milliseconds taken for seconds, or no time at all.
const earliest = Date.UTC(2015, 0) / 1000;
const latest = Date.UTC(2100, 0) / 1000;

/** Seconds since 1970 as an ISO date; null for what cannot be the time of a credential. */
export function instant(seconds: unknown): string | null {
  if (typeof seconds !== 'number' || !(seconds >= earliest && seconds < latest)) return null;
  return new Date(Math.floor(seconds) * 1000).toISOString();
}

export function ends(looksLike: string, endsAt: string, issuedAt: string | null, source: string): Reading {
  return { looksLike, expiry: { state: 'ends', endsAt, issuedAt, source } };
}

export function unknownEnd(looksLike: string | null, source: string): Reading {
  return { looksLike, expiry: { state: 'unknown', endsAt: null, issuedAt: null, source } };
}

export function endless(looksLike: string, source: string): Reading {
  return { looksLike, expiry: { state: 'no-expiry', endsAt: null, issuedAt: null, source } };
}
