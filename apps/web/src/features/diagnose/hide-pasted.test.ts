import { describe, expect, it } from 'vitest';
import { hidePasted } from './hide-pasted.ts';

const after = (value: string, start: number, end: number, pasted: string): string | null => {
  const found = hidePasted(value, { start, end }, pasted);
  return found && value.slice(0, found.start) + found.text + value.slice(found.end);
};

describe('a paste', () => {
  it('without a secret is left to the browser', () => {
    expect(hidePasted('docker pull ', { start: 12, end: 12 }, 'ghcr.io/acme/web:2')).toBeNull();
  });

  it('with a secret comes without it', () => {
    expect(after('', 0, 0, 'token ghp_0123456789abcdefghij is refused')).toBe(
      'token ghp_[redacted] is refused',
    );
  });

  it('replaces the selection alone, and leaves what stands around it', () => {
    const value = 'before HERE after';
    expect(hidePasted(value, { start: 7, end: 11 }, 'ghp_0123456789abcdefghij')).toEqual({
      start: 7,
      end: 11,
      text: 'ghp_[redacted]',
    });
  });

  it('that becomes a secret by the words before it is hidden too', () => {
    const value = 'Authorization: Bearer ';
    expect(after(value, value.length, value.length, 'abcdef0123456789')).toBe(
      'Authorization: Bearer [redacted]',
    );
  });

  it('that turns typed text into a secret hides that text as well', () => {
    const value = ' abcdef0123456789 and more';
    expect(after(value, 0, 0, 'Authorization: Bearer')).toBe('Authorization: Bearer [redacted] and more');
  });
});
