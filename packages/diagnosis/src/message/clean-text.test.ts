import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';

describe('a text made ready for matching', () => {
  it.each([
    ['colours', '\u001b[31mERROR\u001b[0m: \u001b[1;33mdenied\u001b[m', 'ERROR: denied'],
    ['colours that lost their escape character', '[31mERROR[0m: denied', 'ERROR: denied'],
    ['a link of a terminal', '\u001b]8;;https://a.test\u0007docs\u001b]8;;\u0007', 'docs'],
    [
      'JSON in a string',
      '{"message":"Get \\"https://a.test/v2/\\": EOF"}',
      '{"message":"Get "https://a.test/v2/": EOF"}',
    ],
    [
      'JSON in a string in a string',
      'msg="Get \\\\\\"https://a.test\\\\\\": EOF"',
      'msg="Get "https://a.test": EOF"',
    ],
    ['line ends in a string', '"a\\nb \\"c\\"\\n"', '"a\nb "c"\n"'],
    [
      'a Windows path, which is no escape',
      'C:\\Users\\new\\.docker\\config.json',
      'C:\\Users\\new\\.docker\\config.json',
    ],
    ['characters as JSON writes them', '"\\u003chtml\\u003e \\"x\\""', '"<html> "x""'],
    [
      'HTML entities',
      'Head &quot;https://a.test&quot;: denied &amp; gone',
      'Head "https://a.test": denied & gone',
    ],
    ['typographic quotes', '“acme/app” ‘x’', '"acme/app" \'x\''],
    ['carriage returns of a progress bar', 'one\rtwo\r\nthree', 'one\ntwo\nthree'],
    ['white space', '  a \t b\u00a0c  \n\n\n   d', 'a b c\nd'],
    ['what cannot be seen', '\ufeffden\u200bied\u0000', 'denied'],
  ])('has undone %s', (_, text, clean) => {
    expect(cleanText(text).text).toBe(clean);
  });

  it('joins a line that was folded at the width of a window', () => {
    const folded = `${'Warning  Failed  76s  kubelet  Failed to pull image "busybox": rpc error: code = Unknown'}\ndesc = failed to pull`;
    expect(cleanText(folded).text).toContain('code = Unknown desc = failed');
  });

  it('joins a line that goes on, indented, after a colon', () => {
    expect(cleanText('initializing source docker://a:1:\n     pinging registry').text).toBe(
      'initializing source docker://a:1: pinging registry',
    );
  });

  it('leaves two short lines apart', () => {
    expect(cleanText('latest: Pulling from library/nginx\nno matching manifest').text).toContain(
      '\nno matching',
    );
  });

  it('has a lower case of the same length, letters outside ASCII as they are', () => {
    const { text, lower } = cleanText('İstanbul ÄB Error');
    expect(lower).toBe('İstanbul Äb error');
    expect(lower).toHaveLength(text.length);
  });

  it('knows where each character stood', () => {
    const original = '\u001b[31mError\u001b[0m:   \\"denied\\"';
    const { text, originOf } = cleanText(original);
    const at = text.indexOf('denied');
    expect(original.slice(originOf(at), originOf(at + 6))).toBe('denied');
    expect(originOf(text.length)).toBe(original.length);
  });
});
