import { describe, expect, it } from 'vitest';
import { gitlab } from './provider.ts';

describe('gitlab', () => {
  it.each(['registry.gitlab.com'])('owns %s', (host) => {
    expect(gitlab.owns(host)).toBe(true);
  });

  it.each(['gitlab.com', 'registry.gitlab.com.evil.example'])('does not own %s', (host) => {
    expect(gitlab.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = gitlab.signIn({ host: 'registry.gitlab.com', repository: null, user: null });
    expect(first?.command).toBe('docker login registry.gitlab.com');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
