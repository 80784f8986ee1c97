import type { RegistryRow, RegistrySource } from '@pull-doctor/contract/registries';
import { day } from '@pull-doctor/diagnosis/words/instant';
import { type Discovered, discoverRegistries } from '@pull-doctor/docker-config/discover-registries';
import type { WatchedUser } from './config-users.ts';
import type { HostSources } from './host-sources.ts';
import type { Choice } from './registries.store.ts';

export interface FoundRegistry {
  folder: string;
  host: string;
  sources: RegistrySource[];
  deadKeys: RegistryRow['deadKeys'];
}

/**
 * What a user's configuration names, and why its credential store did not say what it holds, where that is so. While the file cannot be read as a whole, what it named before counts on: the
 * registries are still in use, and that their credentials are out of reach is what has to be seen. So does what a
 * credential store listed before it failed.
 */
export async function namedInConfig(
  { client, env }: WatchedUser,
  before: readonly Discovered[],
  context: { signal: AbortSignal; elsewhere: boolean },
): Promise<{ registries: Discovered[]; storeFault: string | null }> {
  const { registries: now, store } = await discoverRegistries({ client, env, ...context });
  const isFileWhole = client.file.state === 'read' || client.file.state === 'absent';
  const isStoreWhole = store.state !== 'failed';
  const hosts = new Set(now.map(({ host }) => host));
  const counts = ({ sources }: Discovered) =>
    !isFileWhole || (!isStoreWhole && sources.some(({ kind }) => kind === 'credsStore'));
  return {
    registries: [...now, ...before.filter((one) => !hosts.has(one.host) && counts(one))],
    storeFault: isStoreWhole ? null : store.says,
  };
}

/**
 * The registries of one user: what the configuration names, and what a person added. What this host knows besides
 * (images, past pulls, mirrors) belongs to the user who comes first, and is told of others' registries as well.
 */
export function registriesOf(
  { folder }: WatchedUser,
  isFirst: boolean,
  inConfig: readonly Discovered[],
  { sources: ofHost }: HostSources,
  choices: readonly Choice[],
): FoundRegistry[] {
  const found = new Map<string, FoundRegistry>(
    inConfig.map(({ host, sources, deadKeys }) => [
      host,
      { folder, host, sources: [...sources, ...(ofHost.get(host) ?? [])], deadKeys },
    ]),
  );
  if (isFirst)
    for (const [host, sources] of ofHost)
      if (!found.has(host)) found.set(host, { folder, host, sources: [...sources], deadKeys: [] });
  for (const { registry: host, state, at } of choices) {
    if (state === 'hidden') found.delete(host);
    if (state !== 'added') continue;
    const known = found.get(host) ?? { folder, host, sources: [], deadKeys: [] };
    const byHand = { kind: 'by-hand' as const, says: `Added on ${day(at.toISOString())}.` };
    found.set(host, { ...known, sources: [...known.sources, byHand] });
  }
  return [...found.values()];
}
