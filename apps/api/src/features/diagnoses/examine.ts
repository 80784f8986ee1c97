import type { Credential } from '@pull-doctor/contract/credential';
import type { DaemonEvidence } from '@pull-doctor/contract/evidence/daemon';
import type { NotSeen, ReferenceEvidence } from '@pull-doctor/contract/evidence/evidence';
import type { ManifestEvidence } from '@pull-doctor/contract/evidence/registry';
import type { ImageReference } from '@pull-doctor/contract/image-reference';
import { type StepName, stepNames } from '@pull-doctor/contract/steps';
import { describeStep } from '@pull-doctor/diagnosis/steps/describe-step';
import { findCredential } from '@pull-doctor/docker-config/find-credential';
import { openProbe, type Probe } from '@pull-doctor/registry/probe';
import { hideCredential } from '../../daemon/hide-credential.ts';
import type { PullProgress } from '../../daemon/pull-progress.ts';
import type { Edges } from '../../edges.ts';
import type { Intake } from '../attempts/intake.ts';
import { examineHost } from './examine-host.ts';
import { gatherDaemon, similarLocalNames } from './gather-daemon.ts';
import { platformOf, type Question } from './question.ts';
import { pullForReal } from './real-pull.ts';
import type { StepLog } from './step-log.ts';
import {
  type DaemonPool,
  endpointOf,
  platformHere,
  readSurroundings,
  type Surroundings,
} from './surroundings.ts';

export interface Examination {
  id: string;
  question: Question;
  log: StepLog;
  /** A person's wish to stop. */
  stop: AbortSignal;
  progress: (progress: PullProgress) => void;
  /** The attempt that a pull becomes names its diagnosis, which must be stored by then. */
  beforePull: () => Promise<void>;
}

/**
 * Gathers the evidence of one pull, in the order of the steps. Every step that is not run says why; nothing is judged
 * here, except whether a step gave the next one something to work with.
 */
export async function examine(
  { id, question, log, stop, progress, beforePull }: Examination,
  edges: Edges,
  daemons: DaemonPool,
  attempts: Pick<Intake, 'record'>,
): Promise<void> {
  const deadline = AbortSignal.timeout(edges.config.deadlineMs);
  const signal = AbortSignal.any([stop, deadline]);
  const cutOff = (): NotSeen =>
    stop.aborted
      ? { code: 'stopped', why: 'the diagnosis was stopped before' }
      : {
          code: 'time-was-up',
          why: `the ${edges.config.deadlineMs / 1000} s of this diagnosis were over before`,
        };

  const around = await readSurroundings(edges, daemons, signal);
  log.evidence.vantage.notes.push(...around.notes);
  const { text, reference: asked } = question;
  const named = asked && (await log.run('reference', () => withEndpoint(asked, around, signal)));
  if (text) await log.run('text', async () => text);
  if (!named) {
    await examineHost(text, around, log, edges, signal);
    log.skipRest(stepNames, stop.aborted ? cutOff() : noImage);
    return;
  }
  if (!named.reference || !named.endpoint) {
    log.skipRest(stepNames, { code: 'needs-earlier-step', why: 'needs a valid image name' });
    return;
  }

  // Asked beside the registry, so that nobody waits for both; even when the time is up, since the verdict needs it.
  const daemonSignal = AbortSignal.any([stop, AbortSignal.timeout(daemonMsMax)]);
  const daemonSide = gatherDaemon(around, named, edges, daemonSignal);

  const credential = log.run('credentials', async () => {
    const found = await findCredential({
      config: around.client,
      registry: named.reference?.registry ?? '',
      env: around.env,
      signal,
      now: edges.now(),
      elsewhere: edges.config.inContainer,
    });
    credentialFound = found.credential;
    return found.evidence;
  });
  let credentialFound: Credential | null = null;
  // Both are awaited further down; a fault in one must not end the process before that.
  for (const later of [daemonSide, credential]) later.catch(() => undefined);
  const probe = openProbeFor(named.reference, named, around, edges, signal);
  let closed: Promise<void>;
  try {
    await askRegistry(
      probe,
      log,
      signal,
      async () => {
        await credential;
        return credentialFound;
      },
      wantedPlatform(question, around),
    );
  } finally {
    // Sockets close while the daemon is asked.
    closed = probe.close();
  }
  await credential;
  if (signal.aborted) log.skipRest(stepNames.slice(0, stepNames.indexOf('daemon')), cutOff());

  const { reference } = named;
  await log.run('daemon', async () => {
    const seen = withoutCredential(await daemonSide, credentialFound);
    if (isFound(log.evidence.manifest)) return seen;
    return { ...seen, similarLocal: await similarLocalNames(around, reference, daemonSignal) };
  });
  await closed;

  if (stop.aborted) log.skip('pull', cutOff());
  else if (!question.pull) log.skip('pull', { code: 'not-asked', why: 'a real pull was not asked for' });
  else if (!around.look.reached)
    log.skip('pull', { code: 'needs-earlier-step', why: 'needs a Docker daemon that answers' });
  else await realPull(reference, named);

  async function realPull(reference: ImageReference, evidence: ReferenceEvidence): Promise<void> {
    await beforePull();
    await log.run('pull', () =>
      pullForReal(around, attempts, edges.now, {
        reference,
        named: evidence,
        platform: question.platform,
        credential: credentialFound,
        serverAddress: log.evidence.credentials?.lookupKey ?? reference.registry,
        diagnosisId: id,
        signal: stop,
        progress,
      }),
    );
  }
}

