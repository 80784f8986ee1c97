import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { dockerManifestAsk } from './facts/asked.ts';

/**
 * Whether what was seen is a pull that works: a real pull decides; without one, the manifest must have been found as
 * Docker would ask for it, and be for a platform that Docker takes.
 */
export function pullWorks(evidence: Evidence): 'yes' | 'no' | 'unknown' {
  if (evidence.pull?.outcome === 'pulled') return 'yes';
  if (evidence.pull?.outcome === 'failed') return 'no';
  const ask = dockerManifestAsk(evidence);
  // Cut off before it was answered, by a person or by the end of the time: the registry has refused nothing.
  if (!ask || ask.head.failure?.code === 'stopped') return 'unknown';
  if (ask.outcome !== 'found') return 'no';
  return platformIsTaken(evidence);
}

/**
 * Docker asks for a platform only of an index. An image that stands alone is pulled whatever it is for, unless another
 * platform was asked for by name.
 */
function platformIsTaken({ platform }: Evidence): 'yes' | 'no' | 'unknown' {
  if (!platform) return 'unknown';
  if (platform.kind === 'image' && platform.wantedFrom !== 'asked') return 'yes';
  return platform.fits;
}

/** Whether the image stands alone and is for another platform than the host's: it is pulled, and will not run. */
export function isForAnotherPlatform({ platform }: Evidence): boolean {
  return platform?.kind === 'image' && platform.fits === 'no' && platform.wantedFrom !== 'asked';
}
