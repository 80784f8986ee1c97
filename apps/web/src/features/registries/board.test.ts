import { describe, expect, it } from 'vitest';
import { endOfDay } from './entered-end.ts';
import { matches } from './filter.ts';
import { endWith, rowWith } from './test-rows.ts';
import { crossingsOf } from './useCrossings.ts';

describe('the filter', () => {
  const row = rowWith({ host: 'registry.gitlab.example.com', name: 'GitLab', status: 'expired' });
  it.each(['gitlab', 'GITLAB', 'example.com', 'expired', 'acme-ci', 'gitlab expired', 'config.json', ''])(
    'finds it by "%s"',
    (filter) => {
      expect(matches(row, filter)).toBe(true);
    },
  );
  it.each(['quay', 'gitlab rejected'])('does not find it by "%s"', (filter) => {
    expect(matches(row, filter)).toBe(false);
  });
});

describe('the moments at which a credential turns', () => {
  const now = Date.parse('2026-11-24T14:00:00.000Z');
  const ending = rowWith({
    name: 'Artifact Registry',
    end: endWith({ state: 'ends', endsAt: '2026-11-24T15:00:00.000Z', thresholdSeconds: 1800 }),
  });

  it('are the threshold and the end, in words for those who listen', () => {
    expect(crossingsOf([ending], now).map(({ at, says }) => [new Date(at).toISOString(), says])).toEqual([
      ['2026-11-24T14:30:00.000Z', 'Artifact Registry expires in 30\u00a0m'],
      ['2026-11-24T15:00:00.000Z', 'Artifact Registry has expired'],
    ]);
  });

  it('are those that are still to come', () => {
    expect(crossingsOf([ending], now + 45 * 60_000)).toHaveLength(1);
    expect(crossingsOf([ending], now + 61 * 60_000)).toEqual([]);
  });

  it('are none for what renews itself or does not tell', () => {
    const renewed = rowWith({ end: { ...ending.end, state: 'renews-itself' } });
    expect(crossingsOf([renewed, rowWith()], now)).toEqual([]);
  });
});

describe('a day that a person entered', () => {
  it('lasts to its end and not into the next one', () => {
    expect(endOfDay('2027-01-12')).toBe('2027-01-12T23:59:59.000Z');
  });
});
