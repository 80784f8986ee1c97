import { describe, expect, it } from 'vitest';
import { axisText, chartText, failedIn, partsOf, type Step, scaleOf, stepSpan, stepText } from './chart.ts';

const step = (pulled: number, failed: Step['failed'] = {}): Step => ({
  at: '2026-11-24T14:00:00.000Z',
  pulled,
  failed,
});

describe('the scale', () => {
  it.each([
    [0, 1, [0, 1]],
    [1, 1, [0, 1]],
    [2, 2, [0, 1, 2]],
    [3, 4, [0, 2, 4]],
    [14, 20, [0, 10, 20]],
    [23, 30, [0, 15, 30]],
    [101, 200, [0, 100, 200]],
    [1_000_000, 1_000_000, [0, 500_000, 1_000_000]],
  ])('over %d ends at %d, with whole numbers at its lines', (highest, most, ticks) => {
    expect(scaleOf([step(highest), step(0)])).toEqual({ most, ticks });
  });

  it('counts a bar by all its parts', () => {
    expect(scaleOf([step(9, { network: 2 })]).most).toBe(20);
  });
});

describe('a bar', () => {
  it('has the families from the bottom up in their order, then what was pulled, and leaves no gap', () => {
    const parts = partsOf(step(4, { network: 2, credentials: 3, none: 1 }), { most: 10, ticks: [] });
    expect(parts.map(({ family, count }) => [family, count])).toEqual([
      ['credentials', 3],
      ['network', 2],
      ['none', 1],
      ['pulled', 4],
    ]);
    for (const [index, part] of parts.entries()) {
      const below = parts.slice(0, index).reduce((sum, { height }) => sum + height, 0);
      expect(part.from).toBeCloseTo(below);
    }
    expect(failedIn(step(4, { network: 2, none: 1 }))).toBe(3);
  });

  it('says in words what it shows', () => {
    expect(stepText(step(9, { credentials: 2, network: 2 }), 1800)).toBe(
      '24\u00a0Nov\u00a02026, 14:00 to 14:30: 4 failed (2 Credentials, 2 Network), 9 pulled',
    );
    expect(stepText(step(0), 1800)).toMatch(/0 failed, 0 pulled$/);
    expect(stepSpan('2026-11-24T23:30:00.000Z', 3600)).toMatch(/23:30 to 25\u00a0Nov\u00a02026, 00:30$/);
    expect(stepSpan('2026-11-24T14:00:00.000Z', 30)).toMatch(/14:00:00 to 14:00:30$/);
  });
});

describe('the axis', () => {
  it('names times of day up to two days, and dates beyond', () => {
    expect(axisText('2026-11-24T14:00:00.000Z', 86_400_000)).toBe('14:00');
    expect(axisText('2026-11-24T14:00:00.000Z', 7 * 86_400_000)).toBe('24\u00a0Nov');
  });
});

describe('the chart', () => {
  it('is one sentence', () => {
    expect(
      chartText({
        from: '',
        to: '',
        stepSeconds: 1800,
        steps: [step(380, { credentials: 20, network: 5 })],
        total: {
          attempts: 1405,
          pulled: 1380,
          failed: 25,
          stopped: 0,
          causes: [],
          registries: [],
          hosts: [],
        },
        before: { attempts: 0, failed: 0 },
        exact: true,
      }),
    ).toBe('1,405 attempts over time: 25 failed, most of them Credentials, 1,380 pulled');
  });
});
