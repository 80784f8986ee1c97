import { createHash, randomBytes } from 'node:crypto';
import type { PrismaClient } from '@pull-doctor/database';
import { ulid } from 'ulid';

export const sessionDaysMax = 30;

export interface OpenSession {
  id: string;
  how: string;
  endsAt: Date;
}

/** Signed-in browsers. The cookie's value is known to the browser alone; the database has its hash. */
export interface SessionsStore {
  start(how: string): Promise<{ cookie: string; session: OpenSession }>;
  find(cookie: string): Promise<OpenSession | null>;
  end(id: string): Promise<void>;
}

export function sessionsStore(db: PrismaClient, now: () => Date): SessionsStore {
  const hash = (cookie: string) => createHash('sha256').update(cookie).digest('hex');
  return {
    async start(how) {
      const cookie = randomBytes(32).toString('base64url');
      const startedAt = now();
      const endsAt = new Date(startedAt.getTime() + sessionDaysMax * 86_400_000);
      await db.session.deleteMany({ where: { endsAt: { lt: startedAt } } });
      const session = await db.session.create({
        data: { id: ulid(startedAt.getTime()), tokenHash: hash(cookie), how, startedAt, endsAt },
      });
      return { cookie, session };
    },
    async find(cookie) {
      const session = await db.session.findUnique({ where: { tokenHash: hash(cookie) } });
      return session && session.endsAt > now() ? session : null;
    },
    async end(id) {
      await db.session.deleteMany({ where: { id } });
    },
  };
}
