import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ImageReference } from './image-reference.ts';

export const inputCharactersMax = 64 * 1024;

export const RecognizeRequest = z.object({
  input: z
    .string()
    .max(inputCharactersMax)
    .describe('A reference, a command line, a line of a file, or error text.'),
});

/** What a text was taken for; asks nobody and stores nothing. */
export const Recognition = z
  .object({
    kind: z
      .enum(['reference', 'command', 'compose', 'kubernetes', 'dockerfile', 'error', 'text'])
      .describe('`error`: text that tells of a failure. `text`: any other, of which nothing is known.'),
    client: z
      .string()
      .nullable()
      .describe(
        'The program of a command line: `docker`, `podman`, `crictl`, …; of an error text, who printed it (a MessageClient).',
      ),
    platform: z.string().nullable().describe('The one that is asked for: `linux/arm64`.'),
    reference: ImageReference.extend({ canonical: z.string(), familiar: z.string() }).nullable(),
    span: z
      .object({ start: z.int(), end: z.int() })
      .nullable()
      .describe('Where in the input the reference stands; null where an error text names it only by parts.'),
    problems: z.array(
      z.object({
        cause: z.literal('invalid-reference'),
        what: z.string(),
        at: z.int().describe('Offset in the input.'),
        fix: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Recognition' });
export type Recognition = z.infer<typeof Recognition>;

export const recognize = endpoint({
  method: 'POST',
  path: '/api/v1/recognize',
  summary: 'What is this text? Asks nobody, stores nothing',
  audience: 'signed-in',
  body: RecognizeRequest,
  answer: Recognition,
});
