import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { RegistryRow } from '@pull-doctor/contract/registries';
import type { ClientConfig, Environment } from '@pull-doctor/docker-config/client-config';
import { readAuthVariable } from '@pull-doctor/docker-config/docker-auth-config';
import { deadKey, hostOfKey, lookupKeyOf } from '@pull-doctor/docker-config/registry-key';

/*
 * Until packages/docker-config has these: what a configuration names, without the list of a credential store; and a look
 * at the file every half second.
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

const lookMs = 500;

/** @param folders those of config.json */
export function watchConfig(folders: readonly string[], changed: () => void): { close(): void } {
  const seen = new Map<string, string>();
  let isClosed = false;
  const look = async () => {
    let isChanged = false;
    for (const folder of folders) {
      const now = await stat(path.join(folder, 'config.json')).then(
        ({ ino, size, mtimeMs, mode }) => [ino, size, mtimeMs, mode].join(),
        (error: NodeJS.ErrnoException) => String(error.code),
      );
      const before = seen.get(folder);
      seen.set(folder, now);
      if (before !== undefined && before !== now) isChanged = true;
    }
    if (isChanged && !isClosed) changed();
    if (!isClosed) timer = setTimeout(look, lookMs).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  void look();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
