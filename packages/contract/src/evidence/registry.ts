import * as z from 'zod';
import { Exchange, RegistryError } from '../exchange.ts';
import { Platform } from '../image-reference.ts';

export const PingEvidence = z
  .object({
    endpoint: z.string().describe('`https://host:port`, as asked.'),
    exchange: Exchange,
    isRegistry: z.enum(['yes', 'no', 'unknown']),
    why: z.string(),
    apiVersionHeader: z
      .boolean()
      .describe('Whether `Docker-Distribution-Api-Version: registry/2.0` was sent.'),
    server: z.string().nullable(),
    provider: z.string().nullable().describe('The provider recognised by host or challenge, as its id.'),
    /** The registry's clock minus ours, from its Date header, in seconds; one second of it is rounding. */
    clockOffsetSeconds: z.number().nullable(),
  })
  .meta({ id: 'PingEvidence' });
export type PingEvidence = z.infer<typeof PingEvidence>;

export const Challenge = z
  .object({
    scheme: z.string().describe('Lower case: `bearer`, `basic`, …'),
    realm: z.string().nullable(),
    service: z.string().nullable(),
    scope: z.string().nullable(),
    error: z.string().nullable().describe('`insufficient_scope`, `invalid_token`.'),
  })
  .meta({ id: 'Challenge' });
export type Challenge = z.infer<typeof Challenge>;

export const RealmVerdict = z.object({
  url: z.string().describe('Redacted.'),
  host: z.string().nullable(),
  allowed: z.boolean(),
  code: z.enum([
    'same-host',
    'same-domain',
    'known-host',
    'trusted-by-setting',
    'not-an-address',
    'not-https',
    'user-info',
    'other-domain',
    'forbidden-address',
  ]),
  why: z.string(),
});
export type RealmVerdict = z.infer<typeof RealmVerdict>;

export const ChallengeEvidence = z
  .object({
    from: z.enum(['ping', 'manifest', 'none']),
    challenges: z.array(Challenge),
    chosen: Challenge.nullable(),
    realm: RealmVerdict.nullable(),
    fault: z.string().nullable().describe('Why no challenge can be answered, where that is so.'),
  })
  .meta({ id: 'ChallengeEvidence' });
export type ChallengeEvidence = z.infer<typeof ChallengeEvidence>;

const TokenSubject = z
  .string()
  .nullable()
  .describe('As whom the token was given, by its own `sub`; null: it does not tell, or names nobody.');

export const TokenAsk = z
  .object({
    exchange: Exchange.nullable(),
    outcome: z.enum(['granted', 'refused', 'unusable', 'failed', 'not-sent']),
    why: z.string().nullable(),
    errors: z.array(RegistryError),
    token: z
      .object({
        form: z.enum(['jwt', 'opaque']),
        issuedAt: z.iso.datetime().nullable(),
        notBefore: z.iso.datetime().nullable(),
        expiresAt: z.iso.datetime().nullable(),
        /** What it lets its bearer do, where it is a JWT that says so; null: it does not tell. */
        grants: z.array(z.string()).nullable().describe('`repository:acme/app:pull`'),
        /** Absent in evidence of versions that did not read it. */
        subject: TokenSubject.optional(),
      })
      .nullable(),
  })
  .meta({ id: 'TokenAsk' });
export type TokenAsk = z.infer<typeof TokenAsk>;

/** Tokens of one pull: asked as Docker would, without a credential, and (to test the login alone) without a scope. */
export const TokenEvidence = z
  .object({
    scheme: z.enum(['bearer', 'basic', 'none']),
    signedIn: TokenAsk.nullable(),
    anonymous: TokenAsk.nullable(),
    login: z
      .object({
        outcome: z.enum(['accepted', 'refused', 'unknown']),
        why: z.string(),
        exchange: Exchange.nullable(),
        errors: z.array(RegistryError),
        subject: TokenSubject.optional(),
      })
      .nullable()
      .describe('The test of the credential by itself: "login works" and "may pull" are two facts.'),
  })
  .meta({ id: 'TokenEvidence' });
export type TokenEvidence = z.infer<typeof TokenEvidence>;

