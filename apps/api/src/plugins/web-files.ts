import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem, sendProblem } from './faults.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Sends index.html, with the theme and the session that the browser's cookies name: no flash, no inline script. */
    sendPage(): FastifyReply;
  }
}

/** The built page: hashed files for ever, index.html never cached, every unknown address of a page is index.html. */
export async function addWebFiles(app: FastifyInstance, webFolder: string): Promise<void> {
  const page = indexPage(path.join(webFolder, 'index.html'));
  app.decorateReply('sendPage', function (this: FastifyReply) {
    const html = page(attributesOf(this.request));
    if (html === null)
      return sendProblem(
        this,
        problem('page-not-built', 503, 'The page was not built.', 'Run npm run build, or use the API.'),
      );
    return this.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
  });
  await app.register(fastifyStatic, {
    root: webFolder,
    index: false,
    wildcard: true,
    cacheControl: false,
    setHeaders: (response, file) => {
      const isHashed = path.dirname(file) === path.join(webFolder, 'assets');
      response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // Of a folder the static files would say 403.
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.sendPage());
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !/^\/(?:api|assets)(?:\/|\?|$)/.test(request.url);
    if (isPage) return reply.sendPage();
    return sendProblem(
      reply,
      problem(
        'no-such-address',
        404,
        `There is nothing at ${request.method} ${request.url.split('?')[0]?.slice(0, 200)}.`,
        '/api/docs lists every address.',
      ),
    );
  });
}

/** The chosen theme, and whether there is a session: the cookie of that is kept from scripts. */
function attributesOf(request: FastifyRequest): string {
  const theme = request.cookies.theme;
  const isTheme = theme === 'light' || theme === 'dark';
  return `${isTheme ? `data-theme="${theme}" ` : ''}${request.asker ? 'data-signed-in ' : ''}`;
}

/** Reads index.html once, and again when it was rebuilt. */
function indexPage(file: string): (attributes: string) => string | null {
  let read: { html: string; mtimeMs: number } | null = null;
  return (attributes) => {
    const mtimeMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (mtimeMs === undefined) return null;
    if (read?.mtimeMs !== mtimeMs) read = { html: readFileSync(file, 'utf8'), mtimeMs };
    return read.html.replace('<html ', `<html ${attributes}`);
  };
}
