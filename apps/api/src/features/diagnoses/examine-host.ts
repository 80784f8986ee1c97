import type { ReferenceEvidence, TextEvidence } from '@pull-doctor/contract/evidence/evidence';
import { findCredential } from '@pull-doctor/docker-config/find-credential';
import type { Edges } from '../../edges.ts';
import { gatherDaemon } from './gather-daemon.ts';
import type { StepLog } from './step-log.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * What an error text that names no image can be compared with: Docker's configuration and the daemon of this host. No
 * registry is asked.
 */
export async function examineHost(
  text: TextEvidence | null,
  around: Surroundings,
  log: StepLog,
  edges: Edges,
  signal: AbortSignal,
): Promise<void> {
  const registry = text && registryOf(text);
  await Promise.all([
    registry && log.run('credentials', () => credentialsOf(registry, around, edges, signal)),
    log.run('daemon', () => gatherDaemon(around, noReference, edges, signal)),
  ]);
}

/**
 * The registry whose login is looked up. The file and the helper are the same for each; where the text complains of them
 * and names no registry, Docker Hub's login shows whether they work.
 */
function registryOf({ registry, causes }: TextEvidence): string | null {
  if (registry) return registry;
  const cause = causes[0]?.cause;
  const isOfConfig = cause === 'config-malformed' || cause === 'helper-missing' || cause === 'helper-failed';
  return isOfConfig ? 'docker.io' : null;
}

async function credentialsOf(registry: string, around: Surroundings, edges: Edges, signal: AbortSignal) {
  const { evidence } = await findCredential({
    config: around.client,
    registry,
    env: around.env,
    signal,
    now: edges.now(),
    elsewhere: edges.config.inContainer,
  });
  return evidence;
}

const noReference: ReferenceEvidence = {
  text: '',
  reference: null,
  fault: null,
  familiar: null,
  canonical: null,
  endpoint: null,
};
