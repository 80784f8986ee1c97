import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBasic } from '@pull-doctor/testkit/basic-credentials';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';
import { startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { type Server, startServer } from './server.ts';

/** A login as it stands in config.json. */
export interface BoardLogin {
  user: string;
  password: string;
}

/** `auths` of config.json, by host. */
export type Logins = Record<string, BoardLogin>;

/** A host for journeys over the board: registries of its own, and a config.json that a journey may change. */
export interface StagedBoard {
  adminToken: string;
  /** Starts a registry that takes these logins; none: it is open to everybody. Its host is `127.0.0.1:PORT`. */
  registry(users?: Record<string, string>): Promise<RegistryServer>;
  /** A host on which nothing listens. */
  closed: string;
  /** Writes config.json anew, as `docker login` does: a new file under the old name. */
  signIn(logins: Logins): Promise<void>;
  /** The same for the configuration of a second user. */
  signInAs(user: string, logins: Logins): Promise<void>;
  /** The folder of a user's configuration. */
  configOf(user: string): string;
  /** Leaves a config.json that Docker cannot read. */
  spoil(): Promise<void>;
  start(settings?: Record<string, string>): Promise<Server>;
  stop(): Promise<void>;
}

/** Starts a stand-in for the daemon; registries come as they are asked for. */
export async function startStagedBoard(): Promise<StagedBoard> {
  // short, since a socket lies in there
  const folder = await mkdtemp(join(tmpdir(), 'pdb-'));
  const daemon = await startStandInDaemon({ socket: join(folder, 'd.sock') });
  const registries: RegistryServer[] = [];
  const adminToken = randomBytes(24).toString('base64url');
  const configOf = (user: string) => join(folder, user, '.docker');

  async function write(user: string, text: string): Promise<void> {
    const path = join(configOf(user), 'config.json');
    await mkdir(configOf(user), { recursive: true });
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
  const signInAs = (user: string, logins: Logins) => write(user, configText(logins));
  await signInAs('deploy', {});

  return {
    adminToken,
    closed: '127.0.0.1:1',
    configOf,
    async registry(users) {
      const auth = users ? ({ kind: 'basic', realm: 'Clinic', users } as const) : ({ kind: 'open' } as const);
      const registry = await startRegistry({ auth });
      registries.push(registry);
      return registry;
    },
    signIn: (logins) => signInAs('deploy', logins),
    signInAs,
    spoil: () => write('deploy', '{ "auths": { "ghcr.io": '),
    async start(settings = {}) {
      return startServer({
        PATH: '/usr/bin:/bin',
        HOME: join(folder, 'deploy'),
        DOCKER_CONFIG: configOf('deploy'),
        DOCKER_HOST: daemon.host,
        PULL_DOCTOR_DOCKER_ETC: folder,
        PULL_DOCTOR_DAEMON_LOG: 'none',
        PULL_DOCTOR_ADMIN_TOKEN: adminToken,
        PULL_DOCTOR_DATA: await mkdtemp(join(folder, 'data-')),
        PULL_DOCTOR_PORT: '0',
        ...settings,
      });
    },
    async stop() {
      await Promise.all([daemon.close(), ...registries.map((registry) => registry.close())]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configText(logins: Logins): string {
  const auths = Object.entries(logins).map(([host, { user, password }]) => [
    host,
    { auth: writeBasic(user, password).replace('Basic ', '') },
  ]);
  return JSON.stringify({ auths: Object.fromEntries(auths) }, null, '\t');
}
