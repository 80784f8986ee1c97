import type { Endpoint } from '@pull-doctor/contract/endpoint';
import { Problem } from '@pull-doctor/contract/problem';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a handler gets: the parsed parts of the request. */
export interface Asked<Params, Query, Body> {
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  request: FastifyRequest;
  reply: FastifyReply;
}

/**
 * Serves one endpoint of the contract. Its schemas validate the request, serialise the answer and make the
 * documentation; a handler that answers something else is a type error.
 */
export function mount<
  Params extends z.ZodType | undefined,
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
  Answer extends z.ZodType,
>(
  app: FastifyInstance,
  endpoint: Endpoint<Params, Query, Body, Answer>,
  handler: (asked: Asked<Params, Query, Body>) => Promise<z.input<Answer>> | z.input<Answer>,
  limits: { bodyLimit?: number } = {},
): void {
  const statuses = [endpoint.status ?? 200, ...(endpoint.alsoStatus ?? [])];
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    ...limits,
    config: { audience: endpoint.audience },
    schema: {
      summary: endpoint.summary,
      ...(endpoint.params && { params: endpoint.params }),
      ...(endpoint.query && { querystring: endpoint.query }),
      ...(endpoint.body && { body: endpoint.body }),
      response: {
        ...Object.fromEntries(statuses.map((status) => [status, endpoint.answer])),
        '4xx': Problem,
      },
      ...(endpoint.audience === 'open' && { security: [] }),
    },
    handler: async (request, reply) => {
      if (endpoint.status) reply.code(endpoint.status);
      return handler({
        params: request.params as Parsed<Params>,
        query: request.query as Parsed<Query>,
        body: request.body as Parsed<Body>,
        request,
        reply,
      });
    },
  });
}
