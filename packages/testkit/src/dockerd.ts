import { mkdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { findProgram, startChild } from './child-process.ts';
import { type DockerApi, dockerApi } from './docker-api.ts';
import { type Unavailable, unavailable } from './unavailable.ts';

export interface DockerdOptions {
  /** Everything of this daemon is in here. Keep it short: its sockets may have 107 bytes. */
  folder: string;
  /** For instance SSL_CERT_FILE, HTTPS_PROXY. */
  env?: Record<string, string>;
  mirrors?: readonly string[];
  insecureRegistries?: readonly string[];
  /** Puts its data on a memory disk of this size, which a big image fills. */
  diskMegabytes?: number;
}

export interface Dockerd extends DockerApi {
  ok: true;
  socket: string;
  /** A value for DOCKER_HOST. */
  host: string;
  /** The daemon's log. */
  lines: string[];
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Starts a real dockerd without networks and firewall rules, so that several run side by side on one machine.
 *
 * It reads none of the machine's own settings, except /etc/docker/certs.d, for which docker has no other place.
 */
export async function startDockerd(options: DockerdOptions): Promise<Dockerd | Unavailable> {
  const program = findProgram('dockerd');
  if (!program) return unavailable('dockerd is not installed: apt-get install docker.io');
  if (process.getuid?.() !== 0) return unavailable('dockerd needs root');
  const { folder } = options;
  const [data, socket] = [join(folder, 'data'), join(folder, 'docker.sock')];
  await mkdir(data, { recursive: true });
  const settings = {
    'registry-mirrors': options.mirrors ?? [],
    'insecure-registries': options.insecureRegistries ?? [],
  };
  await writeFile(join(folder, 'daemon.json'), JSON.stringify(settings));

  const command = [
    program,
    ...['--config-file', join(folder, 'daemon.json'), '--host', `unix://${socket}`],
    ...['--data-root', data, '--exec-root', join(folder, 'exec'), '--pidfile', join(folder, 'pid')],
    ...['--storage-driver', 'vfs', '--bridge', 'none', '--iptables=false', '--ip6tables=false'],
    ...['--max-download-attempts', '1', '--log-level', 'info'],
  ];
  const child = startChild(onSmallDisk(options.diskMegabytes, data, command), {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    ...options.env,
  });
  const stop = async () => {
    await child.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  if (!(await isReady(socket, () => child.exitCode !== null))) {
    await stop();
    throw new Error(`dockerd did not start: ${child.lines.slice(-3).join(' | ')}`);
  }
  return { ok: true, socket, host: `unix://${socket}`, lines: child.lines, ...dockerApi(socket), stop };
}

// The disk is mounted in a mount namespace of the daemon's own: it is gone when the daemon is.
function onSmallDisk(
  megabytes: number | undefined,
  data: string,
  command: readonly string[],
): readonly string[] {
  if (megabytes === undefined) return command;
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`;
  return ['unshare', '--mount', 'sh', '-c', mount, data, ...command];
}

async function isReady(socketPath: string, hasEnded: () => boolean): Promise<boolean> {
  const end = Date.now() + 20_000;
  while (Date.now() < end && !hasEnded()) {
    const answers = await new Promise<boolean>((resolve) => {
      const request = http.get({ socketPath, path: '/_ping' }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      request.on('error', () => resolve(false));
    });
    if (answers) return true;
    await new Promise((resume) => setTimeout(resume, 25));
  }
  return false;
}
