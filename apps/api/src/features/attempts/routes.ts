import { listAttempts, readAttempt } from '@pull-doctor/contract/attempts';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../../fault.ts';
import { mount } from '../../plugins/mount.ts';
import type { AttemptsStore } from './attempts.store.ts';

export function attemptRoutes(app: FastifyInstance, { attempts }: { attempts: AttemptsStore }): void {
  mount(app, listAttempts, async ({ query: { limit, cursor } }) => {
    // One more than asked for tells whether there is a next page.
    const items = await attempts.list({ limit: limit + 1, before: cursor ?? null });
    const hasMore = items.length > limit;
    return { items: items.slice(0, limit), nextCursor: hasMore ? (items[limit - 1]?.id ?? null) : null };
  });

  mount(app, readAttempt, async ({ params }) => {
    const attempt = await attempts.find(params.id);
    if (!attempt)
      throw new Fault(
        'no-such-attempt',
        404,
        `There is no pull attempt ${params.id}.`,
        'GET /api/v1/attempts lists them.',
      );
    return attempt;
  });
}
