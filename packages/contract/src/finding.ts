import * as z from 'zod';
import { Cause, Certainty } from './causes.ts';
import { StepName } from './steps.ts';

export const Command = z
  .object({
    command: z.string().describe('Exact and complete. Secrets come from standard input or a variable.'),
    says: z.string().describe('What it does, on which machine, as which user.'),
    system: z.enum(['any', 'linux', 'macos', 'windows']),
  })
  .meta({ id: 'Command' });
export type Command = z.infer<typeof Command>;

export const RestsOn = z.object({
  step: StepName,
  says: z.string().describe('What that step saw, in one sentence.'),
});
export type RestsOn = z.infer<typeof RestsOn>;

/** What follows from the evidence: what is wrong, why that is believed, and what to do. */
export const Finding = z
  .object({
    cause: Cause,
    certainty: Certainty,
    confirmedBy: z.enum(['registry', 'probe', 'file', 'daemon']).nullable().describe('Set when confirmed.'),
    what: z.string(),
    why: z.string(),
    todo: z.string(),
    commands: z.array(Command),
    wizard: z.string().nullable().describe('The id of the guided fix, where there is one.'),
    alternatives: z
      .array(
        z.object({
          cause: Cause,
          why: z.string(),
          decides: z.string().describe('What would tell them apart.'),
        }),
      )
      .describe('Other readings of the same evidence that stay open.'),
    restsOn: z.array(RestsOn),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;

export const RuledOut = z.object({ cause: Cause, why: z.string() }).meta({ id: 'RuledOut' });
export type RuledOut = z.infer<typeof RuledOut>;

/** A cause that could not be judged, and what would decide. */
export const OpenCause = z.object({ cause: Cause, until: z.string() }).meta({ id: 'OpenCause' });
export type OpenCause = z.infer<typeof OpenCause>;
