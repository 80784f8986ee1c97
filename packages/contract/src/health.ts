import * as z from 'zod';
import { endpoint } from './endpoint.ts';

export const healthz = endpoint({
  method: 'GET',
  path: '/healthz',
  summary: 'The process is alive',
  audience: 'open',
  answer: z.object({ status: z.literal('ok') }),
});

export const Readiness = z
  .object({ status: z.enum(['ready', 'not-ready']), database: z.string(), page: z.string() })
  .meta({ id: 'Readiness' });

export const readyz = endpoint({
  method: 'GET',
  path: '/readyz',
  summary: 'Database and page are ready; 503 where one is not',
  audience: 'open',
  alsoStatus: [503],
  answer: Readiness,
});
