import os from 'node:os';
import { readHost } from '@pull-doctor/contract/host';
import type { FastifyInstance } from 'fastify';
import type { Edges } from '../../edges.ts';
import { mount } from '../../plugins/mount.ts';
import type { HostsStore } from './hosts.store.ts';
import type { LookAround } from './look-around.ts';

export function hostRoutes(
  app: FastifyInstance,
  { host, look, edges }: { host: HostsStore; look: LookAround; edges: Edges },
): void {
  mount(app, readHost, async () => {
    const seen = await look();
    if (seen.daemon.info?.name) await host.rename(seen.daemon.info.name);
    return {
      id: host.id,
      name: host.name(),
      user: seen.config.owner ?? os.userInfo().username,
      ...seen,
      now: edges.now().toISOString(),
    };
  });
}
