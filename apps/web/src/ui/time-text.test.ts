import { describe, expect, it } from 'vitest';
import {
  ageText,
  bytesText,
  clockText,
  countText,
  durationText,
  momentText,
  secondsText,
} from './time-text.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const now = Date.parse('2026-11-24T14:32:08Z');
const ago = (seconds: number) => plain(ageText(new Date(now - seconds * 1000).toISOString(), now));

describe('how long ago', () => {
  it.each([
    [0.4, 'just now'],
    [8.9, '8 s ago'],
    [59.9, '59 s ago'],
    [179, '2 m ago'],
    [3600, '1 h ago'],
    [86_399, '23 h ago'],
    [12 * 86_400, '12 d ago'],
  ])('%s seconds are "%s": one unit, rounded down', (seconds, text) => {
    expect(ago(seconds)).toBe(text);
  });

  it('does not count what lies ahead, as where two clocks differ a little', () => {
    expect(ago(-3)).toBe('just now');
  });

  it('says nothing about a time that is none', () => {
    expect(ageText('yesterday', now)).toBe('');
  });

  it('keeps number and unit on one line', () => {
    expect(ageText(new Date(now - 8000).toISOString(), now)).toContain('8\u00a0s');
  });
});

describe('how long it took', () => {
  it.each([
    [0.3, '<1 ms'],
    [112.4, '112 ms'],
    [999, '999 ms'],
    [1200, '1.2 s'],
    [30_000, '30.0 s'],
    [125_000, '2 m 5 s'],
  ])('%s ms are "%s"', (ms, text) => {
    expect(plain(durationText(ms))).toBe(text);
  });

  it('a running watch has two decimals and never runs backwards', () => {
    expect(plain(secondsText(240, 2))).toBe('0.24 s');
    expect(plain(secondsText(-50, 2))).toBe('0.00 s');
  });
});

describe('moments and sizes', () => {
  it('a moment has a date, a time and a zone', () => {
    expect(plain(momentText('2026-11-24T14:32:08.500Z'))).toBe('24 Nov 2026, 14:32:08 UTC');
    expect(clockText('2026-11-24T16:32:08+02:00')).toBe('14:32:08');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [86_400_000, '86.4 MB'],
    [160_000_000, '160 MB'],
    [14_000_000_000, '14 GB'],
  ])('%s bytes are "%s", as Docker counts', (bytes, text) => {
    expect(plain(bytesText(bytes))).toBe(text);
  });

  it('plurals are real', () => {
    expect(countText(1, 'diagnosis', 'diagnoses')).toBe('1 diagnosis');
    expect(countText(65_536, 'character')).toBe('65,536 characters');
  });
});
