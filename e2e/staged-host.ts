import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '@pull-doctor/testkit/child-process';
import type { Fault } from '@pull-doctor/testkit/faults/fault';
import { type Stage, type StagedFault, startStage } from '@pull-doctor/testkit/stage';
import { joinConfigs, type OneConfig } from './one-config.ts';
import { type Server, startServer } from './server.ts';
import { startSlowRegistry } from './slow-registry.ts';
import { stagedRows } from './staged-images.ts';
import { type StagedLogins, startStagedLogins } from './staged-logins.ts';

/** An image of the staged host, with real ports. */
export interface StagedImage {
  key: string;
  reference: string;
  /** What is wrong with it. */
  says: string;
  fault: Fault;
}

/** A Docker host with two dozen images that cannot be pulled, and a few that can. Nothing of it leaves the machine. */
export interface StagedHost {
  images: readonly StagedImage[];
  /** The reference of an image, by its key. */
  image(key: string): string;
  /** Why the daemon is a stand-in that pulls nothing; null where it is real. */
  noDaemon: string | null;
  adminToken: string;
  /** A registry that is on the board only where a person adds it. */
  unwatched: string;
  /** Every password and every stored credential that must be seen nowhere. */
  secrets: readonly string[];
  /** The built server on this host. Given another server's port and data, it is that one started anew. */
  start(options?: { port?: number; data?: string }): Promise<Server>;
  stop(): Promise<void>;
}

/** Why a real daemon cannot be started here, or null. */
export function whyNoDaemon(): string | null {
  const isThere = process.getuid?.() === 0 && findProgram('dockerd') !== undefined;
  return isThere ? null : 'a real pull needs root and dockerd: apt-get install docker.io';
}

/** Starts registries, proxy and daemon in one to two seconds. */
export async function startStagedHost(): Promise<StagedHost> {
  const [slow, logins] = await Promise.all([startSlowRegistry(), startStagedLogins()]);
  const rows = stagedRows(slow.host);
  const stage = await startStage({ rows: rows.map(([, , fault]) => fault) });
  const stop = async () => {
    await Promise.all([stage.stop(), slow.close(), logins.close()]);
  };
  try {
    const images = rows.map(([key, says, fault]) => ({
      key,
      says,
      fault,
      reference: stage.row(fault.name).image,
    }));
    return { ...(await setUp(stage, logins)), images, image: (key) => referenceOf(images, key), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One configuration and one daemon for all rows, and the server that sees them. */
async function setUp(
  stage: Stage,
  logins: StagedLogins,
): Promise<Omit<StagedHost, 'images' | 'image' | 'stop'>> {
  const config = await joinConfigs(stage.rows);
  Object.assign(config.auths, logins.auths);
  const home = join(stage.folder, 'home');
  const dockerEtc = join(stage.folder, 'etc');
  await mkdir(join(home, '.docker'), { recursive: true });
  await mkdir(dockerEtc);
  await writeFile(join(home, '.docker/config.json'), JSON.stringify(config, null, '\t'), { mode: 0o600 });

  const byName = stage.rows.find(({ daemon }) => daemon === 'proxy');
  const withHelpers = stage.rows.find(({ fault }) => fault.config?.hasHelpers);
  if (!byName || !withHelpers) throw new Error('one image at least has to be by name, and one with a helper');
  const noDaemon = whyNoDaemon();
  const daemon = noDaemon ? null : await stage.startDaemon('proxy');
  if (daemon?.ok === false) throw new Error(daemon.why);

  const adminToken = randomBytes(24).toString('base64url');
  const environment = {
    ...byName.environment,
    PATH: withHelpers.environment.PATH ?? '',
    HOME: home,
    DOCKER_CONFIG: join(home, '.docker'),
    ...(daemon ? { DOCKER_HOST: daemon.host } : {}),
    PULL_DOCTOR_DOCKER_ETC: dockerEtc,
    PULL_DOCTOR_DAEMON_LOG: 'none',
    PULL_DOCTOR_ADMIN_TOKEN: adminToken,
  };
  return {
    noDaemon,
    adminToken,
    unwatched: logins.open,
    secrets: [adminToken, ...secretsOf(config, stage.rows)],
    start: async ({ port = 0, data } = {}) => {
      const folder = data ?? (await mkdtemp(join(stage.folder, 'data-')));
      return startServer({ ...environment, PULL_DOCTOR_DATA: folder, PULL_DOCTOR_PORT: String(port) });
    },
  };
}

function referenceOf(images: readonly StagedImage[], key: string): string {
  const found = images.find((image) => image.key === key);
  if (!found) throw new Error(`no image is called "${key}"`);
  return found.reference;
}

function secretsOf({ auths }: OneConfig, rows: readonly StagedFault[]): string[] {
  const passwords = rows.flatMap(({ login }) => (login ? [login.password] : []));
  return [...new Set([...passwords, ...Object.values(auths).map(({ auth }) => auth)])];
}
