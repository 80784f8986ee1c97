import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import type { ReferenceEvidence } from '@pull-doctor/contract/evidence/evidence';
import { distance } from 'fastest-levenshtein';
import type { Disk } from '../../daemon/disk.ts';
import { readDisk } from '../../daemon/disk.ts';
import { readRecentLog } from '../../daemon/recent-log.ts';
import type { Edges } from '../../edges.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The daemon's side: what it is, its disk, what its log says of this image, and, where the image was not found, what
 * it holds under a similar name.
 */
export async function gatherDaemon(
  { daemon, look }: Surroundings,
  { reference, canonical, endpoint }: ReferenceEvidence,
  wasFound: boolean,
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
  const [disk, localImage, similarLocal, log] = await Promise.all([
    readDisk(look.info.rootDir, daemon.isLocal, config.inContainer),
    canonical ? daemon.localImage(canonical, signal) : null,
    wasFound || !reference ? [] : similarNames(await daemon.localNames(signal).catch(() => []), reference),
    readRecentLog(config.daemonLog, logNames(reference, endpoint), signal),
  ]);
  return {
    ...base,
    reached: true,
    failure: null,
    info: look.info,
    ...diskParts(disk),
    localImage,
    similarLocal,
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
function similarNames(
  names: readonly string[],
  reference: NonNullable<ReferenceEvidence['reference']>,
): string[] {
  const last = reference.repository.split('/').at(-1) ?? '';
  const lettersMax = Math.max(1, Math.floor(last.length / 4));
  return names
    .filter((name) => {
      const theirs =
        name
          .replace(/[:@][^/]*$/, '')
          .split('/')
          .at(-1) ?? '';
      return distance(theirs, last) <= lettersMax;
    })
    .slice(0, similarMax);
}
