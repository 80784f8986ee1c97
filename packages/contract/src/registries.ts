import * as z from 'zod';
import { Cause } from './causes.ts';
import { endpoint } from './endpoint.ts';
import { CredentialsEvidence, UsedCredential } from './evidence/credentials.ts';
import { DnsEvidence, ProxyEvidence, TcpEvidence, TlsEvidence } from './evidence/network.ts';
import { ChallengeEvidence, PingEvidence, RateLimit, TokenEvidence } from './evidence/registry.ts';

/**
 * The words for how a registry stands with its credential, in the order in which the first one that holds counts. Each is
 * measured; `unknown` is one of them, with its reason. `running` is only there before the first result.
 */
export const loginStatuses = [
  'unreachable',
  'expired',
  'invalid',
  'missing',
  'expiring',
  'ok',
  'unknown',
  'running',
] as const;
export const LoginStatus = z.enum(loginStatuses).meta({ id: 'LoginStatus' });
export type LoginStatus = z.infer<typeof LoginStatus>;

/** The groups of the board, in its order. */
export const boardGroups = ['attention', 'expiring', 'not-checked', 'fine'] as const;
export const BoardGroup = z.enum(boardGroups);
export type BoardGroup = z.infer<typeof BoardGroup>;

/** How Pull Doctor came to know of a registry. */
export const RegistrySource = z
  .object({
    kind: z.enum([
      'auths',
      'credHelpers',
      'credsStore',
      'DOCKER_AUTH_CONFIG',
      'local-images',
      'history',
      'mirror',
      'insecure',
      'by-hand',
    ]),
    says: z.string().describe('In words: the path of the file, how many images, since when.'),
  })
  .meta({ id: 'RegistrySource' });
export type RegistrySource = z.infer<typeof RegistrySource>;

/** Until when a credential works, for a ring and a countdown: never a constant in place of a fact. */
export const CredentialEnd = z
  .object({
    state: z
      .enum(['ends', 'no-expiry', 'unknown', 'renews-itself', 'nothing'])
      .describe('`nothing`: there is no credential that could end.'),
    endsAt: z.iso.datetime().nullable().describe('Set for `ends`; for `renews-itself` where it is known.'),
    lifetimeSeconds: z.int().nullable().describe('From issue to end, where both are known.'),
    thresholdSeconds: z.int().nullable().describe('From when on it counts as ending soon.'),
    says: z.string().describe('Where that was read, or why it cannot be known.'),
    from: z.enum(['registry', 'token', 'header', 'entered', 'helper', 'none']),
    readAt: z.iso.datetime().nullable(),
    renewedBy: z.string().nullable().describe('A helper that gets new ones by itself.'),
  })
  .meta({ id: 'CredentialEnd' });
export type CredentialEnd = z.infer<typeof CredentialEnd>;

/** As whom the registry counts requests, as far as it says. */
export const CountedAs = z
  .object({
    as: z.enum(['anonymous', 'user', 'robot', 'unknown']),
    who: z.string().nullable().describe('The account, or the address.'),
    says: z.string().describe('Where that was read.'),
  })
  .meta({ id: 'CountedAs' });
export type CountedAs = z.infer<typeof CountedAs>;

export const RegistryRow = z
  .object({
    host: z.string().describe('As in image names, with its port; `docker.io` for all of Docker Hub’s names.'),
    name: z.string().describe('Short: `ECR us-east-1`, `Docker Hub`, or the host.'),
    provider: z.object({ id: z.string(), name: z.string(), mark: z.string().describe('Two letters.') }),
    user: z.string().describe('Whose configuration this row is about.'),
    status: LoginStatus,
    group: BoardGroup,
    since: z.iso.datetime().nullable().describe('Since when it stands so; null before the first check.'),
    why: z.string().describe('One sentence: what was measured, or why it is not known.'),
    cause: Cause.nullable().describe('What a failed pull of it would be put down to.'),
    login: z
      .enum(['accepted', 'refused', 'not-sent', 'unknown'])
      .describe('What the registry said of the credential by itself; whether it may pull is another fact.'),
    credential: UsedCredential.extend({
      keptIn: z.string().describe('`config.json`, `ecr-login`, `secretservice`'),
      path: z.string().nullable().describe('The file, where it is in one.'),
    }).nullable(),
    end: CredentialEnd,
    rateLimit: RateLimit.nullable(),
    countedAs: CountedAs.nullable(),
    certificateEndsAt: z.iso
      .datetime()
      .nullable()
      .describe('Of the certificate in the chain that ends first.'),
    failedPulls24h: z.int(),
    checkedAt: z.iso.datetime().nullable(),
    nextCheckAt: z.iso.datetime().nullable(),
    checking: z.boolean(),
    checkMs: z.number().nullable(),
    addedByHand: z.boolean(),
    sources: z.array(RegistrySource),
    deadKeys: z.array(z.object({ key: z.string(), why: z.string() })),
  })
  .meta({ id: 'RegistryRow' });
export type RegistryRow = z.infer<typeof RegistryRow>;

export const ConfigUser = z
  .object({
    name: z.string(),
    path: z.string().describe('The folder of the configuration.'),
    state: z.enum(['read', 'absent', 'unreadable', 'malformed']),
    says: z.string(),
  })
  .meta({ id: 'ConfigUser' });
