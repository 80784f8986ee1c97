import type { Environment } from './client-config.ts';
import { findProgram } from './program-search.ts';

/**
 * The credential store that Docker takes when the file names neither a login nor a helper: the platform's own, if its
 * helper is on the PATH (cli/config/credentials/default_store*.go). null: none.
 */
export async function defaultStore(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  const store = await platformStore(env, platform);
  if (store === null) return null;
  const { isExecutable } = await findProgram(`docker-credential-${store}`, env);
  return isExecutable ? store : null;
}

async function platformStore(env: Environment, platform: NodeJS.Platform): Promise<string | null> {
  if (platform === 'darwin') return 'osxkeychain';
  if (platform === 'win32') return 'wincred';
  if (platform !== 'linux') return null;
  return (await findProgram('pass', env)).isExecutable ? 'pass' : 'secretservice';
}
