import type { RegistryRow } from '@pull-doctor/contract/registries';
import type { FastifyInstance } from 'fastify';
import { problem, sendProblem } from '../../plugins/faults.ts';
import type { AdminToken } from '../access/admin-token.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsParts {
  metrics: Metrics;
  rows: () => Promise<RegistryRow[]>;
  /** May read this and nothing else; null where no such token is set. */
  scrapeToken: Pick<AdminToken, 'matches'> | null;
}

/** `GET /metrics`, for a bearer token only: what it tells is about the infrastructure. */
export function metricsRoutes(app: FastifyInstance, { metrics, rows, scrapeToken }: MetricsParts): void {
  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Registries, checks and this process, in the text format of Prometheus',
        tags: ['metrics'],
      },
      onRequest: async (request, reply) => {
        if (request.asker?.by === 'token') return;
        const bearer = /^Bearer +([^\s]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
        if (bearer && scrapeToken?.matches(bearer)) return;
        return sendProblem(
          reply.header('www-authenticate', 'Bearer realm="Pull Doctor"'),
          problem(
            'not-signed-in',
            401,
            'Metrics are for a bearer token, and none that may read them was sent.',
            scrapeToken
              ? 'Send the token of PULL_DOCTOR_METRICS_TOKEN, or the admin token, as Authorization: Bearer.'
              : 'Set PULL_DOCTOR_METRICS_TOKEN and send it as Authorization: Bearer; or send the admin token.',
          ),
        );
      },
    },
    async (_request, reply) => {
      const text = await metrics.text(await rows());
      return reply.type(metrics.contentType).send(text);
    },
  );
}
