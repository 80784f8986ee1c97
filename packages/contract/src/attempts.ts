import * as z from 'zod';
import { Cause, Certainty } from './causes.ts';
import { endpoint } from './endpoint.ts';

/** One try to pull, seen or made. */
export const PullAttempt = z
  .object({
    id: z.string(),
    host: z.string().describe('The Docker host that pulled.'),
    reference: z.string(),
    registry: z.string(),
    repository: z.string(),
    tag: z.string().nullable(),
    digest: z.string().nullable(),
    platform: z.string().nullable(),
    door: z.enum(['pull-doctor', 'daemon-log', 'daemon-events', 'report', 'pasted']),
    outcome: z.enum(['pulled', 'failed', 'stopped', 'running']),
    cause: Cause.nullable(),
    certainty: Certainty.nullable(),
    message: z.string().nullable().describe("The daemon's own words, secrets hidden."),
    startedAt: z.iso.datetime(),
    tookMs: z.int().nullable(),
    bytes: z.int().nullable(),
    diagnosisId: z.string().nullable(),
  })
  .meta({ id: 'PullAttempt' });
export type PullAttempt = z.infer<typeof PullAttempt>;

export const AttemptPage = z
  .object({ items: z.array(PullAttempt), nextCursor: z.string().nullable() })
  .meta({ id: 'AttemptPage' });

export const listAttempts = endpoint({
  method: 'GET',
  path: '/api/v1/attempts',
  summary: 'Pull attempts, newest first',
  audience: 'signed-in',
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  answer: AttemptPage,
});

export const readAttempt = endpoint({
  method: 'GET',
  path: '/api/v1/attempts/:id',
  summary: 'One pull attempt',
  audience: 'signed-in',
  params: z.object({ id: z.string().min(1).max(64) }),
  answer: PullAttempt,
});