export type ConfigUser = z.infer<typeof ConfigUser>;

/** The board of one user: the sentence on top, and the rows in their order. */
export const RegistryBoard = z
  .object({
    now: z.iso.datetime(),
    title: z.string().describe('`3 of 9 registries need attention`'),
    under: z.string().describe('The first one to fix and why, or what comes next.'),
    user: z.string(),
    users: z.array(ConfigUser),
    intervalSeconds: z.int().nullable().describe('Between network checks; null: checks are off.'),
    items: z.array(RegistryRow),
    hidden: z
      .array(z.object({ host: z.string(), name: z.string(), since: z.iso.datetime() }))
      .describe('Found, and hidden by hand; adding one shows it again.'),
  })
  .meta({ id: 'RegistryBoard' });
export type RegistryBoard = z.infer<typeof RegistryBoard>;

/** What one check saw, layer by layer; a layer that was not asked is absent. */
export const RegistryCheck = z
  .object({
    at: z.iso.datetime(),
    ms: z.number(),
    status: LoginStatus,
    why: z.string(),
  })
  .meta({ id: 'RegistryCheck' });
export type RegistryCheck = z.infer<typeof RegistryCheck>;

/** The evidence of the last check. Redacted by construction, as that of a diagnosis is. */
export const CheckEvidence = z
  .object({
    version: z.literal(1),
    now: z.iso.datetime(),
    registry: z.string(),
    credentials: CredentialsEvidence.optional(),
    dns: DnsEvidence.optional(),
    tcp: TcpEvidence.optional(),
    proxy: ProxyEvidence.optional(),
    tls: TlsEvidence.optional(),
    ping: PingEvidence.optional(),
    challenge: ChallengeEvidence.optional(),
    token: TokenEvidence.optional(),
    rateLimit: RateLimit.nullable().optional(),
    /** An end that only the issuer's own API tells, asked with the credential itself. */
    issuerEnd: z
      .object({ endsAt: z.iso.datetime().nullable(), never: z.boolean(), says: z.string() })
      .nullable()
      .optional(),
    cutOff: z.string().nullable().optional().describe('Why the check ended early, where it did.'),
  })
  .meta({ id: 'CheckEvidence' });
export type CheckEvidence = z.infer<typeof CheckEvidence>;

export const RegistryDetail = z
  .object({
    now: z.iso.datetime(),
    row: RegistryRow,
    evidence: CheckEvidence.nullable().describe('Null before the first check.'),
    checks: z
      .array(RegistryCheck)
      .describe('Of the last 36 h, oldest first; repeats are folded by the page.'),
    enteredEnd: z.iso.datetime().nullable().describe('The date that a person entered.'),
    images: z
      .array(z.object({ repository: z.string(), tags: z.array(z.string()), failed24h: z.int() }))
      .describe('Of this registry, as the daemon has them.'),
    failedPulls: z.array(z.object({ id: z.string(), at: z.iso.datetime(), reference: z.string() })),
    vantageNotes: z.array(z.string()),
  })
  .meta({ id: 'RegistryDetail' });
export type RegistryDetail = z.infer<typeof RegistryDetail>;

const UserQuery = z.object({
  user: z.string().max(200).optional().describe('Whose configuration; the first one where it is left out.'),
});
const HostParams = z.object({ host: z.string().min(1).max(300) });

export const listRegistries = endpoint({
  method: 'GET',
  path: '/api/v1/registries',
  summary: 'Every registry that is in use, and how its login stands',
  audience: 'signed-in',
  query: UserQuery,
  answer: RegistryBoard,
});

export const readRegistry = endpoint({
  method: 'GET',
  path: '/api/v1/registries/:host',
  summary: 'One registry: credential, end, certificate, quota, and what the last check saw',
  audience: 'signed-in',
  params: HostParams,
  query: UserQuery,
  answer: RegistryDetail,
});

export const addRegistry = endpoint({
  method: 'POST',
  path: '/api/v1/registries',
  summary: 'Watch a registry',
  audience: 'signed-in',
  body: z
    .object({
      host: z.string().max(4096).describe('A host; a pasted address or an image name is understood.'),
      endsAt: z.iso.datetime().nullable().optional().describe('The end of its credential, known by hand.'),
    })
    .meta({ id: 'AddRegistry' }),
  answer: RegistryDetail,
});

export const removeRegistry = endpoint({
  method: 'DELETE',
  path: '/api/v1/registries/:host',
  summary: 'Stop watching a registry that was added by hand, or hide one that was found',
  audience: 'signed-in',
  params: HostParams,
  answer: RegistryBoard,
});

export const checkRegistry = endpoint({
  method: 'POST',
  path: '/api/v1/registries/:host/check',
  summary: 'Check a registry now',
  audience: 'signed-in',
  params: HostParams,
  query: UserQuery,
  answer: RegistryDetail,
});

export const checkAllRegistries = endpoint({
  method: 'POST',
  path: '/api/v1/registries-check',
  summary: 'Check every registry now; the answer comes before the checks have ended',
  audience: 'signed-in',
  query: UserQuery,
  status: 202,
  answer: RegistryBoard,
});
