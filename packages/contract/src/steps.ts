import * as z from 'zod';

/**
 * The steps of a diagnosis, in the order in which a pull goes through them and the page shows them. `text` is there only
 * where an error text was pasted.
 */
export const stepNames = [
  'reference',
  'text',
  'credentials',
  'dns',
  'tcp',
  'proxy',
  'tls',
  'ping',
  'challenge',
  'token',
  'manifest',
  'platform',
  'daemon',
  'pull',
] as const;
export const StepName = z.enum(stepNames);
export type StepName = (typeof stepNames)[number];

export const StepState = z
  .enum(['done', 'failed', 'skipped', 'warning', 'waiting', 'running'])
  .meta({ id: 'StepState', description: 'A skipped step says why in its summary.' });
export type StepState = z.infer<typeof StepState>;
