import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ConfigFile } from './evidence/credentials.ts';
import { DaemonEvidence } from './evidence/daemon.ts';

/** The Docker host and the user's configuration that every fact in the product is true for. */
export const DockerHost = z
  .object({
    id: z.string(),
    name: z.string(),
    user: z.string().describe('Whose Docker configuration is read.'),
    daemon: DaemonEvidence.pick({
      address: true,
      addressFrom: true,
      reached: true,
      failure: true,
      info: true,
      disk: true,
      diskUnknown: true,
    }).extend({
      log: DaemonEvidence.shape.log
        .omit({ lines: true })
        .describe('Whether the daemon’s log, which names failed pulls, can be read, and where it is.'),
    }),
    config: ConfigFile,
    helpers: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['found', 'missing']),
        why: z.string(),
      }),
    ),
    notes: z
      .array(z.string())
      .describe('What Pull Doctor cannot see from where it runs, and what that means.'),
    now: z.iso.datetime(),
  })
  .meta({ id: 'DockerHost' });
export type DockerHost = z.infer<typeof DockerHost>;

export const readHost = endpoint({
  method: 'GET',
  path: '/api/v1/host',
  summary: 'The Docker host, its daemon and its client configuration',
  audience: 'signed-in',
  answer: DockerHost,
});
