import * as z from 'zod';
import { Door, PullAttempt } from './attempts.ts';
import { endpoint } from './endpoint.ts';

/** Whether Pull Doctor hears of pulls by this door, as measured, and what it does not see while it is shut. */
export const DoorState = z
  .object({
    door: Door,
    state: z
      .enum(['open', 'shut', 'not-understood', 'unknown'])
      .describe('`not-understood`: lines come, and none of them is of a form that is known.'),
    says: z.string().describe('In words: where it is read, or why it cannot be.'),
    unseen: z
      .string()
      .nullable()
      .describe('What is missing from the history meanwhile; null where nothing is.'),
    since: z.iso.datetime().nullable().describe('Since when it stands so.'),
    lastAt: z.iso.datetime().nullable().describe('When something last came by it.'),
  })
  .meta({ id: 'DoorState' });
export type DoorState = z.infer<typeof DoorState>;

/** How complete the history is, and how long it is kept. */
export const HistoryState = z
  .object({
    doors: z.array(DoorState),
    trouble: z
      .object({
        code: z.enum(['disk-full', 'database-locked', 'not-written']),
        what: z.string(),
        fix: z.string(),
        since: z.iso.datetime(),
      })
      .nullable()
      .describe('Why nothing is recorded at the moment; null: everything is.'),
    kept: z.object({
      days: z.int().describe('Rows older than this are deleted.'),
      megabytes: z.int().describe('The oldest rows are deleted where the file would grow beyond this.'),
      attempts: z.int(),
      fileBytes: z.int(),
      oldestAt: z.iso.datetime().nullable(),
      sumsSince: z.iso.datetime().nullable().describe('The first hour whose sums are kept.'),
    }),
  })
  .meta({ id: 'HistoryState' });
export type HistoryState = z.infer<typeof HistoryState>;

export const readHistory = endpoint({
  method: 'GET',
  path: '/api/v1/history',
  summary: 'How Pull Doctor hears of pulls, and how long it keeps them',
  audience: 'signed-in',
  answer: HistoryState,
});

export const keepDiagnosis = endpoint({
  method: 'POST',
  path: '/api/v1/diagnoses/:id/keep',
  summary: 'Keep the failed pull of a pasted text in the history',
  audience: 'signed-in',
  params: z.object({ id: z.string().min(1).max(64) }),
  answer: PullAttempt,
});
