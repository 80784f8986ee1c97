import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { DiagnosisLine } from '@pull-doctor/contract/diagnoses';
import { describe, expect, it } from 'vitest';
import { failedLately } from './failed-lately.ts';

const now = Date.parse('2026-11-24T14:32:08Z');
const at = (minutesAgo: number) => new Date(now - minutesAgo * 60_000).toISOString();

const attempt = (minutesAgo: number, over: Partial<PullAttempt> = {}): PullAttempt => ({
  id: `at_${minutesAgo}`,
  host: 'build-01',
  reference: 'ghcr.io/acme/web:main',
  registry: 'ghcr.io',
  repository: 'acme/web',
  tag: 'main',
  digest: null,
  platform: null,
  user: null,
  client: null,
  fingerprint: null,
  door: 'daemon-log',
  outcome: 'failed',
  cause: 'credentials-invalid',
  certainty: 'likely',
  message: null,
  startedAt: at(minutesAgo),
  tookMs: null,
  bytes: null,
  diagnosisId: null,
  ...over,
});
const line = (minutesAgo: number, over: Partial<DiagnosisLine> = {}): DiagnosisLine => ({
  id: `dx_${minutesAgo}`,
  state: 'finished',
  input: 'ghcr.io/acme/web:main',
  reference: { registry: 'ghcr.io', repository: 'acme/web', tag: 'main', digest: null },
  startedAt: at(minutesAgo),
  finishedAt: at(minutesAgo),
  verdict: '',
  pullable: 'no',
  cause: 'access-denied',
  certainty: 'confirmed',
  ...over,
});

describe('what failed lately', () => {
  it('folds attempts and diagnoses of one image, with the cause of the newest', () => {
    expect(failedLately([attempt(22), attempt(9)], [line(3)], now)).toEqual([
      { reference: 'ghcr.io/acme/web:main', cause: 'access-denied', times: 3, lastAt: at(3) },
    ]);
  });

  it('has the newest first', () => {
    const images = failedLately([attempt(5, { reference: 'quay.io/a/b:1' })], [line(3)], now);
    expect(images.map(({ reference }) => reference)).toEqual(['ghcr.io/acme/web:main', 'quay.io/a/b:1']);
  });

  it.each([
    ['pulls that worked', [attempt(1, { outcome: 'pulled' })], []],
    ['diagnoses of images that can be pulled', [], [line(1, { pullable: 'yes' })]],
    ['texts that name no image', [], [line(1, { reference: null })]],
    ['what is older than a day', [attempt(24 * 60)], []],
  ] as const)('leaves out %s', (_, attempts, lines) => {
    expect(failedLately(attempts, lines, now)).toEqual([]);
  });
});
