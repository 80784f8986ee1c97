import type { PullAttempt } from '@pull-doctor/contract/attempts';

const now = Date.parse('2026-11-24T14:32:08.000Z');

/** A failed pull for a test, `ago` in milliseconds before one fixed moment. */
export const attemptAt = (id: string, ago: number, parts: Partial<PullAttempt> = {}): PullAttempt => ({
  id,
  host: 'build-01',
  reference: 'ghcr.io/acme/web:1',
  registry: 'ghcr.io',
  repository: 'acme/web',
  tag: '1',
  digest: null,
  platform: null,
  user: 'deploy',
  client: 'docker pull',
  door: 'daemon-log',
  outcome: 'failed',
  cause: 'credentials-invalid',
  certainty: 'likely',
  message: 'denied',
  startedAt: new Date(now - ago).toISOString(),
  tookMs: 400,
  bytes: null,
  fingerprint: 'v1:1',
  diagnosisId: null,
  ...parts,
});
