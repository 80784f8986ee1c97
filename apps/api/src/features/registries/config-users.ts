import path from 'node:path';
import type { ConfigUser } from '@pull-doctor/contract/registries';
import { count, text } from '@pull-doctor/diagnosis/words/sentence';
import {
  type ClientConfig,
  type Environment,
  readClientConfig,
} from '@pull-doctor/docker-config/client-config';
import { whoReads } from '@pull-doctor/docker-config/user-names';
import type { Edges } from '../../edges.ts';

/** One user whose Docker configuration is watched, with what stands in it now. */
export interface WatchedUser {
  /** Unique; what the page calls it. */
  name: string;
  /** Of config.json. Known by it, since the owner of a file changes with the file. */
  folder: string;
  /** What docker would see as this user. */
  env: Environment;
  client: ClientConfig;
}

/**
 * Reads the configuration that Docker's own variables name, which comes first, and those of the setting.
 *
 * Never throws for what the files are.
 */
export async function readUsers(
  edges: Pick<Edges, 'environment' | 'homeFolder' | 'config'>,
): Promise<[WatchedUser, ...WatchedUser[]]> {
  const env = edges.environment();
  const client = await readClientConfig({ env, homedir: edges.homeFolder });
  const named = edges.config.configFolders.find(({ folder }) => folder === client.folder);
  const first = { name: named?.name ?? client.file.owner ?? whoReads(), folder: client.folder, env, client };
  const others = edges.config.configFolders.filter((one) => one !== named);
  const further = await Promise.all(
    others.map(async ({ name, folder }) => {
      const theirs = environmentOf(folder, env);
      const client = await readClientConfig({ env: theirs, homedir: path.dirname(folder) });
      return { name: name === first.name ? `${name}, ${folder}` : name, folder, env: theirs, client };
    }),
  );
  return [first, ...further];
}

/**
 * Another user's environment, as far as it can be known: of this process's own only what says how to reach others and
 * where programs are. A helper that read this user's keys would show them as another's.
 */
function environmentOf(folder: string, env: Environment): Environment {
  const kept = Object.entries(env).filter(([name]) =>
    /^(?:PATH|LANG|LC_ALL|TZ|SSL_CERT_(?:FILE|DIR)|(?:HTTPS?|ALL|NO)_PROXY)$/i.test(name),
  );
  return { ...Object.fromEntries(kept), HOME: path.dirname(folder), DOCKER_CONFIG: folder };
}

/** A user as the page lists it: what came of reading the configuration, and of asking its credential store. */
export function describeUser(
  { name, folder, client }: WatchedUser,
  storeFault: string | undefined,
): ConfigUser {
  return { name, path: folder, state: client.file.state, says: text(whatWasRead(client), storeFault) };
}

function whatWasRead({ file, entries, credHelpers, credsStore }: ClientConfig): string {
  const [fault] = file.faults;
  if (fault) return fault.what;
  if (file.state === 'absent') return `There is no ${file.path}, so no credential is stored.`;
  const helpers = [...new Set([...credHelpers.values(), ...(credsStore ? [credsStore] : [])])];
  const asks =
    helpers.length > 0 ? `, and asks ${helpers.map((name) => `docker-credential-${name}`).join(', ')}` : '';
  return `${file.path} names ${count(new Set([...entries.keys(), ...credHelpers.keys()]).size, 'registry', 'registries')}${asks}.`;
}
