import type { Credential } from '@pull-doctor/contract/credential';
import type { PullEvidence } from '@pull-doctor/contract/evidence/daemon';
import type { ReferenceEvidence } from '@pull-doctor/contract/evidence/evidence';
import type { ImageReference } from '@pull-doctor/contract/image-reference';
import type { DaemonCredential, PullResult } from '../../daemon/pull-image.ts';
import type { PullProgress } from '../../daemon/pull-progress.ts';
import type { Intake } from '../attempts/intake.ts';
import { HistoryTrouble } from '../attempts/trouble.ts';
import type { Surroundings } from './surroundings.ts';

export interface RealPull {
  reference: ImageReference;
  named: ReferenceEvidence;
  platform: string | null;
  /** What docker would send, and the key it is filed under: the daemon compares that with the host. */
  credential: Credential | null;
  serverAddress: string;
  diagnosisId: string;
  signal: AbortSignal;
  progress: (progress: PullProgress) => void;
}

/** Pulls through the daemon, as docker would, and records the attempt. */
export async function pullForReal(
  { daemon }: Surroundings,
  attempts: Pick<Intake, 'record'>,
  now: () => Date,
  pull: RealPull,
): Promise<PullEvidence> {
  const { reference, named, platform, signal, progress } = pull;
  const startedAt = now();
  const begun = performance.now();
  const result = await daemon.pull({
    name: `${reference.registry}/${reference.repository}`,
    version: reference.digest ?? reference.tag ?? 'latest',
    platform,
    credential: daemonCredential(pull.credential, pull.serverAddress),
    signal,
    progress,
  });
  const ms = performance.now() - begun;
  const recording = attempts.record([
    {
      reference,
      canonical: named.canonical ?? named.text,
      registry: reference.registry,
      platform,
      user: null,
      client: 'Pull Doctor',
      digest: result.progress.digest,
      door: 'pull-doctor',
      outcome: result.outcome,
      message: result.message,
      startedAt,
      tookMs: Math.round(ms),
      bytes: result.progress.bytes,
      key: null,
      diagnosisId: pull.diagnosisId,
    },
  ]);
  const attemptId = await recording.then(
    ([recorded]) => recorded?.id ?? null,
    (error: unknown) => {
      // What the pull told is worth more than its line in the history, whose trouble the page shows.
      if (error instanceof HistoryTrouble) return null;
      throw error;
    },
  );
  return asEvidence(result, attemptId, ms);
}

function daemonCredential(credential: Credential | null, serverAddress: string): DaemonCredential | null {
  return credential && { ...credential, serverAddress };
}

function asEvidence({ progress, ...result }: PullResult, attemptId: string | null, ms: number): PullEvidence {
  const { digest, layers, bytes, totalBytes, upToDate } = progress;
  return { ...result, digest, layers, bytes, totalBytes, upToDate, attemptId, ms };
}
