import type { CredentialKind } from '@pull-doctor/contract/evidence/credentials';
import { Secret } from '@pull-doctor/contract/secret';
import { readExpiry } from './read-expiry.ts';

const now = new Date('2026-11-24T14:31:31Z');
export const later = '2026-11-24T20:00:00.000Z';
export const issued = '2026-11-24T13:00:00.000Z';
export const seconds = (at: string) => Date.parse(at) / 1000;

export const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
export const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
export const jwt = (claims: object) =>
  `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}.${base64url({ of: 'nobody' })}`;
export const ending = { iat: seconds(issued), exp: seconds(later) };

// Made up: parts are put together here, so that none of them stands in this file as a secret would.
export const noise = (length: number, alphabet = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7') =>
  Array.from({ length }, (_, at) => alphabet[(at * 7 + length) % alphabet.length]).join('');
export const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const hex = '0123456789abcdef';
export const uuid = [8, 4, 4, 4, 12].map((length) => noise(length, hex)).join('-');
export const ecrPassword = {
  payload: noise(60),
  datakey: noise(60),
  version: '2',
  type: 'DATA_KEY',
  expiration: seconds(later),
};
export const ecrPasswordWithoutEnd = { ...ecrPassword, expiration: undefined };
export const keyFile = {
  type: 'service_account',
  project_id: 'acme',
  private_key_id: noise(40, hex),
  private_key: noise(80),
  client_email: 'ci@acme.iam.gserviceaccount.example',
};

export const noUser = '00000000-0000-0000-0000-000000000000';

export interface Stored {
  registry: string;
  user: string | null;
  secret: string;
  kind?: CredentialKind;
  helper?: string;
}

/** What is read of it on 24 November 2026, 14:31:31 UTC. */
export function read({ registry, user, secret, kind = 'basic', helper }: Stored) {
  return readExpiry({ registry, user, secret: new Secret(secret), kind, helper: helper ?? null, now });
}
