import path from 'node:path';
import { Secret } from '@pull-doctor/contract/secret';
import * as z from 'zod';
import { type Environment, homeOf } from './client-config.ts';
import { readFileWithin } from './file-text.ts';
import { parseJson } from './json-text.ts';

/** What daemon.json says about pulls. In every state but `read` the lists are empty and the rest is null. */
export interface DaemonConfig {
  path: string;
  state: 'read' | 'absent' | 'unreadable' | 'malformed';
  /** One sentence where the file is broken or cannot be read: dockerd would not start with it. */
  fault: string | null;
  /** `HOST[:PORT]` and CIDR ranges. */
  insecureRegistries: readonly string[];
  registryMirrors: readonly string[];
  /** A proxy's address may hold a login. */
  proxies: { httpProxy: Secret | null; httpsProxy: Secret | null; noProxy: string | null } | null;
  dataRoot: string | null;
}

const daemonConfigBytesMax = 1024 * 1024;

const text = z.string().max(4096);
const DaemonJson = z.object({
  'insecure-registries': z.array(text).nullish(),
  'registry-mirrors': z.array(text).nullish(),
  'data-root': text.nullish(),
  proxies: z
    .object({ 'http-proxy': text.nullish(), 'https-proxy': text.nullish(), 'no-proxy': text.nullish() })
    .nullish(),
});

/** Reads the daemon's configuration file. Never throws for what it is or is not. */
export async function readDaemonConfig(file: string): Promise<DaemonConfig> {
  const read = await readFileWithin(file, daemonConfigBytesMax);
  const none = (state: DaemonConfig['state'], fault: string | null): DaemonConfig => ({
    path: file,
    state,
    fault,
    insecureRegistries: [],
    registryMirrors: [],
    proxies: null,
    dataRoot: null,
  });
  switch (read.outcome) {
    case 'absent':
    case 'parent-is-a-file':
      return none('absent', null);
    case 'folder':
      return none('malformed', 'There is a folder where the file should be.');
    case 'too-large':
      return none('unreadable', 'The file has more than 1 MiB.');
    case 'not-permitted':
    case 'unreadable':
      return none('unreadable', `The file cannot be read: ${read.message}.`);
    case 'read':
      break;
  }
  // dockerd, unlike the docker CLI, takes a byte order mark, and an empty file for an empty configuration
  const content = read.text.replace(/^\uFEFF/, '');
  if (content.trim() === '') return none('read', null);
  const parsed = parseJson(content);
  if (!parsed.ok)
    return none(
      'malformed',
      `${parsed.fault.what} (line ${parsed.fault.line}, column ${parsed.fault.column})`,
    );
  const end = parsed.root.offset + parsed.root.length;
  if (content.slice(end).trim() !== '') return none('malformed', 'Something follows after the JSON object.');
  const checked = DaemonJson.safeParse(JSON.parse(content));
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return none('malformed', `"${issue?.path.join('.') ?? ''}" has not the form that dockerd reads.`);
  }
  const { proxies } = checked.data;
  return {
    ...none('read', null),
    insecureRegistries: checked.data['insecure-registries'] ?? [],
    registryMirrors: checked.data['registry-mirrors'] ?? [],
    dataRoot: checked.data['data-root'] ?? null,
    proxies: proxies
      ? {
          httpProxy: secret(proxies['http-proxy']),
          httpsProxy: secret(proxies['https-proxy']),
          noProxy: proxies['no-proxy'] || null,
        }
      : null,
  };
}

/** Where dockerd keeps its configuration: in /etc, or, rootless, under the user's home. */
export function daemonConfigPath({
  env,
  homedir,
  isRootless,
}: {
  env: Environment;
  homedir: string;
  isRootless: boolean;
}): string {
  if (!isRootless) return '/etc/docker/daemon.json';
  return path.join(
    env.XDG_CONFIG_HOME || path.join(homeOf(env, homedir), '.config'),
    'docker',
    'daemon.json',
  );
}

function secret(text: string | null | undefined): Secret | null {
  return text ? new Secret(text) : null;
}
