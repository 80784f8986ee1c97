import { describe, expect, it } from 'vitest';
import { countdownText } from './countdown-text.ts';

const end = Date.parse('2026-11-24T14:41:20.000Z');
const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;
const at = (left: number, isKnownOver = false) => countdownText(end, end - left, isKnownOver);
const text = (left: number, isKnownOver = false) => at(left, isKnownOver).text.replaceAll('\u00a0', ' ');

describe('the words of a countdown', () => {
  it.each([
    [1461 * d, '4 y'],
    [1095 * d, '3 y'],
    [1095 * d - 1, '2 y'],
    [730 * d, '2 y'],
    [730 * d - 1, '729 d'],
    [49 * d + 23 * h, '49 d'],
    [7 * d, '7 d'],
    [7 * d - 1, '6 d 23 h'],
    [2 * d + 4 * h + 59 * m, '2 d 4 h'],
    [48 * h, '2 d 0 h'],
    [48 * h - 1, '47 h 59 m'],
    [11 * h + 42 * m + 59 * s, '11 h 42 m'],
    [1 * h, '1 h 0 m'],
    [1 * h - 1, '59 m'],
    [29 * m + 59 * s + 999, '29 m'],
    [10 * m, '10 m'],
    [10 * m - 1, '9 m 59 s'],
    [9 * m + 12 * s, '9 m 12 s'],
    [1 * m, '1 m 0 s'],
    [1 * m - 1, '59 s'],
    [42 * s + 999, '42 s'],
    [1 * s, '1 s'],
    [1 * s - 1, 'ends now'],
    [0, 'ends now'],
    [-29_999, 'ends now'],
    [-30_000, 'expired 30 s ago'],
  ])('with %i ms left is "%s", rounded down', (left, words) => {
    expect(text(left)).toBe(words);
  });

  it.each([
    [0, 'expired just now'],
    [-42 * s, 'expired 42 s ago'],
    [-1 * m, 'expired 1 m ago'],
    [-(3 * m + 59 * s), 'expired 3 m ago'],
    [-(5 * h + 59 * m), 'expired 5 h ago'],
    [-24 * h, 'expired 1 d ago'],
    [-12 * d, 'expired 12 d ago'],
  ])('once a check said that it ended, %i ms is "%s"', (left, words) => {
    expect(text(left, true)).toBe(words);
  });

  it('joins number and unit, and both units, by no-break spaces', () => {
    expect(at(11 * h + 42 * m).text).toBe('11\u00a0h\u00a042\u00a0m');
    expect(at(-3 * m, true).text).toBe('expired 3\u00a0m ago');
  });

  it('never promises the rest of a second that the end has', () => {
    expect(countdownText(end + 900, end - 5 * s, false).text).toBe('5\u00a0s');
  });

  it('is a matter of urgency under 10 m, whatever renews it, and over once it ended', () => {
    expect([10 * m, 10 * m - 1, 0, -30_000].map((left) => at(left).tone)).toEqual([
      'calm',
      'soon',
      'soon',
      'over',
    ]);
    expect(at(-1, true).tone).toBe('over');
  });
});

describe('when a countdown changes', () => {
  // from years to seconds, and past the end
  const lefts = [1100 * d, 731 * d, 49 * d, 7 * d + 30 * m, 3 * d, 48 * h + 1, 5 * h + 30 * s];
  const near = [
    61 * m,
    60 * m,
    11 * m,
    10 * m + 500,
    61 * s,
    1500,
    1,
    0,
    -10 * s,
    -31 * s,
    -3 * m,
    -5 * h,
    -2 * d,
  ];
  it.each([...lefts, ...near])('is known exactly with %i ms left: not before, and then at once', (left) => {
    const now = end - left;
    const words = countdownText(end, now, false);
    expect(words.changesAt).toBeGreaterThan(now);
    expect(countdownText(end, words.changesAt - 1, false).text).toBe(words.text);
    expect(countdownText(end, words.changesAt, false).text).not.toBe(words.text);
  });
});
