import type { Credential } from '@pull-doctor/contract/credential';
import type { RealmVerdict } from '@pull-doctor/contract/evidence/registry';
import type { CheckEvidence } from '@pull-doctor/contract/registries';
import type { Secret } from '@pull-doctor/contract/secret';
import type { Asked, Request } from '../http/asker.ts';

/** What an issuer told of one token; neither an end nor `never` where it did not tell, and `says` has the reason. */
export type IssuerEnd = NonNullable<CheckEvidence['issuerEnd']>;

/** A credential that a registry accepted, and what tells whose it is. */
export interface Accepted {
  credential: Credential;
  /** As in image names. */
  registryName: string;
  /** The provider that the registry's challenge or name tells, as its id. */
  provider: string | null;
  /** Where its tokens come from. */
  realm: RealmVerdict | null;
}

/** Addresses of the issuers' APIs in place of their own. */
export interface IssuerApis {
  github: string;
  gitlab: string;
  google: string;
}

/** Who gives out tokens of one kind, and tells their end when asked with them. */
export interface Issuer {
  id: keyof IssuerApis;
  /**
   * Where this token's issuer is asked, without a slash at the end; null where the token is not one of this issuer, or
   * does not belong to this registry.
   */
  apiOf(accepted: Accepted, token: Secret): string | null;
  request(api: string, token: Secret): Request;
  /** What an answer of 200 says. */
  read(asked: Asked, host: string): IssuerEnd;
  /** What another answer means, where this issuer has words of its own for it. */
  refusal?(status: number, host: string): string | null;
}

export function endsAt(iso: string, says: string): IssuerEnd {
  return { endsAt: iso, never: false, says };
}

export function neverEnds(says: string): IssuerEnd {
  return { endsAt: null, never: true, says };
}

export function notTold(says: string): IssuerEnd {
  return { endsAt: null, never: false, says };
}
