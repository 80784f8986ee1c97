import { chmod, link, rm } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import type { DaemonState } from '../faults/fault.ts';
import { type StandInDaemon, startStandInDaemon } from '../stand-in-daemon.ts';
import { type DaemonVariant, proxyVariables } from './daemon-variants.ts';
import type { StageServers } from './servers.ts';

const twoDaysMs = 2 * 24 * 60 * 60 * 1000;

/** The things at DOCKER_HOST that are no real daemon: stand-ins, and the ways in which a socket can be dead. */
export interface DaemonSockets {
  /** DOCKER_HOST for a row without a real daemon; undefined: the variable is not set. */
  hostOf(state: DaemonState, variant: DaemonVariant): string | undefined;
  standIns: ReadonlyMap<DaemonVariant | 'clock behind', StandInDaemon>;
  close(): Promise<void>;
}

export async function startDaemonSockets(
  folder: string,
  variants: readonly DaemonVariant[],
  servers: StageServers,
  /** How names are reached from here: what the daemon with the wrong clock goes through. */
  variantForNames: DaemonVariant,
): Promise<DaemonSockets> {
  const standIns = new Map<DaemonVariant | 'clock behind', StandInDaemon>();
  for (const [number, variant] of variants.entries()) {
    standIns.set(
      variant,
      await startStandInDaemon({
        socket: join(folder, `d${number}.sock`),
        ...proxyOptions(variant, servers),
        ...(variant === 'disk full'
          ? { pullError: 'failed to register layer: write /data.bin: no space left on device' }
          : {}),
      }),
    );
  }
  standIns.set(
    'clock behind',
    await startStandInDaemon({
      socket: join(folder, 'clock.sock'),
      clockOffsetMs: -twoDaysMs,
      ...proxyOptions(variantForNames, servers),
      pullError:
        'x509: certificate has expired or is not yet valid: current time is before the certificate is valid',
    }),
  );
  const leftover = join(folder, 'leftover.sock');
  await leaveSocketBehind(leftover);
  const forbidden = await startStandInDaemon({ socket: join(folder, 'forbidden.sock') });
  await chmod(forbidden.socket, 0o000);

  return {
    standIns,
    hostOf: (state, variant) => {
      switch (state) {
        case 'present':
        case 'disk full':
          return standIns.get(variant)?.host;
        case 'clock behind':
          return standIns.get('clock behind')?.host;
        case 'socket missing':
          return `unix://${join(folder, 'absent.sock')}`;
        case 'socket without listener':
          return `unix://${leftover}`;
        case 'socket not permitted':
          return forbidden.host;
        case 'tcp refuses':
          return 'tcp://127.0.0.1:1';
        case 'context unknown':
          return undefined;
      }
    },
    close: async () => {
      await Promise.all([...standIns.values(), forbidden].map((daemon) => daemon.close()));
      await rm(leftover, { force: true });
    },
  };
}

/** A socket whose server died: the file is there, and connecting is refused. A second link outlives the server. */
async function leaveSocketBehind(path: string): Promise<void> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(`${path}.live`, resolve));
  await link(`${path}.live`, path);
  await new Promise((done) => server.close(done));
}

/** As `GET /info` tells them: dockerd does not show the password. */
function proxyOptions(variant: DaemonVariant, servers: StageServers) {
  const { HTTPS_PROXY: proxy, NO_PROXY: noProxy } = proxyVariables(variant, servers);
  return {
    ...(proxy ? { httpsProxy: proxy.replace(/\/\/.*@/, '//xxxxx:xxxxx@') } : {}),
    ...(noProxy ? { noProxy } : {}),
  };
}
