import * as z from 'zod';

export const DaemonInfo = z
  .object({
    name: z.string(),
    version: z.string(),
    apiVersion: z.string(),
    os: z.string(),
    architecture: z.string().describe('As images name it: `amd64`, `arm64`.'),
    store: z.enum(['graph-driver', 'containerd']),
    mirrors: z.array(z.string()),
    insecureRegistries: z.array(z.string()).describe('Host names and address ranges.'),
    httpProxy: z.string().nullable().describe('Login masked by the daemon.'),
    httpsProxy: z.string().nullable(),
    noProxy: z.string().nullable(),
    rootDir: z.string(),
    variant: z.enum(['engine', 'rootless', 'desktop', 'snap']),
    warnings: z.array(z.string()),
    /** The daemon's clock minus ours, in seconds. */
    clockOffsetSeconds: z.number().nullable(),
  })
  .meta({ id: 'DaemonInfo' });
export type DaemonInfo = z.infer<typeof DaemonInfo>;

export const DaemonEvidence = z
  .object({
    address: z.string().describe('Socket or address, without a login.'),
    addressFrom: z.string().describe('What named it: DOCKER_HOST, a context, or the default.'),
    reached: z.boolean(),
    failure: z
      .object({
        code: z.enum([
          'no-socket',
          'not-permitted',
          'refused',
          'timed-out',
          'proxy-refuses',
          'too-old',
          'other',
        ]),
        message: z.string(),
        owner: z.string().nullable().describe('User and group of the socket, where it is one.'),
      })
      .nullable(),
    info: DaemonInfo.nullable(),
    disk: z
      .object({
        path: z.string(),
        freeBytes: z.number(),
        totalBytes: z.number(),
      })
      .nullable()
      .describe('Of the file system under the image store; null where Pull Doctor cannot see it.'),
    diskUnknown: z.string().nullable(),
    /** Whether the image is in the local store already. */
    localImage: z
      .object({ present: z.boolean(), id: z.string().nullable(), digests: z.array(z.string()) })
      .nullable(),
    /** Local images whose name is close to the one asked for. */
    similarLocal: z.array(z.string()),
    log: z.object({
      state: z.enum(['read', 'not-configured', 'unreadable']),
      what: z.string(),
      lines: z.array(z.object({ at: z.iso.datetime().nullable(), line: z.string() })),
    }),
    ms: z.number(),
  })
  .meta({ id: 'DaemonEvidence' });
export type DaemonEvidence = z.infer<typeof DaemonEvidence>;

/** A real pull through the daemon, made because a person asked for it. */
export const PullEvidence = z
  .object({
    outcome: z.enum(['pulled', 'failed', 'stopped']),
    httpStatus: z.int().nullable(),
    message: z.string().nullable().describe("The daemon's own words, redacted."),
    /** During which part the daemon failed. */
    during: z.enum(['resolving', 'layers', 'extracting', 'unknown']).nullable(),
    digest: z.string().nullable(),
    layers: z.int(),
    bytes: z.int().describe('Bytes downloaded, as the daemon counted them.'),
    totalBytes: z.int(),
    upToDate: z.boolean(),
    attemptId: z.string().nullable(),
    ms: z.number(),
  })
  .meta({ id: 'PullEvidence' });
export type PullEvidence = z.infer<typeof PullEvidence>;
