import { Secret } from '@pull-doctor/contract/secret';
import type { Request } from '../http/asker.ts';

/** The token in `Authorization: Bearer` (RFC 6750). */
export function bearer(token: Secret): Request['authorization'] {
  return { value: new Secret(`Bearer ${token.reveal()}`), credential: 'bearer' };
}
