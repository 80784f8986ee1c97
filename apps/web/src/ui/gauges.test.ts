import { describe, expect, it } from 'vitest';
import { isQuotaLow, rateText } from './RateBar.tsx';
import { shareLeft } from './useCountdown.ts';
import { segmentsOf } from './VitalsBar.tsx';

describe('the bar of the overview', () => {
  it('has one segment for each of up to 24', () => {
    const each = Array.from({ length: 24 }, () => 'ok' as const);
    expect(segmentsOf(each, [{ tone: 'ok', count: 24 }])).toHaveLength(24);
  });

  it('has one for each group from 25 on, and none for an empty group', () => {
    const each = Array.from({ length: 25 }, () => 'ok' as const);
    const groups = [
      { tone: 'invalid', count: 3 },
      { tone: 'expiring', count: 0 },
      { tone: 'ok', count: 22 },
    ] as const;
    expect(segmentsOf(each, groups)).toEqual([
      { tone: 'invalid', count: 3 },
      { tone: 'ok', count: 22 },
    ]);
  });
});

describe('a quota', () => {
  it('is said in words, with the limit only where the registry sent one', () => {
    expect(rateText(38, 200, 'pull')).toBe('38 of 200 pulls left');
    expect(rateText(1, null, 'pull')).toBe('1 pull left');
    expect(rateText(0, 200, 'pull')).toBe('no pulls left');
  });

  it('is low under a quarter', () => {
    expect([isQuotaLow(50, 200), isQuotaLow(49, 200), isQuotaLow(0, null), isQuotaLow(5, null)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('the arc of a ring', () => {
  const now = Date.parse('2026-11-24T14:32:08Z');
  it('is the share of the lifetime that is left, never more than all and less than nothing', () => {
    expect(shareLeft(now + 900_000, now, 3600, null)).toBe(0.25);
    expect(shareLeft(now + 7_200_000, now, 3600, null)).toBe(1);
    expect(shareLeft(now - 1, now, 3600, null)).toBe(0);
  });

  it('stays closed without a known lifetime until the threshold, and runs down from there', () => {
    expect(shareLeft(now + 86_400_000, now, null, 1800)).toBe(1);
    expect(shareLeft(now + 900_000, now, null, 1800)).toBe(0.5);
    expect(shareLeft(now + 900_000, now, null, null)).toBe(1);
  });
});
