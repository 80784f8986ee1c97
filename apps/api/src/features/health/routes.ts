import { existsSync } from 'node:fs';
import path from 'node:path';
import { healthz, readyz } from '@pull-doctor/contract/health';
import type { PrismaClient } from '@pull-doctor/database';
import type { FastifyInstance } from 'fastify';
import { mount } from '../../plugins/mount.ts';

export function healthRoutes(
  app: FastifyInstance,
  { db, webFolder }: { db: PrismaClient; webFolder: string },
): void {
  mount(app, healthz, () => ({ status: 'ok' as const }));

  mount(app, readyz, async ({ reply, request }) => {
    const database = await db.dockerHost.count().then(
      () => 'ready',
      (error: unknown) => {
        request.log.error({ err: error }, 'the database does not answer');
        return 'does not answer; the log has the reason';
      },
    );
    const page = existsSync(path.join(webFolder, 'index.html')) ? 'ready' : 'not built';
    const isReady = database === 'ready' && page === 'ready';
    if (!isReady) reply.code(503);
    return { status: isReady ? ('ready' as const) : ('not-ready' as const), database, page };
  });
}
