import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HelperProgram, writeHelpers } from './helpers/credential-helpers.ts';

/** What a ~/.docker folder holds. */
export interface DockerConfig {
  /** The text (or bytes) of config.json, valid or not. Undefined: there is no such file. */
  text?: string | Buffer;
  /** Something else in the place of the file. "link loop" cannot be read by anybody, not even by root. */
  instead?: 'folder' | 'link loop';
  /** The file's mode, for instance 0o000. */
  mode?: number;
  /** Programs on the PATH of whoever uses this folder: written here, or a folder that holds them already. */
  helpers?: Record<string, HelperProgram> | string;
}

export interface DockerConfigFolder {
  /** A value for DOCKER_CONFIG. */
  folder: string;
  file: string;
  /** PATH with the helpers in front, HOME (an empty folder), DOCKER_CONFIG. */
  environment: Record<string, string>;
  remove(): Promise<void>;
}

/** Builds the folder at `folder`, which must not exist yet or be empty. */
export async function makeDockerConfigFolder(
  folder: string,
  config: DockerConfig,
): Promise<DockerConfigFolder> {
  const docker = join(folder, '.docker');
  const file = join(docker, 'config.json');
  const programs = typeof config.helpers === 'string' ? config.helpers : join(folder, 'bin');
  await mkdir(docker, { recursive: true });
  if (config.instead === 'folder') await mkdir(file);
  else if (config.instead === 'link loop') await symlink('config.json', file);
  else if (config.text !== undefined) {
    await writeFile(file, config.text, { mode: 0o600 });
    if (config.mode !== undefined) await chmod(file, config.mode);
  }
  if (typeof config.helpers === 'object') await writeHelpers(programs, config.helpers);
  return {
    folder: docker,
    file,
    environment: {
      DOCKER_CONFIG: docker,
      HOME: folder,
      // nothing of the machine's own PATH: a docker-credential-desktop of the developer must not be found
      PATH: [...(config.helpers ? [programs] : []), '/usr/bin', '/bin'].join(':'),
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The text of a healthy config.json: server -> user and password. */
export function configWithLogins(logins: Record<string, { user: string; password: string }>): string {
  const auths = Object.entries(logins).map(([server, { user, password }]) => [
    server,
    { auth: Buffer.from(`${user}:${password}`).toString('base64') },
  ]);
  return JSON.stringify({ auths: Object.fromEntries(auths) }, null, '\t');
}

/** Docker Hub's key in config.json; every other registry stands under its host. */
export const dockerHubKey = 'https://index.docker.io/v1/';
