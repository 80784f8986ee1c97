import { createHash } from 'node:crypto';
import type { Cause } from '@pull-doctor/contract/causes';

/**
 * What failed pulls have in common that are one failure: its cause, the repository, and the host. The version stands in
 * front: with another recipe, old fingerprints stay what they were.
 *
 * @param of the host by its id, so that a host that is renamed keeps its failures.
 */
export function fingerprint(of: {
  cause: Cause;
  registry: string | null;
  repository: string | null;
  hostId: string;
}): string {
  // As a JSON list, in which no two different parts are written alike.
  const parts = JSON.stringify([of.cause, of.registry, of.repository, of.hostId]);
  return `v1:${createHash('sha256').update(parts).digest('hex').slice(0, 20)}`;
}
