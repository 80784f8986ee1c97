import type { FastifyInstance } from 'fastify';
import { docsPage, type OpenApiDocument } from './docs-page.ts';
import { docsStyle } from './docs-style.ts';

/** `GET /api/v1/openapi.json` for programs, `GET /api/docs` for people: both from the contract's schemas. */
export function docsRoutes(app: FastifyInstance): void {
  const document = () => app.swagger() as unknown as OpenApiDocument;
  let page: string | null = null;

  app.get('/api/v1/openapi.json', { schema: { hide: true } }, document);

  app.get('/api/docs', { schema: { hide: true } }, (_request, reply) => {
    page ??= docsPage(document());
    return reply.type('text/html; charset=utf-8').send(page);
  });

  app.get('/api/docs.css', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(docsStyle),
  );
}
