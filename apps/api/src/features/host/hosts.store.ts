import type { PrismaClient } from '@pull-doctor/database';
import { ulid } from 'ulid';

/** The Docker host that this Pull Doctor watches: made once, renamed when the daemon tells another name. */
export interface HostsStore {
  readonly id: string;
  name(): string;
  rename(name: string): Promise<void>;
}

export async function openHostsStore(db: PrismaClient, nameHere: string, now: Date): Promise<HostsStore> {
  const found = await db.dockerHost.findFirst({ orderBy: { id: 'asc' } });
  const host =
    found ??
    (await db.dockerHost.create({ data: { id: ulid(now.getTime()), name: nameHere, firstSeenAt: now } }));
  let name = host.name;
  return {
    id: host.id,
    name: () => name,
    async rename(to) {
      if (to === name || to === '') return;
      name = to;
      await db.dockerHost.update({ where: { id: host.id }, data: { name: to } });
    },
  };
}
