import { describe, expect, it } from 'vitest';
import { ghcr } from './provider.ts';

describe('ghcr', () => {
  it.each(['ghcr.io', 'docker.pkg.github.com', 'containers.acme.ghe.com'])('owns %s', (host) => {
    expect(ghcr.owns(host)).toBe(true);
  });

  it.each(['ghcr.io.evil.example', 'github.com'])('does not own %s', (host) => {
    expect(ghcr.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = ghcr.signIn({ host: 'ghcr.io', repository: null, user: 'octocat' });
    expect(first?.command).toBe('docker login --username octocat ghcr.io');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
