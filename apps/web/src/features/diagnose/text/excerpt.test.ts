import { describe, expect, it } from 'vitest';
import { excerptOf, excerptText, lengthOf } from './excerpt.ts';

const log = (lines: number) => Array.from({ length: lines }, (_, index) => `line ${index + 1}`).join('\n');
const markAt = (text: string, phrase: string) => {
  const start = text.indexOf(phrase);
  return { start, end: start + phrase.length, numbers: [1] };
};
const shown = (text: string, marks: Parameters<typeof excerptOf>[1]) =>
  excerptOf(text, marks).map((stretch) => {
    const { count, unit } = lengthOf(text, stretch);
    return stretch.isLeftOut ? `(${count} ${unit})` : text.slice(stretch.start, stretch.end);
  });

describe('what of a text is shown', () => {
  it('is all of a short one', () => {
    expect(shown(log(3), [])).toEqual([log(3)]);
  });

  it('is the lines around a phrase, and how many are left out', () => {
    const text = log(100);
    expect(shown(text, [markAt(text, 'line 50')])).toEqual([
      '(47 line)',
      'line 48\nline 49\nline 50\nline 51\nline 52\n',
      '(48 line)',
    ]);
  });

  it('joins what lies together', () => {
    const text = log(100);
    const marks = [markAt(text, 'line 50'), markAt(text, 'line 54')];
    expect(shown(text, marks)).toHaveLength(3);
  });

  it('begins at the beginning where a phrase stands there', () => {
    const text = log(100);
    expect(shown(text, [markAt(text, 'line 2\n')])[0]).toMatch(/^line 1\n/);
  });

  it('is a part of a line where the line is a whole log', () => {
    const text = `${'x'.repeat(5000)} no basic auth credentials ${'y'.repeat(5000)}`;
    const [before, around, after] = shown(text, [markAt(text, 'no basic auth credentials')]);
    expect(before).toBe('(4681 character)');
    expect(around).toContain(' no basic auth credentials ');
    expect(after).toBe('(4681 character)');
  });

  it('is the beginning where nothing is marked', () => {
    const [begin, rest] = shown(log(100), []);
    expect(begin).toBe(`${log(8)}\n`);
    expect(rest).toBe('(92 line)');
  });

  it('says in plain text what is left out', () => {
    const text = log(1100);
    expect(excerptText(text, [markAt(text, 'line 1099')])).toBe(
      '(1,096 lines left out)\nline 1097\nline 1098\nline 1099\nline 1100',
    );
  });

  it('covers the text without a hole', () => {
    const text = log(400);
    const stretches = excerptOf(text, [markAt(text, 'line 7\n'), markAt(text, 'line 390')]);
    expect(stretches.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  });
});
