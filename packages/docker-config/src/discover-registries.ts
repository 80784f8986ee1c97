import type { RegistryRow } from '@pull-doctor/contract/registries';
import type { AuthEntry, ClientConfig, Environment } from './client-config.ts';
import { defaultStore } from './default-store.ts';
import { readAuthVariable } from './docker-auth-config.ts';
import { listStore, type StoreList } from './list-store.ts';
import { registryOfKey, whyNeverRead } from './registry-of-key.ts';
import { shownKey } from './shown-key.ts';

/** A registry that a configuration names, each place once, and the keys that are meant for it and never read. */
export interface Discovered {
  host: string;
  sources: RegistryRow['sources'];
  deadKeys: RegistryRow['deadKeys'];
}

export interface Discovery {
  registries: Discovered[];
  /** What the credential store said when it was asked what it holds. */
  store: Pick<StoreList, 'state' | 'says'>;
  /** Keys that name no registry, the first of them; as they may be shown. */
  skipped: { place: Place; key: string; why: string }[];
}

type Place = Parameters<typeof whyNeverRead>[0];

interface NamedKey {
  place: Place;
  key: string;
  /** What the place has for it, where docker reads the key. */
  says: string;
}

const skippedMax = 20;

/**
 * The registries that a Docker configuration names: in `auths`, in `credHelpers`, in what its credential store lists,
 * and in DOCKER_AUTH_CONFIG. All names of Docker Hub are one registry, and the three entries of a login in the browser
 * are one login. In the order of these places.
 *
 * Never throws for what the file or the store are. Nothing of what is returned is a secret, not even where a key holds
 * one.
 *
 * @param elsewhere whether docker's helpers are out of reach; then none is run
 */
export async function discoverRegistries({
  client,
  env,
  signal,
  elsewhere,
  listTimeoutMs,
}: {
  client: ClientConfig;
  env: Environment;
  signal: AbortSignal;
  elsewhere: boolean;
  listTimeoutMs?: number;
}): Promise<Discovery> {
  const storeName = await storeOf(client, env, elsewhere);
  const store: StoreList =
    storeName === null
      ? { state: 'none', says: 'No credential store is set.', servers: [] }
      : await listStore({
          name: storeName,
          env,
          signal,
          elsewhere,
          ...(listTimeoutMs === undefined ? {} : { timeoutMs: listTimeoutMs }),
        });
  const file = client.file.path;
  const variable = readAuthVariable(env.DOCKER_AUTH_CONFIG);
  const named: NamedKey[] = [
    ...[...client.entries].map(([key, entry]) => ({
      place: 'auths' as const,
      key,
      says: `${file} ${whatEntryHolds(entry, client.credHelpers.get(key) ?? storeName)}`,
    })),
    ...[...client.credHelpers].map(([key, helper]) => ({
      place: 'credHelpers' as const,
      key,
      says: helper
        ? `${file} names docker-credential-${shownKey(helper)} for it.`
        : `${file} turns the credential store off for it.`,
    })),
    ...store.servers.map((key) => ({
      place: 'credsStore' as const,
      key,
      says: `docker-credential-${storeName} holds a login for it.`,
    })),
    ...(variable.state === 'read' ? [...variable.logins.keys()] : []).map((key) => ({
      place: 'DOCKER_AUTH_CONFIG' as const,
      key,
      says: 'The variable holds a login for it.',
    })),
  ];
  const { state, says } = store;
  return { ...byRegistry(named), store: { state, says } };
}

/**
 * As docker chooses it: the platform's own store, where the file has neither a login nor a helper. Which one that is
 * depends on the programs where docker runs.
 */
async function storeOf(
  { credsStore, credHelpers, entries }: ClientConfig,
  env: Environment,
  elsewhere: boolean,
): Promise<string | null> {
  if (credsStore) return credsStore;
  return elsewhere || credHelpers.size > 0 || entries.size > 0 ? null : await defaultStore(env);
}

/** An entry without anything in it is what `docker login` leaves in the file when a helper keeps the secret. */
function whatEntryHolds(entry: AuthEntry, helper: string | null): string {
  const { user, password, identityToken, registryToken, fault } = entry;
  if (fault) return 'holds a login for it that cannot be read.';
  if (user || password || identityToken || registryToken) return 'holds a login for it.';
  return helper
    ? `names it, and docker-credential-${shownKey(helper)} keeps the login.`
    : 'names it without a login.';
}

function byRegistry(named: readonly NamedKey[]): Pick<Discovery, 'registries' | 'skipped'> {
  const found = new Map<string, Discovered>();
  const skipped: Discovery['skipped'] = [];
  for (const { place, key, says } of named) {
    const about = registryOfKey(key);
    if (about.host === null) {
      if (skipped.length < skippedMax) skipped.push({ place, key: shownKey(key), why: about.why });
      continue;
    }
    const { host } = about;
    const one = found.get(host) ?? { host, sources: [], deadKeys: [] };
    found.set(host, one);
    const neverRead = whyNeverRead(place, key, host);
    if (neverRead === null) addSource(one, place, says);
    else one.deadKeys.push({ key: shownKey(key), why: neverRead });
  }
  // what is only meant for a registry names it all the same
  for (const { place, key } of named) {
    const about = registryOfKey(key);
    const one = about.host === null ? undefined : found.get(about.host);
    if (one) addSource(one, place, `Named under ${shownKey(key)}, which Docker does not read for it.`);
  }
  return { registries: [...found.values()], skipped };
}

function addSource({ sources }: Discovered, kind: Place, says: string): void {
  if (!sources.some((source) => source.kind === kind)) sources.push({ kind, says });
}
