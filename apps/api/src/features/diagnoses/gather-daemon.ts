import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import type { ReferenceEvidence } from '@pull-doctor/contract/evidence/evidence';
import type { ImageReference } from '@pull-doctor/contract/image-reference';
import { distance } from 'fastest-levenshtein';
import type { Disk } from '../../daemon/disk.ts';
import { readDisk } from '../../daemon/disk.ts';
import { readRecentLog } from '../../daemon/recent-log.ts';
import type { Edges } from '../../edges.ts';
import type { Surroundings } from './surroundings.ts';

/** The daemon's side: what it is, its disk, whether it holds the image, and what its log says of it. */
export async function gatherDaemon(
  { daemon, look }: Surroundings,
  { reference, canonical, endpoint }: ReferenceEvidence,
  { config }: Edges,
  signal: AbortSignal,
): Promise<DaemonEvidence> {
  const startedAt = performance.now();
  const base = { address: daemon.address.address, addressFrom: daemon.address.from };
  if (!look.reached)
    return {
      ...base,
      reached: false,
      failure: look.failure,
      info: null,
      disk: null,
      diskUnknown: 'The daemon does not answer.',
      localImage: null,
      similarLocal: [],
      log: await readRecentLog(config.daemonLog, logNames(reference, endpoint), signal),
      ms: performance.now() - startedAt,
    };
  const [disk, localImage, log] = await Promise.all([
    readDisk(look.info.rootDir, daemon.isLocal, config.inContainer),
    canonical ? daemon.localImage(canonical, signal) : null,
    readRecentLog(config.daemonLog, logNames(reference, endpoint), signal),
  ]);
  return {
    ...base,
    reached: true,
    failure: null,
    info: look.info,
    ...diskParts(disk),
    localImage,
    similarLocal: [],
    log,
    ms: performance.now() - startedAt,
  };
}

function diskParts(disk: Disk): Pick<DaemonEvidence, 'disk' | 'diskUnknown'> {
  return disk.known ? { disk: disk.disk, diskUnknown: null } : { disk: null, diskUnknown: disk.why };
}

/** A log line names the repository; a failed connection names only the host. */
function logNames(
  reference: ReferenceEvidence['reference'],
  endpoint: ReferenceEvidence['endpoint'],
): string[] {
  if (!reference) return [];
  return [
    reference.repository.replace(/^library\//, ''),
    ...(endpoint ? [`${endpoint.host}/`, `${endpoint.host}:`] : []),
  ];
}

const similarMax = 5;

/** Local images whose name differs by a few letters, or only by its registry: a person may have meant one of them. */
export async function similarLocalNames(
  { daemon, look }: Surroundings,
  reference: ImageReference,
  signal: AbortSignal,
): Promise<string[]> {
  if (!look.reached) return [];
  const last = lastPart(reference.repository);
  const lettersMax = Math.max(1, Math.floor(last.length / 4));
  const names = await daemon.localNames(signal);
  return names
    .filter((name) => distance(lastPart(name.replace(/[:@][^/]*$/, '')), last) <= lettersMax)
    .slice(0, similarMax);
}

function lastPart(repository: string): string {
  return repository.split('/').at(-1) ?? '';
}
