import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { CredentialsEvidence } from './evidence/credentials.ts';
import { DaemonEvidence, PullEvidence } from './evidence/daemon.ts';
import { ReferenceEvidence, TextEvidence } from './evidence/evidence.ts';
import { DnsEvidence, ProxyEvidence, TcpEvidence, TlsEvidence } from './evidence/network.ts';
import {
  ChallengeEvidence,
  ManifestEvidence,
  PingEvidence,
  PlatformEvidence,
  TokenEvidence,
} from './evidence/registry.ts';
import { Vantage } from './exchange.ts';
import { Finding, OpenCause, RuledOut } from './finding.ts';
import { ImageReference } from './image-reference.ts';
import { inputCharactersMax } from './recognition.ts';
import { StepState } from './steps.ts';

/** `linux/arm64`, `linux/arm/v7`, `windows/amd64`. */
export const PlatformText = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/, 'A platform looks like linux/arm64 or linux/arm/v7.');

const step = <Name extends string, Part extends z.ZodType>(name: Name, evidence: Part) =>
  z.object({
    step: z.literal(name),
    state: StepState,
    ms: z.number().nullable().describe('Milliseconds; null while waiting and where skipped.'),
    startedMs: z.number().nullable().describe('Milliseconds from the start of the diagnosis.'),
    summary: z.string().describe('One sentence; a skipped step says why.'),
    from: Vantage,
    evidence: evidence.nullable(),
  });

export const Step = z
  .discriminatedUnion('step', [
    step('reference', ReferenceEvidence),
    step('text', TextEvidence),
    step('credentials', CredentialsEvidence),
    step('dns', DnsEvidence),
    step('tcp', TcpEvidence),
    step('proxy', ProxyEvidence),
    step('tls', TlsEvidence),
    step('ping', PingEvidence),
    step('challenge', ChallengeEvidence),
    step('token', TokenEvidence),
    step('manifest', ManifestEvidence),
    step('platform', PlatformEvidence),
    step('daemon', DaemonEvidence),
    step('pull', PullEvidence),
  ])
  .meta({ id: 'Step' });
export type Step = z.infer<typeof Step>;

/** One layer of a pull that runs. `there-already`: this host has it from another image. */
export const LayerProgress = z
  .object({
    id: z.string().describe('The first twelve digits of its digest.'),
    state: z.enum(['waiting', 'downloading', 'downloaded', 'extracting', 'done', 'there-already']),
    bytes: z.int(),
    totalBytes: z.int().nullable().describe('Null until the daemon says it.'),
  })
  .meta({ id: 'LayerProgress' });
export type LayerProgress = z.infer<typeof LayerProgress>;

export const Diagnosis = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'finished', 'stopped']),
    input: z.string().describe('As typed, secrets hidden.'),
    secretsHidden: z.int(),
    reference: ImageReference.nullable(),
    platform: z.string().nullable(),
    pull: z.boolean().describe('Whether a real pull was asked for.'),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    verdict: z
      .string()
      .describe('One sentence: why the image cannot be pulled, that it can, or what is settled so far.'),
    pullable: z.enum(['yes', 'no', 'unknown']),
    steps: z.array(Step),
    findings: z
      .array(Finding)
      .describe(
        'Surest first. Empty where the pull works, unless an error text tells why it does not work for another program.',
      ),
    ruledOut: z.array(RuledOut),
    open: z.array(OpenCause),
    progress: z
      .object({
        bytes: z.int(),
        totalBytes: z.int(),
        layersDone: z.int(),
        layers: z.int(),
        bytesPerSecond: z
          .int()
          .nullable()
          .describe('Of the last seconds; null before anything was measured.'),
        secondsLeft: z.int().nullable().describe('Null where a size or the speed is not known.'),
        each: z.array(LayerProgress),
        status: z.string(),
      })
      .nullable()
      .describe('Of the real pull, while it runs.'),
    attemptId: z.string().nullable(),
    vantageNotes: z.array(z.string()),
  })
  .meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof Diagnosis>;

/** A line of the list. */
export const DiagnosisLine = Diagnosis.pick({
  id: true,
  state: true,
  input: true,
  reference: true,
  startedAt: true,
  finishedAt: true,
  verdict: true,
  pullable: true,
})
  .extend({
    input: z
      .string()
      .describe(
        'As typed, secrets hidden; of a longer text the first 500 characters, ending in an ellipsis.',
      ),
    cause: Finding.shape.cause.nullable(),
    certainty: Finding.shape.certainty.nullable(),
  })
  .meta({ id: 'DiagnosisLine' });
export type DiagnosisLine = z.infer<typeof DiagnosisLine>;

export const StartDiagnosisRequest = z
  .object({
    input: z
      .string()
      .max(inputCharactersMax)
      .describe('An image reference, a command line, a line that names an image, or an error text.'),
    image: z
      .string()
      .max(4096)
      .optional()
      .describe('The image that an error text is about, where the text does not name it; wins over it.'),
    platform: PlatformText.optional().describe('Wins over a platform in the input.'),
    pull: z
      .boolean()
      .default(false)
      .describe('Also pull through the daemon. Takes disk and time, and counts as a pull.'),
  })
  .meta({ id: 'StartDiagnosis' });

const Id = z.object({ id: z.string().min(1).max(64) });

export const startDiagnosis = endpoint({
  method: 'POST',
  path: '/api/v1/diagnoses',
  summary: 'Find out why an image cannot be pulled',
  audience: 'signed-in',
  query: z.object({
    wait: z.coerce
      .number()
      .min(0)
      .max(60)
      .default(0)
      .describe('Seconds to wait for the end; 202 where it takes longer.'),
  }),
  body: StartDiagnosisRequest,
  alsoStatus: [202],
  answer: Diagnosis,
});

export const readDiagnosis = endpoint({
  method: 'GET',
  path: '/api/v1/diagnoses/:id',
  summary: 'One diagnosis, running or finished',
  audience: 'signed-in',
  params: Id,
  answer: Diagnosis,
});

export const DiagnosisPage = z
  .object({ items: z.array(DiagnosisLine), nextCursor: z.string().nullable() })
  .meta({ id: 'DiagnosisPage' });

export const listDiagnoses = endpoint({
  method: 'GET',
  path: '/api/v1/diagnoses',
  summary: 'Past diagnoses, newest first',
  audience: 'signed-in',
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  answer: DiagnosisPage,
});

export const stopDiagnosis = endpoint({
  method: 'DELETE',
  path: '/api/v1/diagnoses/:id',
  summary: 'Stop a running diagnosis; what was seen is kept',
  audience: 'signed-in',
  params: Id,
  answer: Diagnosis,
});
