import { describe, expect, it } from 'vitest';
import { bytes } from './bytes.ts';
import { duration, milliseconds } from './duration.ts';
import { day, instant, secondsBetween } from './instant.ts';
import { count, list, quoted } from './sentence.ts';

describe('numbers and times', () => {
  it.each([
    [0, '0 s'],
    [40, '40 s'],
    [180, '3 m'],
    [-3_725, '1 h 2 m'],
    [42_120, '11 h 42 m'],
    [172_840, '2 d'],
  ])('%i seconds is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it('writes milliseconds up to a second', () => {
    expect(milliseconds(2.6)).toBe('3 ms');
    expect(milliseconds(1_432)).toBe('1.4 s');
  });

  it('writes dates with the month as a word and times with their zone', () => {
    expect(day('2026-11-24T14:29:31.000Z')).toBe('24 Nov 2026');
    expect(instant('2026-11-24T14:29:31.000Z')).toBe('24 Nov 2026, 14:29 UTC');
    expect(secondsBetween('2026-11-24T14:29:31.000Z', '2026-11-24T14:28:31.000Z')).toBe(-60);
  });

  it.each([
    [512, '512 B'],
    [2_100_000, '2.1 MB'],
    [14_000_000_000, '14 GB'],
  ])('%i bytes is %s', (size, text) => {
    expect(bytes(size)).toBe(text);
  });
});

describe('sentences', () => {
  it('lists and counts', () => {
    expect(list(['a', 'b', 'c'])).toBe('a, b and c');
    expect(list(['a', 'b'], 'or')).toBe('a or b');
    expect(count(1, 'layer')).toBe('1 layer');
    expect(count(2, 'repository', 'repositories')).toBe('2 repositories');
  });

  it('quotes hostile text on one line, in one direction, and not without end', () => {
    expect(quoted('no\r\nsuch\u001b[31m \u202ehost ')).toBe('"no such [31m host"');
    expect(quoted('x'.repeat(1_000))).toHaveLength(242);
  });
});
