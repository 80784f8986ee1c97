import * as z from 'zod';
import { Cause } from './causes.ts';
import { endpoint } from './endpoint.ts';
import { inputCharactersMax } from './recognition.ts';

/** Who printed an error text, as far as its own words tell. */
export const messageClients = [
  'docker',
  'compose',
  'buildkit',
  'dockerd',
  'kubelet',
  'containerd',
  'cri-o',
  'podman',
  'skopeo',
  'kaniko',
  'helm',
  'nomad',
  'ecs',
  'registry',
] as const;
export const MessageClient = z.enum(messageClients).meta({
  id: 'MessageClient',
  description:
    'compose: docker compose and docker-compose. containerd: ctr, crictl and nerdctl too. podman: buildah too. kubelet: events of kubectl describe too.',
});
export type MessageClient = z.infer<typeof MessageClient>;

/** A place in a text: offsets count UTF-16 units. */
const Place = { start: z.int().min(0), end: z.int().min(0) };

export const SignFound = z
  .object({
    phrase: z.string().describe('The words that decided, as they stand in the text.'),
    ...Place,
    says: z.string().describe('What these words mean, in one sentence.'),
  })
  .meta({ id: 'SignFound' });
export type SignFound = z.infer<typeof SignFound>;

export const CauseRead = z
  .object({
    cause: Cause,
    certainty: z
      .enum(['likely', 'guess'])
      .describe(
        'likely: a known phrase names this cause. guess: the words fit it among others. Text alone proves no more.',
      ),
    signs: z.array(SignFound).describe('Empty for `unknown`, and for a cause that only fits the whole.'),
    decides: z.string().describe('The check that would decide whether it is this cause.'),
  })
  .meta({ id: 'CauseRead' });
export type CauseRead = z.infer<typeof CauseRead>;

/** One failure that a text tells of. */
export const MessageFailure = z
  .object({
    causes: z.array(CauseRead).min(1).describe('Surest first; `unknown` alone where no words are known.'),
    image: z.string().nullable().describe('As the text has it, or put together from an address in it.'),
    imageAt: z.object(Place).nullable().describe('Where the text names it; null where it was put together.'),
    registry: z.string().nullable().describe('Host with port if given; `docker.io` for Docker Hub.'),
    client: MessageClient.nullable(),
    platform: z.string().nullable().describe('`linux/arm64`: the one that was asked for.'),
    status: z
      .int()
      .nullable()
      .describe('The HTTP status of the registry or the proxy, not of the Docker API.'),
    credentialsSent: z.enum(['yes', 'no', 'unknown']),
    verb: z
      .enum(['pull', 'push', 'login', 'build', 'run', 'create', 'search'])
      .nullable()
      .describe('What docker was doing.'),
    at: z.iso.datetime({ offset: true }).nullable().describe('The time that the text itself names.'),
    ...Place,
  })
  .meta({ id: 'MessageFailure' });
export type MessageFailure = z.infer<typeof MessageFailure>;

/** What an error text proves, what it leaves open, and what would decide. */
export const MessageReading = MessageFailure.extend({
  groups: z
    .array(MessageFailure)
    .min(1)
    .describe('Each failure of the text, the root one first: the one that the fields above repeat.'),
}).meta({ id: 'MessageReading' });
export type MessageReading = z.infer<typeof MessageReading>;

export const Classification = MessageReading.extend({
  text: z.string().describe('What was read, with secrets hidden: all offsets count in it.'),
  secretsHidden: z.int(),
}).meta({ id: 'Classification' });
export type Classification = z.infer<typeof Classification>;

export const ClassifyRequest = z
  .object({
    text: z.string().max(inputCharactersMax).describe('An error text of any tool that pulls images.'),
  })
  .meta({ id: 'Classify' });

export const classify = endpoint({
  method: 'POST',
  path: '/api/v1/classify',
  summary: 'What does this error text prove? Asks nobody, stores nothing',
  audience: 'signed-in',
  body: ClassifyRequest,
  answer: Classification,
});
