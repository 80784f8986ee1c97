import * as z from 'zod';
import { Vantage } from '../exchange.ts';
import { ImageReference, ReferenceFault } from '../image-reference.ts';
import { MessageReading } from '../message.ts';
import { StepName } from '../steps.ts';
import { CredentialsEvidence } from './credentials.ts';
import { DaemonEvidence, PullEvidence } from './daemon.ts';
import { DnsEvidence, ProxyEvidence, TcpEvidence, TlsEvidence } from './network.ts';
import {
  ChallengeEvidence,
  ManifestEvidence,
  PingEvidence,
  PlatformEvidence,
  TokenEvidence,
} from './registry.ts';

export const ReferenceEvidence = z
  .object({
    text: z.string().describe('What was taken for the reference, from the input.'),
    reference: ImageReference.nullable(),
    fault: ReferenceFault.nullable(),
    familiar: z.string().nullable().describe('As people write it: `nginx:1.25`.'),
    canonical: z.string().nullable().describe('As Docker reads it: `docker.io/library/nginx:1.25`.'),
    /** Where Docker goes for it. */
    endpoint: z
      .object({
        host: z.string(),
        port: z.int(),
        insecure: z.boolean().describe('The daemon checks no certificate and falls back to plain http.'),
        insecureWhy: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'ReferenceEvidence' });
export type ReferenceEvidence = z.infer<typeof ReferenceEvidence>;

/** The error text that a person brought, as it was read before anything was asked. */
export const TextEvidence = MessageReading.meta({ id: 'TextEvidence' });
export type TextEvidence = z.infer<typeof TextEvidence>;

/** Why a part was not gathered: that is evidence too. */
export const NotSeen = z
  .object({
    code: z.enum(['needs-earlier-step', 'not-used-here', 'time-was-up', 'stopped', 'not-asked', 'crashed']),
    why: z.string(),
  })
  .meta({ id: 'NotSeen' });
export type NotSeen = z.infer<typeof NotSeen>;

/**
 * Everything that was seen of one pull. Gathered by the edges, judged by pure rules, stored as it is: a diagnosis can
 * be replayed from it. No secret can be in it. The present time is part of it.
 */
export const Evidence = z
  .object({
    version: z.literal(1),
    now: z.iso.datetime(),
    input: z.string(),
    vantage: z.object({
      from: Vantage,
      notes: z
        .array(z.string())
        .describe('In what way Pull Doctor may see something else than the daemon does.'),
    }),
    reference: ReferenceEvidence.optional(),
    text: TextEvidence.optional(),
    credentials: CredentialsEvidence.optional(),
    dns: DnsEvidence.optional(),
    tcp: TcpEvidence.optional(),
    proxy: ProxyEvidence.optional(),
    tls: TlsEvidence.optional(),
    ping: PingEvidence.optional(),
    challenge: ChallengeEvidence.optional(),
    token: TokenEvidence.optional(),
    manifest: ManifestEvidence.optional(),
    platform: PlatformEvidence.optional(),
    daemon: DaemonEvidence.optional(),
    pull: PullEvidence.optional(),
    notSeen: z.partialRecord(StepName, NotSeen),
  })
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;

/** The parts that a rule can need. */
export type EvidencePart = StepName;