export const RateLimit = z
  .object({
    limit: z.int().nullable(),
    remaining: z.int().nullable(),
    windowSeconds: z.int().nullable(),
    source: z.string().nullable().describe('Whom the registry counts: an address or an account, as it says.'),
    retryAfterSeconds: z.number().nullable(),
  })
  .meta({ id: 'RateLimit' });
export type RateLimit = z.infer<typeof RateLimit>;

export const ManifestAsk = z
  .object({
    as: z.enum(['signed-in', 'anonymous']),
    head: Exchange,
    get: Exchange.nullable().describe(
      'Asked only where the body decides: after a refusal, or for the platforms.',
    ),
    outcome: z.enum([
      'found',
      'unauthorized',
      'denied',
      'not-found',
      'rate-limited',
      'server-error',
      'unusable',
      'failed',
    ]),
    status: z.int().nullable(),
    errors: z.array(RegistryError),
    challengeError: z.string().nullable(),
    mediaType: z.string().nullable(),
    digest: z.string().nullable().describe('As the registry says in Docker-Content-Digest.'),
  })
  .meta({ id: 'ManifestAsk' });
export type ManifestAsk = z.infer<typeof ManifestAsk>;

export const LayerSeen = z.object({
  digest: z.string(),
  mediaType: z.string(),
  size: z.int(),
  /** Whether the blob answers HEAD. */
  there: z.enum(['yes', 'no', 'unknown']),
  /** How its first bytes look: compared with what the media type announces. */
  form: z.enum(['gzip', 'zstd', 'tar', 'other', 'unknown']),
});

/** What the manifest's body says; read once, by digest. */
export const ManifestBody = z
  .object({
    kind: z.enum(['index', 'image', 'artifact', 'schema-1', 'unreadable', 'not-a-manifest']),
    mediaType: z.string(),
    digestComputed: z.string(),
    digestMatches: z.boolean().nullable().describe('null: the registry named no digest.'),
    bytes: z.int(),
    why: z.string().nullable(),
    platforms: z.array(Platform.extend({ digest: z.string() })),
    image: z
      .object({
        digest: z.string(),
        configDigest: z.string(),
        configMediaType: z.string(),
        artifactType: z.string().nullable(),
        platform: Platform.nullable(),
        configBytes: z.int(),
        layers: z.array(LayerSeen),
        compressedBytes: z.int().describe('Sum of the layers, as the manifest says.'),
      })
      .nullable(),
  })
  .meta({ id: 'ManifestBody' });
export type ManifestBody = z.infer<typeof ManifestBody>;

export const Suggestion = z
  .object({
    reference: z.string(),
    why: z.string(),
    proof: z.string().describe('How it is known to exist; nothing is suggested that was not seen.'),
  })
  .meta({ id: 'Suggestion' });
export type Suggestion = z.infer<typeof Suggestion>;

export const ManifestEvidence = z
  .object({
    wanted: z.string().describe('The tag or digest asked for.'),
    asDocker: z.enum(['signed-in', 'anonymous']).describe('Which of the two is what Docker would send.'),
    signedIn: ManifestAsk.nullable(),
    anonymous: ManifestAsk.nullable(),
    repository: z.object({
      exists: z.enum(['yes', 'no', 'unknown']),
      why: z.string(),
    }),
    tags: z
      .object({
        seen: z.int(),
        complete: z.boolean(),
        near: z.array(z.string()),
        exchange: Exchange.nullable(),
      })
      .nullable(),
    suggestions: z.array(Suggestion),
    rateLimit: RateLimit.nullable(),
    body: ManifestBody.nullable(),
    bodyNotRead: z.string().nullable().describe('Why the body was not asked for, where it was not.'),
  })
  .meta({ id: 'ManifestEvidence' });
export type ManifestEvidence = z.infer<typeof ManifestEvidence>;

export const PlatformEvidence = z
  .object({
    wanted: Platform,
    wantedFrom: z.enum(['asked', 'daemon', 'machine']),
    available: z.array(Platform),
    chosen: Platform.nullable(),
    fits: z.enum(['yes', 'no', 'unknown']),
    kind: z.enum(['index', 'image', 'unknown']),
    why: z.string(),
    /** The body of the manifest that was chosen from an index, or of the single one. */
    image: ManifestBody.nullable(),
  })
  .meta({ id: 'PlatformEvidence' });
export type PlatformEvidence = z.infer<typeof PlatformEvidence>;
