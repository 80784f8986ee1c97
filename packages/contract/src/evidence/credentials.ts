import * as z from 'zod';

/** Until when a credential works, as far as it tells itself. Never a constant in place of a fact. */
export const Expiry = z
  .object({
    state: z
      .enum(['ends', 'no-expiry', 'unknown', 'renews-itself'])
      .describe('`ends`: endsAt is set. `no-expiry`: the issuer says that it does not end.'),
    endsAt: z.iso.datetime().nullable(),
    issuedAt: z.iso.datetime().nullable(),
    source: z.string().describe('Where that was read, e.g. `exp of the token`, or why it cannot be known.'),
  })
  .meta({ id: 'Expiry' });
export type Expiry = z.infer<typeof Expiry>;

export const CredentialKind = z.enum(['basic', 'identity-token', 'registry-token']);
export type CredentialKind = z.infer<typeof CredentialKind>;

/** The credential that Docker would send, without its secret. */
export const UsedCredential = z
  .object({
    place: z.enum(['DOCKER_AUTH_CONFIG', 'credHelpers', 'credsStore', 'auths']),
    key: z.string().describe('The key under which it was found.'),
    kind: CredentialKind,
    user: z.string().nullable(),
    helper: z.string().nullable(),
    secretLength: z.int(),
    looksLike: z
      .string()
      .nullable()
      .describe('What the secret is by its known prefix or form, e.g. `ECR password`.'),
    expiry: Expiry,
  })
  .meta({ id: 'UsedCredential' });
export type UsedCredential = z.infer<typeof UsedCredential>;

export const CredentialSource = z
  .object({
    place: z.enum(['DOCKER_AUTH_CONFIG', 'credHelpers', 'credsStore', 'auths']),
    key: z.string().nullable(),
    state: z.enum(['used', 'passed-over', 'broken', 'absent']),
    why: z.string(),
    /** The name that `credHelpers` or `credsStore` gives, without `docker-credential-`. */
    helper: z.string().nullable(),
    code: z
      .enum([
        'used',
        'no-entry',
        'not-set',
        'earlier-place-won',
        'hidden-by-helper',
        'dead-key',
        'other-port',
        'other-host',
        'bad-base64',
        'no-colon',
        'empty-auth',
        'not-json',
        'unknown-field',
        'helper-missing',
        'helper-failed',
        'helper-timed-out',
        'helper-garbage',
        'helper-not-found',
        'helper-name-refused',
        'helper-not-executable',
        'elsewhere',
        'file-unreadable',
      ])
      .describe('`elsewhere`: the helper lives on the host and cannot be run where Pull Doctor runs.'),
  })
  .meta({ id: 'CredentialSource' });
export type CredentialSource = z.infer<typeof CredentialSource>;

export const ConfigFault = z
  .object({
    code: z.enum([
      'not-json',
      'byte-order-mark',
      'trailing-comma',
      'comment',
      'cut-short',
      'merge-markers',
      'not-an-object',
      'wrong-type',
      'bad-base64',
      'no-colon',
      'empty-file',
      'unreadable',
      'is-a-directory',
      'parent-is-a-file',
      'too-large',
    ]),
    what: z.string(),
    key: z.string().nullable().describe('The entry that is broken, where it is one entry.'),
    line: z.int().nullable().describe('From 1.'),
    column: z.int().nullable().describe('From 1, in UTF-16 units.'),
  })
  .meta({ id: 'ConfigFault' });
export type ConfigFault = z.infer<typeof ConfigFault>;

export const ConfigFile = z.object({
  path: z.string(),
  state: z.enum(['read', 'absent', 'unreadable', 'malformed']),
  faults: z.array(ConfigFault),
  owner: z.string().nullable().describe('User name or number that owns the file.'),
  mode: z.string().nullable().describe('Octal, e.g. `0600`.'),
  readAs: z.string().describe('The user that Pull Doctor runs as.'),
});
export type ConfigFile = z.infer<typeof ConfigFile>;

export const HelperRun = z
  .object({
    name: z.string().describe('Without `docker-credential-`.'),
    program: z.string(),
    foundAt: z.string().nullable(),
    searched: z.array(z.string()).describe('The folders of PATH that were looked through.'),
    outcome: z.enum([
      'answered',
      'not-found',
      'missing',
      'not-executable',
      'failed',
      'timed-out',
      'garbage',
      'name-refused',
      'elsewhere',
    ]),
    exitStatus: z.int().nullable(),
    message: z
      .string()
      .nullable()
      .describe("The helper's own words when it failed, redacted; never what `get` printed."),
    ms: z.number(),
  })
  .meta({ id: 'HelperRun' });
export type HelperRun = z.infer<typeof HelperRun>;

/** Which credential Docker would send for this registry, and every place that was looked at for it. */
export const CredentialsEvidence = z
  .object({
    lookupKey: z.string().describe('What Docker looks up: the host, or Docker Hub’s old address.'),
    file: ConfigFile,
    environment: z.object({
      state: z.enum(['not-set', 'read', 'broken']),
      what: z.string().nullable(),
    }),
    sources: z.array(CredentialSource).describe("In Docker's order."),
    used: UsedCredential.nullable(),
    helper: HelperRun.nullable(),
    /** Entries of the file that look meant for this registry but that Docker never reads. */
    deadEntries: z.array(z.object({ key: z.string(), why: z.string() })),
    notes: z.array(z.string()),
  })
  .meta({ id: 'CredentialsEvidence' });
export type CredentialsEvidence = z.infer<typeof CredentialsEvidence>;
