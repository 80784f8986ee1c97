import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { serverOf } from '@pull-doctor/testkit/faults/row';
import type { StagedFault } from '@pull-doctor/testkit/stage';

/** The parts of config.json that the staged rows use. */
export interface OneConfig {
  auths: Record<string, { auth: string }>;
  credHelpers: Record<string, string>;
}

/**
 * Joins the config.json files of rows that were staged one by one into one that serves them all.
 *
 * @throws where two rows want different credentials for one registry: one of the two would then be another fault.
 */
export async function joinConfigs(rows: readonly StagedFault[]): Promise<OneConfig> {
  const joined: OneConfig = { auths: {}, credHelpers: {} };
  const configs = await Promise.all(rows.map(configOf));
  for (const { auths, credHelpers } of configs) {
    Object.assign(joined.auths, auths);
    Object.assign(joined.credHelpers, credHelpers);
  }
  for (const [index, { fault, image }] of rows.entries()) {
    const server = serverOf(image);
    const own = configs[index];
    const isServed =
      isDeepStrictEqual(own?.auths[server], joined.auths[server]) &&
      own?.credHelpers[server] === joined.credHelpers[server];
    if (!isServed)
      throw new Error(`"${fault.name}" and another row want different credentials for ${server}`);
  }
  return joined;
}

async function configOf({ fault, environment }: StagedFault): Promise<OneConfig> {
  if (fault.config?.text === undefined) return { auths: {}, credHelpers: {} };
  const text = await readFile(join(environment.DOCKER_CONFIG ?? '', 'config.json'), 'utf8');
  const { auths = {}, credHelpers = {} }: Partial<OneConfig> = JSON.parse(text);
  return { auths, credHelpers };
}
