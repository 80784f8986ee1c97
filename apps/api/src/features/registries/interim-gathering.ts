import type { RegistryRow } from '@pull-doctor/contract/registries';
import type { ClientConfig, Environment } from '@pull-doctor/docker-config/client-config';
import { readAuthVariable } from '@pull-doctor/docker-config/docker-auth-config';
import { deadKey, hostOfKey, lookupKeyOf } from '@pull-doctor/docker-config/registry-key';

/*
 * Until packages/docker-config has it: what a configuration names, without the list of a credential store.
 */

export interface Discovered {
  host: string;
  sources: RegistryRow['sources'];
  deadKeys: RegistryRow['deadKeys'];
}

export async function discoverRegistries({
  client,
  env,
}: {
  client: ClientConfig;
  env: Environment;
  signal: AbortSignal;
  elsewhere: boolean;
}): Promise<Discovered[]> {
  const found = new Map<string, Discovered>();
  const add = (key: string, kind: RegistryRow['sources'][number]['kind'], says: string) => {
    const isHub = deadKey(key, 'docker.io') !== null || key.startsWith(lookupKeyOf('docker.io'));
    const host = isHub ? 'docker.io' : hostOfKey(key).trim();
    if (host === '') return;
    const one = found.get(host) ?? { host, sources: [], deadKeys: [] };
    if (!one.sources.some((source) => source.kind === kind)) one.sources.push({ kind, says });
    const dead = deadKey(key, host);
    if (dead) one.deadKeys.push({ key, why: dead.why });
    found.set(host, one);
  };
  for (const key of client.entries.keys()) add(key, 'auths', client.file.path);
  for (const [key, helper] of client.credHelpers)
    add(key, 'credHelpers', `${client.file.path}, docker-credential-${helper}`);
  const variable = readAuthVariable(env.DOCKER_AUTH_CONFIG);
  if (variable.state === 'read')
    for (const key of variable.logins.keys())
      add(key, 'DOCKER_AUTH_CONFIG', 'The variable holds a login for it.');
  return [...found.values()];
}
