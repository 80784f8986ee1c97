import {
  addRegistry,
  checkAllRegistries,
  checkRegistry,
  listRegistries,
  readRegistry,
  removeRegistry,
} from '@pull-doctor/contract/registries';
import type { FastifyInstance } from 'fastify';
import { mount } from '../../plugins/mount.ts';
import { badge } from './badge.ts';
import type { Board } from './board.ts';

export function registryRoutes(
  app: FastifyInstance,
  { board, badges }: { board: Board; badges: boolean },
): void {
  mount(app, listRegistries, ({ query }) => board.read(query.user));
  mount(app, readRegistry, ({ params, query }) => board.detail(params.host, query.user));
  mount(app, addRegistry, ({ body }) => board.add(body.host, body.endsAt));
  mount(app, removeRegistry, ({ params }) => board.remove(params.host));
  mount(app, checkRegistry, ({ params, query }) => board.check(params.host, query.user));
  mount(app, checkAllRegistries, ({ query }) => board.checkAll(query.user));
  if (!badges) return;

  // For pages of others, which have no credential: what it shows is in the setting's sentence.
  app.get<{ Params: { host: string } }>(
    '/api/v1/registries/:host/badge.svg',
    {
      config: { audience: 'open', shownToEverybody: true },
      schema: {
        summary: 'A badge with host and status, where badges are on',
        tags: ['registries'],
        security: [],
      },
    },
    async ({ params }, reply) => {
      const seen = await board.statusOf(params.host);
      return reply
        .code(seen ? 200 : 404)
        .type('image/svg+xml; charset=utf-8')
        .headers({ 'cache-control': 'max-age=60', 'cross-origin-resource-policy': 'cross-origin' })
        .send(badge(seen?.host ?? params.host, seen?.status ?? null));
    },
  );
}
