import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Credential } from '@pull-doctor/contract/credential';
import type { CheckEvidence, RegistryRow } from '@pull-doctor/contract/registries';
import type { ClientConfig, Environment } from '@pull-doctor/docker-config/client-config';
import { readAuthVariable } from '@pull-doctor/docker-config/docker-auth-config';
import { deadKey, hostOfKey, lookupKeyOf } from '@pull-doctor/docker-config/registry-key';
import { openProbe } from '@pull-doctor/registry/probe';
import type { ProbeSettings } from '@pull-doctor/registry/settings';

/*
 * Until packages/docker-config and packages/registry have these: what a configuration names, without the list of a
 * credential store; a look at the file every half second; and a check by the probe's own steps. Quotas and the ends that
 * only an issuer's API tells are not asked for.
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

export type CheckSettings = Omit<ProbeSettings, 'repository' | 'tag' | 'digest'> & {
  credential: Credential | null;
};

/** The probe's steps as far as the login. No manifest is asked for. */
export async function checkLogin({
  credential,
  ...settings
}: CheckSettings): Promise<Omit<CheckEvidence, 'version' | 'now' | 'registry' | 'credentials'>> {
  const probe = openProbe({ ...settings, repository: 'login/only', tag: null, digest: null });
  const seen: Partial<CheckEvidence> = {};
  try {
    seen.dns = await probe.dns();
    if (!seen.dns.failure) seen.tcp = await probe.tcp();
    seen.proxy = await probe.proxy();
    if (seen.dns.failure || seen.tcp?.failure || seen.proxy.failure) return seen;
    seen.tls = await probe.tls();
    if (seen.tls.use === 'failed') return seen;
    seen.ping = await probe.ping();
    if (seen.ping.isRegistry === 'no' || seen.ping.exchange.failure) return seen;
    seen.challenge = await probe.challenge();
    seen.token = await probe.login({ credential });
    return seen;
  } finally {
    if (settings.signal.aborted) seen.cutOff = 'The time of the check was over.';
    await probe.close();
  }
}
