import { describe, expect, it } from 'vitest';
import { marksOf, numberOf, partsOf, phrasesOf } from './marked-text.ts';

const text = 'Head "https://h/v2/": server gave HTTP response to HTTPS client';
const signOf = (phrase: string, says: string) => {
  const start = text.indexOf(phrase);
  return { phrase, start, end: start + phrase.length, says };
};
const plainHttp = signOf('server gave HTTP response', 'It speaks plain HTTP.');
const toHttps = signOf('HTTP response to HTTPS client', 'The client expected HTTPS.');
const head = signOf('Head', 'It asked for a manifest.');

describe('the phrases of a text', () => {
  it('are numbered as the text has them, not as the causes do', () => {
    const phrases = phrasesOf([{ signs: [plainHttp] }, { signs: [head] }]);
    expect(phrases.map(({ number, phrase }) => [number, phrase])).toEqual([
      [1, 'Head'],
      [2, 'server gave HTTP response'],
    ]);
  });

  it('that several causes rest on have one number, whatever it says for each', () => {
    const other = { ...plainHttp, says: 'A proxy may have answered.' };
    const phrases = phrasesOf([{ signs: [plainHttp] }, { signs: [other] }]);
    expect(phrases).toHaveLength(1);
    expect(numberOf(phrases, other)).toBe(1);
  });
});

describe('the marks of a text', () => {
  const marks = marksOf(phrasesOf([{ signs: [head, plainHttp, toHttps] }]));

  it('are one where phrases overlap, with the numbers of both', () => {
    expect(marks.map(({ start, end, numbers }) => [text.slice(start, end), numbers])).toEqual([
      ['Head', [1]],
      ['server gave HTTP response to HTTPS client', [2, 3]],
    ]);
  });

  it('cut the text into pieces that make the whole again', () => {
    const parts = partsOf(text, marks);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.map(({ numbers }) => numbers.length)).toEqual([1, 0, 2]);
  });

  it('are cut where only a part of the text is asked for', () => {
    const parts = partsOf(text, marks, 2, 30);
    expect(parts.map((part) => part.text).join('')).toBe(text.slice(2, 30));
    expect(parts[0]).toEqual({ start: 2, text: 'ad', numbers: [1] });
  });
});
