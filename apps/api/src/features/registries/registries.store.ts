import { CheckEvidence, type LoginStatus, type RegistryCheck } from '@pull-doctor/contract/registries';
import type { Prisma, PrismaClient } from '@pull-doctor/database';

/** What a person decided about a registry; `found` where only an end was entered. */
export interface Choice {
  registry: string;
  state: 'added' | 'hidden' | 'found';
  at: Date;
  endsAt: Date | null;
}

/** The last check of one registry with the credential of one user's configuration folder. */
export interface StoredLogin {
  folder: string;
  registry: string;
  status: LoginStatus;
  /** Since when it stands so. */
  since: Date;
  checkedAt: Date;
  checkMs: number;
  evidence: CheckEvidence;
}

export interface RegistriesStore {
  choices(): Promise<Choice[]>;
  choose(choice: Choice): Promise<void>;
  forget(registry: string): Promise<void>;
  logins(): Promise<StoredLogin[]>;
  /** Writes what a check found: one row with the last evidence, and one small row of the past. */
  record(login: StoredLogin, why: string): Promise<void>;
  /** The status changed with time alone. */
  turn(folder: string, registry: string, status: LoginStatus, since: Date): Promise<void>;
  /** Oldest first. */
  checksOf(folder: string, registry: string, since: Date): Promise<RegistryCheck[]>;
  /** Deletes some of what is older; whether there may be more of it. */
  prune(before: Date, watched: ReadonlySet<string>): Promise<boolean>;
}

/** A key for one row: two users' folders with the same registry are two. A NUL is in no path. */
export const rowKey = (folder: string, registry: string) => `${folder}\0${registry}`;

// Some milliseconds of writing at once: whoever asks meanwhile does not notice.
const prunedAtOnce = 500;

// Hundreds of rows a day for each registry: the whole sentence of the last one is in its evidence.
const whyCharactersMax = 300;

export function registriesStore(db: PrismaClient, host: { id: string }): RegistriesStore {
  const hostId = host.id;
  return {
    async choices() {
      const rows = await db.registryChoice.findMany({ where: { hostId } });
      return rows.map(({ registry, state, at, endsAt }) => ({
        registry,
        state: state as Choice['state'],
        at,
        endsAt,
      }));
    },

    async choose({ registry, ...choice }) {
      await db.registryChoice.upsert({
        where: { hostId_registry: { hostId, registry } },
        create: { hostId, registry, ...choice },
        update: choice,
      });
    },

    async forget(registry) {
      await db.registryChoice.deleteMany({ where: { hostId, registry } });
    },

    async logins() {
      const rows = await db.registryLogin.findMany({ where: { hostId } });
      return rows.flatMap(({ id: _, hostId: __, evidence, status, ...row }) => {
        // Evidence of another version is not worth a failed start: the next check writes it anew.
        const read = CheckEvidence.safeParse(evidence);
        return read.success ? [{ ...row, status: status as LoginStatus, evidence: read.data }] : [];
      });
    },

    async record({ folder, registry, evidence, ...login }, why) {
      const data = { ...login, evidence: evidence as unknown as Prisma.InputJsonValue };
      const check = {
        at: login.checkedAt,
        ms: login.checkMs,
        status: login.status,
        why: why.slice(0, whyCharactersMax),
      };
      await db.registryLogin.upsert({
        where: { hostId_folder_registry: { hostId, folder, registry } },
        create: { hostId, folder, registry, ...data, checks: { create: check } },
        update: { ...data, checks: { create: check } },
        select: { id: true },
      });
    },

    async turn(folder, registry, status, since) {
      await db.registryLogin.updateMany({ where: { hostId, folder, registry }, data: { status, since } });
    },

    async checksOf(folder, registry, since) {
      const rows = await db.registryCheck.findMany({
        where: { login: { hostId, folder, registry }, at: { gte: since } },
        orderBy: { id: 'asc' },
      });
      return rows.map(({ at, ms, status, why }) => ({
        at: at.toISOString(),
        ms,
        status: status as LoginStatus,
        why,
      }));
    },

    async prune(before, watched) {
      const { count } = await db.registryCheck.deleteMany({
        where: { at: { lt: before } },
        limit: prunedAtOnce,
      });
      if (count === prunedAtOnce) return true;
      const old = await db.registryLogin.findMany({
        where: { hostId, checkedAt: { lt: before } },
        select: { id: true, folder: true, registry: true },
      });
      const gone = old.filter(({ folder, registry }) => !watched.has(rowKey(folder, registry)));
      await db.registryLogin.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } });
      return false;
    },
  };
}
