import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import type { DockerHost } from '@pull-doctor/contract/host';
import { readDisk } from '../../daemon/disk.ts';
import { logSource } from '../../daemon/recent-log.ts';
import type { Edges } from '../../edges.ts';
import type { DaemonPool, Surroundings } from '../diagnoses/surroundings.ts';

export type SeenHost = Pick<DockerHost, 'daemon' | 'config' | 'helpers' | 'notes'>;
export type LookAround = () => Promise<SeenHost>;

/** What Pull Doctor sees of this host, and what it cannot see from where it runs. */
export function lookAround(
  edges: Edges,
  daemons: DaemonPool,
  readSurroundings: (edges: Edges, daemons: DaemonPool, signal: AbortSignal) => Promise<Surroundings>,
): LookAround {
  return async () => {
    const signal = AbortSignal.timeout(5000);
    const { daemon, look, client, env, notes } = await readSurroundings(edges, daemons, signal);
    const names = new Set([
      ...client.credHelpers.values(),
      ...(client.credsStore ? [client.credsStore] : []),
    ]);
    const [helpers, log, disk] = await Promise.all([
      Promise.all([...names].map((name) => lookForHelper(name, env.PATH ?? ''))),
      logSource(edges.config.daemonLog, signal),
      look.reached ? readDisk(look.info.rootDir, daemon.isLocal, edges.config.inContainer) : null,
    ]);
    return {
      daemon: {
        address: daemon.address.address,
        addressFrom: daemon.address.from,
        reached: look.reached,
        failure: look.reached ? null : look.failure,
        info: look.reached ? look.info : null,
        disk: disk?.known ? disk.disk : null,
        diskUnknown: disk === null ? 'The daemon does not answer.' : disk.known ? null : disk.why,
        log,
      },
      config: client.file,
      helpers,
      notes: [...notes, ...unreadable(client.file), ...helperNotes(helpers, edges.config.inContainer)],
    };
  };
}

async function lookForHelper(name: string, searchPath: string): Promise<DockerHost['helpers'][number]> {
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const program = path.join(folder, `docker-credential-${name}`);
    const canRun = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (canRun) return { name, state: 'found', why: program };
  }
  return { name, state: 'missing', why: `docker-credential-${name} is in no folder of PATH here.` };
}

function unreadable({ state, path: file, readAs, owner, mode }: SeenHost['config']): string[] {
  if (state !== 'unreadable') return [];
  return [
    `${file} belongs to ${owner ?? 'another user'} with mode ${mode ?? 'unknown'}, and Pull Doctor runs as ${readAs}: it cannot see which credential Docker would send, so every diagnosis asks the registry without one.`,
  ];
}

function helperNotes(helpers: SeenHost['helpers'], inContainer: boolean): string[] {
  const missing = helpers
    .filter(({ state }) => state === 'missing')
    .map(({ name }) => `docker-credential-${name}`);
  if (missing.length === 0 || !inContainer) return [];
  return [
    `${missing.join(' and ')} ${missing.length === 1 ? 'lives' : 'live'} on the host and cannot be run in this container: what ${missing.length === 1 ? 'it holds' : 'they hold'} is unknown here. Start Pull Doctor on the host (npm start) to see it.`,
  ];
}
