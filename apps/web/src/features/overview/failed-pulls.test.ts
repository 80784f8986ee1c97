import type { PullAttempt } from '@pull-doctor/contract/attempts';
import { describe, expect, it } from 'vitest';
import { failedPullsOfDay } from './failed-pulls.ts';

const now = Date.parse('2026-11-24T14:32:08.000Z');
const attempt = (hoursAgo: number, parts: Partial<PullAttempt> = {}): PullAttempt => ({
  id: `at_${hoursAgo}`,
  host: 'build-01',
  reference: 'ghcr.io/acme/web:1',
  registry: 'ghcr.io',
  repository: 'acme/web',
  tag: '1',
  digest: null,
  platform: null,
  user: null,
  client: null,
  fingerprint: null,
  door: 'daemon-log',
  outcome: 'failed',
  cause: 'credentials-invalid',
  certainty: null,
  message: null,
  startedAt: new Date(now - hoursAgo * 3_600_000).toISOString(),
  tookMs: 100,
  bytes: null,
  diagnosisId: null,
  ...parts,
});

describe('the failed pulls of a day', () => {
  it('are counted by cause, the most frequent first, with their hours and registries', () => {
    const items = [
      attempt(0.5),
      attempt(2, { registry: 'quay.io' }),
      attempt(2.5, { registry: 'quay.io' }),
      attempt(3, { cause: 'rate-limited', registry: 'docker.io' }),
      attempt(4, { outcome: 'pulled', cause: null }),
      attempt(5, { outcome: 'running', cause: null }),
      attempt(25),
    ];
    const { failed, seen, causes, isPartial } = failedPullsOfDay({ items, nextCursor: 'more' }, now);
    expect({ failed, seen, isPartial }).toEqual({ failed: 4, seen: 5, isPartial: false });
    expect(causes.map(({ cause, count, registries }) => [cause, count, registries])).toEqual([
      ['credentials-invalid', 3, ['quay.io', 'ghcr.io']],
      ['rate-limited', 1, ['docker.io']],
    ]);
    expect(causes[0]?.hours.slice(-4)).toEqual([0, 2, 0, 1]);
  });

  it('say that there are more where all that was fetched is of this day', () => {
    expect(failedPullsOfDay({ items: [attempt(1)], nextCursor: 'more' }, now).isPartial).toBe(true);
    expect(failedPullsOfDay({ items: [attempt(1)], nextCursor: null }, now).isPartial).toBe(false);
  });

  it('without a cause count as unknown', () => {
    const { causes } = failedPullsOfDay({ items: [attempt(1, { cause: null })], nextCursor: null }, now);
    expect(causes.map(({ cause }) => cause)).toEqual(['unknown']);
  });
});
