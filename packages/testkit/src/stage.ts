import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDockerConfigFolder } from './docker-config-folder.ts';
import { type Dockerd, startDockerd } from './dockerd.ts';
import type { Fault } from './faults/fault.ts';
import { helperPrograms } from './faults/helper-programs.ts';
import { serverOf } from './faults/row.ts';
import { faults } from './faults/table.ts';
import { writeHelpers } from './helpers/credential-helpers.ts';
import { isInsideNamespace } from './namespace.ts';
import { type DaemonSockets, startDaemonSockets } from './stage/daemon-sockets.ts';
import { type DaemonVariant, dockerdOptions, proxyVariables, variantOf } from './stage/daemon-variants.ts';
import { fillIn } from './stage/placeholders.ts';
import { type Place, type StageServers, startServers } from './stage/servers.ts';
import type { Unavailable } from './unavailable.ts';

export interface StageOptions {
  /** "namespace" only inside one, see bin/in-namespace.ts. Default: wherever we are. */
  place?: Place;
  /** Where files go; a new folder under the system's temporary one unless told. Keep it short (unix sockets). */
  folder?: string;
  /** The rows to set up; all of them unless told. */
  rows?: readonly Fault[];
}

/** A row, ready to be diagnosed. */
export interface StagedFault {
  fault: Fault;
  /** The reference to type, with real ports. */
  image: string;
  /**
   * The whole environment of docker for this row, not an addition: DOCKER_CONFIG, DOCKER_AUTH_CONFIG, DOCKER_HOST (a
   * stand-in), HTTP_PROXY, HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE, PATH, HOME.
   */
  environment: Record<string, string>;
  /** Which real daemon shows it. */
  daemon: DaemonVariant;
  /** What X-Registry-Auth has to carry for this row. */
  login?: { user: string; password: string; server: string };
  /** Set where the row cannot be shown here and now: the reason, for the name of the skip. */
  unavailable?: string;
}

export interface Stage extends StageServers {
  place: Place;
  folder: string;
  rows: readonly StagedFault[];
  row(name: string): StagedFault;
  sockets: DaemonSockets;
  /** Starts the real daemon of a variant, or returns the one that runs. Stopped with the stage. */
  startDaemon(variant: DaemonVariant): Promise<Dockerd | Unavailable>;
  stop(): Promise<void>;
}

/** Starts everything that the rows need, in about a second, without any real daemon. */
export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const place = options.place ?? (isInsideNamespace() ? 'namespace' : 'anywhere');
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'pdk-')));
  await mkdir(folder, { recursive: true });
  const servers = await startServers(place, folder);
  const chosen = options.rows ?? faults;
  const variants = [...new Set(chosen.map((fault) => variantOf(fault, place)))];
  const sockets = await startDaemonSockets(
    folder,
    variants,
    servers,
    place === 'namespace' ? 'plain' : 'proxy',
  );
  const helperFolder = join(folder, 'helpers');
  await writeHelpers(helperFolder, helperPrograms(servers.registries.basic.host));
  const rows = await Promise.all(
    chosen.map((fault, number) =>
      prepare(fault, place, servers, sockets, join(folder, `r${number}`), helperFolder),
    ),
  );
  const daemons = new Map<DaemonVariant, Promise<Dockerd | Unavailable>>();
  return {
    ...servers,
    place,
    folder,
    rows,
    sockets,
    row: (name) => {
      const found = rows.find(({ fault }) => fault.name === name);
      if (!found) throw new Error(`no row is named "${name}"`);
      return found;
    },
    startDaemon: (variant) => {
      const running =
        daemons.get(variant) ??
        startDockerd({ folder: join(folder, `docker${daemons.size}`), ...dockerdOptions(variant, servers) });
      daemons.set(variant, running);
      return running;
    },
    stop: async () => {
      const started = await Promise.allSettled(daemons.values());
      await Promise.all(
        started.map((daemon) =>
          daemon.status === 'fulfilled' && daemon.value.ok ? daemon.value.stop() : undefined,
        ),
      );
      await Promise.all([sockets.close(), servers.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function prepare(
  fault: Fault,
  place: Place,
  servers: StageServers,
  sockets: DaemonSockets,
  folder: string,
  helperFolder: string,
): Promise<StagedFault> {
  const fill = (text: string) => fillIn(text, servers.addresses);
  const { text, encoding, authConfigVariable, hasHelpers, ...rest } = fault.config ?? {};
  const config = await makeDockerConfigFolder(folder, {
    ...rest,
    ...(text === undefined ? {} : { text: encoded(fill(text), encoding) }),
    ...(hasHelpers ? { helpers: helperFolder } : {}),
  });
  const daemon = variantOf(fault, place);
  const dockerHost = sockets.hostOf(fault.daemon, daemon);
  const unavailable = whyUnavailable(fault, place);
  return {
    fault,
    image: fill(fault.image),
    environment: {
      ...config.environment,
      ...proxyVariables(daemon, servers),
      SSL_CERT_FILE: servers.certificates.bundle,
      ...(dockerHost === undefined ? {} : { DOCKER_HOST: dockerHost }),
      ...(authConfigVariable === undefined ? {} : { DOCKER_AUTH_CONFIG: fill(authConfigVariable) }),
    },
    daemon,
    ...(fault.sends ? { login: { ...fault.sends, server: fill(serverOf(fault.image)) } } : {}),
    ...(unavailable === undefined ? {} : { unavailable }),
  };
}

function encoded(text: string, encoding: 'utf8-bom' | 'utf16' | undefined): string | Buffer {
  if (encoding === 'utf8-bom') return `\ufeff${text}`;
  return encoding === 'utf16' ? Buffer.from(`\ufeff${text}`, 'utf16le') : text;
}

function whyUnavailable({ place: needed, needs, image }: Fault, place: Place): string | undefined {
  if (needed === 'namespace' && place !== 'namespace')
    return 'names lead to us only in a network namespace (Linux, root)';
  if (needs === 'not root' && process.getuid?.() === 0) return 'root may open every file and socket';
  if (image.includes('{dropped}') && process.platform !== 'linux')
    return 'only Linux drops packets at a full queue';
  return undefined;
}
