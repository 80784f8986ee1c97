import { describe, expect, it } from 'vitest';
import { digitalocean } from './provider.ts';

describe('digitalocean', () => {
  it.each(['registry.digitalocean.com'])('owns %s', (host) => {
    expect(digitalocean.owns(host)).toBe(true);
  });

  it.each(['digitalocean.com'])('does not own %s', (host) => {
    expect(digitalocean.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = digitalocean.signIn({
      host: 'registry.digitalocean.com',
      repository: null,
      user: null,
    });
    expect(first?.command).toBe('doctl registry login --read-only --expiry-seconds 2592000');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
