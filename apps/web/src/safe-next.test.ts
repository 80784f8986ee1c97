import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

describe('after signing in', () => {
  it.each(['/history', '/diagnose/dx_1?step=token', '/history?list=attempts#top'])(
    '%s is gone to',
    (next) => {
      expect(safeNext(next)).toBe(next);
    },
  );

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    'javascript:alert(1)',
    'history',
    '/signin?next=/signin',
    undefined,
    7,
  ])('%s leads to the overview', (next) => {
    expect(safeNext(next)).toBe('/');
  });
});
