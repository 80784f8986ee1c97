import { describe, expect, it } from 'vitest';
import { mcr } from './provider.ts';

describe('mcr', () => {
  it.each(['mcr.microsoft.com'])('owns %s', (host) => {
    expect(mcr.owns(host)).toBe(true);
  });

  it.each(['microsoft.com'])('does not own %s', (host) => {
    expect(mcr.owns(host)).toBe(false);
  });

  it('has nothing to sign in to', () => {
    expect(mcr.signIn({ host: 'mcr.microsoft.com', repository: null, user: null })).toEqual([]);
    expect(mcr.anonymous).toBe('every-image');
  });
});
