import * as z from 'zod';

/** Who saw a fact. Pull Doctor's own DNS, proxy and certificates are not the daemon's. */
export const Vantage = z.enum(['pull-doctor', 'dockerd', 'pasted']);
export type Vantage = z.infer<typeof Vantage>;

export const Header = z.object({ name: z.string(), value: z.string().describe('Redacted by allow-list.') });
export type Header = z.infer<typeof Header>;

/** One entry of the distribution specification's error envelope, or the closest thing a registry sent instead. */
export const RegistryError = z.object({ code: z.string(), message: z.string() });
export type RegistryError = z.infer<typeof RegistryError>;

export const FailureCode = z.enum([
  'name-not-found',
  'name-server-failure',
  'name-server-silent',
  'refused',
  'connect-timed-out',
  'unreachable',
  'reset',
  'closed',
  'proxy-refused',
  'proxy-login',
  'proxy-unreachable',
  'proxy-protocol',
  'not-tls',
  'tls-protocol',
  'tls-alert',
  'certificate-required',
  'untrusted',
  'certificate-invalid',
  'answer-timed-out',
  'headers-too-large',
  'body-too-large',
  'body-cut-short',
  'not-http',
  'bad-encoding',
  'too-many-redirects',
  'guarded',
  'stopped',
  'other',
]);
export type FailureCode = z.infer<typeof FailureCode>;

/** Why there is no answer. */
export const Failure = z
  .object({
    layer: z.enum(['dns', 'tcp', 'proxy', 'tls', 'http', 'guard', 'deadline']),
    code: FailureCode,
    message: z.string().describe("The system's own words, redacted."),
  })
  .meta({ id: 'Failure' });
export type Failure = z.infer<typeof Failure>;

export const Answer = z.object({
  status: z.int(),
  headers: z.array(Header),
  bodyKind: z.enum(['none', 'json', 'html', 'text', 'binary']),
  bytes: z.int().describe('Length of the body as read; reading stops at a limit.'),
  excerpt: z
    .string()
    .describe('The first 2,000 characters, redacted; empty for binary bodies and manifests.'),
  errors: z.array(RegistryError),
});
export type Answer = z.infer<typeof Answer>;

/** One request and what came back: exactly one of `answer` and `failure` is set. */
export const Exchange = z
  .object({
    request: z.object({
      method: z.enum(['GET', 'HEAD', 'POST', 'CONNECT']),
      url: z.string().describe('Redacted.'),
      headers: z.array(Header),
      credential: z
        .enum(['none', 'basic', 'identity-token', 'anonymous-bearer', 'bearer'])
        .describe(
          'What was sent as Authorization; `anonymous-bearer` is a token that was got without a credential.',
        ),
    }),
    answer: Answer.nullable(),
    failure: Failure.nullable(),
    redirects: z.array(
      z.object({ status: z.int(), to: z.string(), followed: z.boolean(), why: z.string().nullable() }),
    ),
    at: z.iso.datetime(),
    ms: z.number().describe('Milliseconds from sending to the end of the body.'),
  })
  .meta({ id: 'Exchange' });
export type Exchange = z.infer<typeof Exchange>;
