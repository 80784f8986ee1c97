import type { Secret } from './secret.ts';

/**
 * What would be sent to a registry: found by packages/docker-config, sent by packages/registry. No schema, since it
 * never travels as JSON; evidence has `UsedCredential` in its place.
 *
 * `basic`: user and password or access token. `identity-token`: a refresh token, exchanged at the token server.
 * `registry-token`: a bearer token, sent to the registry as it is.
 */
export type Credential =
  | { kind: 'basic'; user: string; password: Secret }
  | { kind: 'identity-token'; token: Secret }
  | { kind: 'registry-token'; token: Secret };
