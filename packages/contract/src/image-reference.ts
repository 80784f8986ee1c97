import * as z from 'zod';

/** What follows `docker pull`, taken apart as Docker's own grammar does (github.com/distribution/reference). */
export const ImageReference = z
  .object({
    registry: z.string().describe('Host with port if given; `docker.io` where the name has none.'),
    repository: z.string().describe('As the registry knows it: `library/nginx`, not `nginx`.'),
    tag: z.string().nullable().describe('`latest` where neither tag nor digest was given.'),
    digest: z
      .string()
      .nullable()
      .describe('`sha256:` and 64 hexadecimal digits, or another registered algorithm.'),
  })
  .meta({ id: 'ImageReference' });
export type ImageReference = z.infer<typeof ImageReference>;

export const ReferenceFaultCode = z.enum([
  'empty',
  'too-long',
  'scheme',
  'user-info',
  'leading-dash',
  'white-space',
  'control-character',
  'uppercase-repository',
  'bad-character',
  'bad-host',
  'bad-port',
  'empty-part',
  'empty-tag',
  'bad-tag',
  'malformed-digest',
  'unsupported-digest',
  'image-id',
]);
export type ReferenceFaultCode = z.infer<typeof ReferenceFaultCode>;

/** Why a text is no image reference, and where in it. */
export const ReferenceFault = z
  .object({
    code: ReferenceFaultCode,
    what: z.string().describe('One sentence that names the wrong part.'),
    at: z.int().min(0).describe('Offset of the wrong part in the input, in UTF-16 units.'),
    length: z.int().min(0),
    fix: z.string().nullable().describe('The corrected reference, where there is an obvious one.'),
  })
  .meta({ id: 'ReferenceFault' });
export type ReferenceFault = z.infer<typeof ReferenceFault>;

export const Platform = z
  .object({
    os: z.string(),
    architecture: z.string(),
    variant: z.string().nullable(),
    osVersion: z.string().nullable().optional(),
  })
  .meta({ id: 'Platform' });
export type Platform = z.infer<typeof Platform>;