const daemonMsMax = 20_000;

const noImage: NotSeen = { code: 'not-used-here', why: 'the text names no image' };

async function withEndpoint(
  asked: NonNullable<Question['reference']>,
  around: Surroundings,
  signal: AbortSignal,
): Promise<ReferenceEvidence> {
  if (!asked.reference) return { ...asked, endpoint: null };
  const { portGiven: _, ...endpoint } = await endpointOf(asked.reference, around, signal);
  return { ...asked, endpoint };
}

/** The log was read before the credential was known. */
function withoutCredential(seen: DaemonEvidence, credential: Credential | null): DaemonEvidence {
  const hide = hideCredential(credential);
  const lines = seen.log.lines.map(({ at, line }) => ({ at, line: hide(line) }));
  return { ...seen, log: { ...seen.log, lines } };
}

function openProbeFor(
  reference: ImageReference,
  { endpoint }: ReferenceEvidence,
  around: Surroundings,
  edges: Edges,
  signal: AbortSignal,
): Probe {
  return openProbe({
    host: endpoint?.host ?? '',
    port: endpoint?.port ?? 443,
    portGiven: /:\d+$/.test(reference.registry),
    registryName: reference.registry,
    insecure: endpoint?.insecure ?? false,
    repository: reference.repository,
    tag: reference.tag,
    digest: reference.digest,
    proxies: around.proxies,
    ...(around.ownProxies && { ownProxies: around.ownProxies }),
    trust: around.trust,
    trustedRealmHosts: edges.config.trustedRealmHosts,
    signal,
    now: edges.now,
  });
}

function wantedPlatform({ platform }: Question, { look }: Surroundings) {
  if (platform) return { wanted: platformOf(platform), wantedFrom: 'asked' as const };
  const here = platformHere(look);
  return { wanted: here.platform, wantedFrom: here.from };
}

/** The steps that go to the registry. Each runs while the one before gave it something to work with. */
async function askRegistry(
  probe: Probe,
  log: StepLog,
  signal: AbortSignal,
  credential: () => Promise<Credential | null>,
  wanted: ReturnType<typeof wantedPlatform>,
): Promise<void> {
  const failed = (step: StepName) => describeStep(step, log.evidence).state === 'failed';
  const skipAfter = (why: string) => {
    // A step that was cut off is not what the next ones lack: the caller gives them the reason.
    if (signal.aborted) return;
    log.skipRest(['tcp', 'proxy', 'tls', 'ping', 'challenge', 'token', 'manifest', 'platform'], {
      code: 'needs-earlier-step',
      why,
    });
  };

  await log.run('dns', () => probe.dns());
  if (!failed('dns')) await log.run('tcp', () => probe.tcp());
  // The proxy is worth asking all the same: it tells whether another way leads out.
  await log.run('proxy', () => probe.proxy());
  if (failed('dns')) return skipAfter('needs the address of the registry');
  if (failed('tcp')) return skipAfter('needs a connection to the registry');
  if (failed('proxy')) return skipAfter('needs a proxy that lets the connection through');
  await log.run('tls', () => probe.tls());
  if (failed('tls')) return skipAfter('needs a connection that can be trusted');
  await log.run('ping', () => probe.ping());
  if (failed('ping')) return skipAfter('needs an answer from a registry');
  if (signal.aborted) return;
  await log.run('challenge', () => probe.challenge());
  const used = await credential();
  if (signal.aborted) return;
  await log.run('token', () => probe.token({ credential: used }));
  if (signal.aborted) return;
  await log.run('manifest', async () => {
    const { manifest, challenge, token } = await probe.manifest();
    // Asking for the manifest may have brought a challenge that the ping did not, and tokens that only then decided.
    log.evidence.challenge = challenge;
    log.evidence.token = token;
    return manifest;
  });
  if (!isFound(log.evidence.manifest)) return skipAfter('needs the manifest');
  if (signal.aborted) return;
  await log.run('platform', () => probe.platform(wanted));
}

/** Whether the request that Docker would make found the manifest. */
function isFound(manifest: ManifestEvidence | undefined): boolean {
  const ask = manifest?.asDocker === 'signed-in' ? manifest.signedIn : manifest?.anonymous;
  return ask?.outcome === 'found';
}
