import * as z from 'zod';
import { Cause, Certainty, causes, families } from './causes.ts';
import { endpoint } from './endpoint.ts';

/** The ways in which Pull Doctor hears of a pull. */
export const doors = ['pull-doctor', 'daemon-log', 'daemon-events', 'report', 'pasted'] as const;
export const Door = z.enum(doors).meta({ id: 'Door' });
export type Door = z.infer<typeof Door>;

export const outcomes = ['pulled', 'failed', 'stopped', 'running'] as const;
export const Outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof Outcome>;

/** One try to pull, seen or made. */
export const PullAttempt = z
  .object({
    id: z.string(),
    host: z.string().describe('The Docker host that pulled.'),
    reference: z
      .string()
      .nullable()
      .describe('As Docker reads it. Null: of a pull that failed, the daemon’s log did not name the image.'),
    registry: z.string().nullable().describe('Null where neither image nor registry was named.'),
    repository: z.string().nullable(),
    tag: z.string().nullable(),
    digest: z.string().nullable(),
    platform: z.string().nullable(),
    user: z.string().nullable().describe('Who pulled, where that was told.'),
    client: z.string().nullable().describe('What pulled: `docker pull`, `compose`, `GitHub Actions`.'),
    door: Door,
    outcome: Outcome,
    cause: Cause.nullable(),
    certainty: Certainty.nullable(),
    message: z.string().nullable().describe("The daemon's own words, whole, secrets hidden."),
    startedAt: z.iso.datetime(),
    tookMs: z.int().nullable(),
    bytes: z.int().nullable(),
    fingerprint: z
      .string()
      .nullable()
      .describe('Of the failure that it belongs to; null for what did not fail.'),
    diagnosisId: z.string().nullable(),
  })
  .meta({ id: 'PullAttempt' });
export type PullAttempt = z.infer<typeof PullAttempt>;

const listOf = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z
    .string()
    .max(2_000)
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(values)))
    .optional();

/** What narrows the history, in an address as in the API. Times are instants; `to` is not part of the span. */
export const AttemptFilter = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  host: z.string().max(300).optional(),
  registry: z.string().max(300).optional(),
  repository: z.string().max(300).optional(),
  cause: listOf(causes).describe('One or more, separated by commas.'),
  family: listOf(families).describe('One or more, separated by commas.'),
  outcome: listOf(outcomes).describe('One or more, separated by commas.'),
  door: listOf(doors).describe('One or more, separated by commas.'),
  user: z.string().max(300).optional(),
  client: z.string().max(300).optional(),
  fingerprint: z.string().max(100).optional(),
  q: z.string().max(300).optional().describe('A part of the image, of the user’s name, or of the message.'),
});
export type AttemptFilter = z.infer<typeof AttemptFilter>;

export const attemptOrders = ['-time', 'time', '-took', 'took', 'image', '-image'] as const;

export const AttemptPage = z
  .object({ items: z.array(PullAttempt), nextCursor: z.string().nullable() })
  .meta({ id: 'AttemptPage' });
export type AttemptPage = z.infer<typeof AttemptPage>;

export const listAttempts = endpoint({
  method: 'GET',
  path: '/api/v1/attempts',
  summary: 'Pull attempts, newest first unless asked otherwise',
  audience: 'signed-in',
  query: AttemptFilter.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
    sort: z.enum(attemptOrders).default('-time'),
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

const Count = z.int().min(0);

/** How many pulls there were, per step of time and in all; what the chart draws and the heading says. */
export const AttemptStats = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    stepSeconds: z.int(),
    steps: z
      .array(
        z.object({
          at: z.iso.datetime().describe('Where the step begins.'),
          pulled: Count,
          failed: z
            .partialRecord(z.enum(families), Count)
            .describe('By family; those without a failure are left out.'),
        }),
      )
      .describe('All steps, empty ones too, oldest first.'),
    total: z.object({
      attempts: Count,
      pulled: Count,
      failed: Count,
      stopped: Count,
      causes: z.array(z.object({ cause: Cause, count: Count })).describe('Most first.'),
      registries: z
        .array(z.object({ registry: z.string(), attempts: Count, failed: Count }))
        .describe('Most first; 50 at most.'),
      hosts: z
        .array(z.object({ host: z.string(), attempts: Count, failed: Count }))
        .describe('Most first; 50 at most.'),
    }),
    before: z
      .object({ attempts: Count, failed: Count })
      .describe('Of the span of the same length before, with the same filters.'),
    exact: z
      .boolean()
      .describe(
        'False where rows of the span were deleted by age or size, so that hourly sums stand in for them.',
      ),
  })
  .meta({ id: 'AttemptStats' });
export type AttemptStats = z.infer<typeof AttemptStats>;

export const readAttemptStats = endpoint({
  method: 'GET',
  path: '/api/v1/attempts/stats',
  summary: 'How many pulls worked and failed, and why, over time',
  audience: 'signed-in',
  query: AttemptFilter.extend({
    steps: z.coerce
      .number()
      .int()
      .min(1)
      .max(200)
      .default(48)
      .describe('About how many steps the span is cut into.'),
  }),
  answer: AttemptStats,
});

/** What a program tells of a pull that it saw. */
export const AttemptReport = z
  .object({
    key: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        'Of the reporter’s choosing, once for each pull: a report that is sent again is recorded once.',
      ),
    reference: z.string().min(1).max(1_000).describe('As it was given to docker pull.'),
    outcome: z.enum(['pulled', 'failed', 'stopped']),
    message: z.string().max(65_536).optional().describe('What the program printed where it failed.'),
    host: z.string().min(1).max(300).optional().describe('The machine; this one where it is left out.'),
    user: z.string().max(300).optional(),
    client: z.string().max(300).optional(),
    platform: z.string().max(100).optional(),
    digest: z.string().max(200).optional(),
    startedAt: z.iso.datetime({ offset: true }).optional().describe('Now where it is left out.'),
    tookMs: z.int().min(0).max(86_400_000).optional(),
    bytes: z.int().min(0).optional(),
  })
  .meta({ id: 'AttemptReport' });
export type AttemptReport = z.infer<typeof AttemptReport>;

export const AttemptReceipt = z
  .object({
    results: z
      .array(
        z.object({
          state: z.enum(['recorded', 'known', 'refused']).describe('`known`: its key was recorded before.'),
          id: z.string().nullable(),
          key: z.string().nullable(),
          what: z.string().nullable().describe('Why it was refused.'),
        }),
      )
      .describe('In the order of the reports. What is `recorded` here is on disk.'),
  })
  .meta({ id: 'AttemptReceipt' });
export type AttemptReceipt = z.infer<typeof AttemptReceipt>;

export const reportAttempts = endpoint({
  method: 'POST',
  path: '/api/v1/attempts',
  summary: 'Report one pull, or up to 1,000 at once',
  audience: 'signed-in',
  body: z.union([AttemptReport, z.array(AttemptReport).min(1).max(1_000)]).meta({ id: 'AttemptReports' }),
  answer: AttemptReceipt,
});
