import { describe, expect, it } from 'vitest';
import { scaleway } from './provider.ts';

describe('scaleway', () => {
  it.each(['rg.fr-par.scw.cloud'])('owns %s', (host) => {
    expect(scaleway.owns(host)).toBe(true);
  });

  it.each(['scw.cloud', 'rg.fr-par.scw.cloud.evil.example'])('does not own %s', (host) => {
    expect(scaleway.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = scaleway.signIn({ host: 'rg.fr-par.scw.cloud', repository: null, user: null });
    expect(first?.command).toBe('docker login --username nologin rg.fr-par.scw.cloud');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
