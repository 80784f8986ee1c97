import * as z from 'zod';
import { AttemptFilter } from './attempts.ts';
import { Cause, Certainty } from './causes.ts';
import { endpoint } from './endpoint.ts';

export const failureStates = ['open', 'came-back', 'quiet', 'fixed'] as const;

/**
 * Failures of one cause, for one repository, on one host: 400 failed pulls are one of these. `open`: it failed within
 * the last day. `came-back`: so, after it had been fixed. `quiet`: nobody tried for a day. `fixed`: it pulled since.
 */
export const PullFailure = z
  .object({
    fingerprint: z.string().describe('With the version of its recipe: `v1:…`.'),
    host: z.string(),
    registry: z.string().nullable(),
    repository: z.string().nullable(),
    cause: Cause,
    certainty: Certainty.nullable().describe('The surest that one of them reached.'),
    state: z.enum(failureStates),
    count: z.int(),
    firstSeenAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    images: z.array(z.string()).describe('The last ones, five at most.'),
    imageCount: z.int(),
    users: z.array(z.string()).describe('Five at most.'),
    hourly: z.array(z.int()).length(24).describe('Failures in each of the last 24 hours, oldest first.'),
    fixed: z
      .object({
        at: z.iso.datetime(),
        by: z.string().describe('In words: `a pull of acme/api:1.42.0`.'),
        attemptId: z.string().nullable(),
      })
      .nullable(),
    lastAttemptId: z.string(),
    diagnosisId: z.string().nullable().describe('The last diagnosis of one of them.'),
  })
  .meta({ id: 'PullFailure' });
export type PullFailure = z.infer<typeof PullFailure>;

export const FailurePage = z
  .object({ items: z.array(PullFailure), nextCursor: z.string().nullable() })
  .meta({ id: 'FailurePage' });
export type FailurePage = z.infer<typeof FailurePage>;

export const listFailures = endpoint({
  method: 'GET',
  path: '/api/v1/failures',
  summary: 'Failed pulls, one entry for each kind of failure, the last seen first',
  audience: 'signed-in',
  query: AttemptFilter.pick({
    from: true,
    to: true,
    host: true,
    registry: true,
    repository: true,
    cause: true,
    family: true,
    q: true,
  }).extend({
    state: z
      .string()
      .max(200)
      .transform((text) => text.split(',').filter(Boolean))
      .pipe(z.array(z.enum(failureStates)))
      .optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  answer: FailurePage,
});

export const readFailure = endpoint({
  method: 'GET',
  path: '/api/v1/failures/:fingerprint',
  summary: 'One kind of failure',
  audience: 'signed-in',
  params: z.object({ fingerprint: z.string().min(1).max(100) }),
  answer: PullFailure,
});
