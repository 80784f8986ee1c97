import * as z from 'zod';

/** An error answer, as RFC 9457 has it (application/problem+json): what happened, and what to do. */
export const Problem = z
  .object({
    type: z.string().describe('Address of the documentation of this code.'),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable; for programs.'),
    detail: z.string().describe('What happened and why, in one or two sentences.'),
    todo: z.string().describe('What to do.'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
