import type { Credential } from '@pull-doctor/contract/credential';
import type { PullEvidence } from '@pull-doctor/contract/evidence/daemon';
import type { ReferenceEvidence } from '@pull-doctor/contract/evidence/evidence';
import type { ImageReference } from '@pull-doctor/contract/image-reference';
import type { DaemonCredential, PullResult } from '../../daemon/pull-image.ts';
import type { PullProgress } from '../../daemon/pull-progress.ts';
import type { AttemptsStore } from '../attempts/attempts.store.ts';
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
  attempts: Pick<AttemptsStore, 'record'>,
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
  const attemptId = await attempts.record({
    reference: { ...reference, digest: reference.digest ?? result.progress.digest },
    canonical: named.canonical ?? named.text,
    platform,
    door: 'pull-doctor',
    outcome: result.outcome,
    message: result.message,
    startedAt,
    tookMs: Math.round(ms),
    bytes: result.progress.bytes,
    diagnosisId: pull.diagnosisId,
  });
  return asEvidence(result, attemptId, ms);
}

function daemonCredential(credential: Credential | null, serverAddress: string): DaemonCredential | null {
  return credential && { ...credential, serverAddress };
}

function asEvidence({ progress, ...result }: PullResult, attemptId: string, ms: number): PullEvidence {
  const { digest, layers, bytes, totalBytes, upToDate } = progress;
  return { ...result, digest, layers, bytes, totalBytes, upToDate, attemptId, ms };
}
