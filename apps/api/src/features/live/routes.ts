import type { FastifyInstance } from 'fastify';
import type { Hub, NumberedEvent } from './hub.ts';

const heartbeatMs = 15_000;
// A reader that takes nothing while this much waits for it is dropped; it comes back with its Last-Event-ID.
const waitingBytesMax = 256 * 1024;

/** `GET /api/v1/events`: server-sent events as the HTML standard has them; ids and kinds only. */
export function liveRoutes(app: FastifyInstance, { hub, now }: { hub: Hub; now: () => Date }): void {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const close of open) close();
  });

  app.get(
    '/api/v1/events',
    {
      config: { audience: 'signed-in' },
      schema: { summary: 'What changed, as server-sent events', tags: ['live'] },
    },
    (request, reply) => {
      reply.hijack();
      const stream = reply.raw;
      stream.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const send = (text: string) => {
        if (stream.writableLength > waitingBytesMax) stream.destroy();
        else stream.write(text);
      };
      const beat = () => send(`event: heartbeat\ndata: ${JSON.stringify({ now: now().toISOString() })}\n\n`);
      const pass = ({ eventId, kind, id }: NumberedEvent) =>
        send(`id: ${eventId}\nevent: ${kind}\ndata: ${JSON.stringify({ kind, id })}\n\n`);

      send('retry: 2000\n\n');
      beat();
      const last = request.headers['last-event-id'];
      if (typeof last === 'string' && last !== '') {
        const missed = hub.since(last);
        if (missed) for (const event of missed) pass(event);
        else send(`event: missed-events\ndata: ${JSON.stringify({ kind: 'missed-events', id: '' })}\n\n`);
      }
      const unsubscribe = hub.subscribe(pass);
      const timer = setInterval(beat, heartbeatMs);
      const close = () => stream.end();
      open.add(close);
      stream.once('close', () => {
        clearInterval(timer);
        unsubscribe();
        open.delete(close);
      });
    },
  );
}
