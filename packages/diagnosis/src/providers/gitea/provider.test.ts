import { describe, expect, it } from 'vitest';
import { gitea } from './provider.ts';

describe('gitea', () => {
  it.each(['codeberg.org', 'gitea.com'])('owns %s', (host) => {
    expect(gitea.owns(host)).toBe(true);
  });

  it.each(['pages.codeberg.org'])('does not own %s', (host) => {
    expect(gitea.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = gitea.signIn({ host: 'codeberg.org', repository: null, user: 'ci' });
    expect(first?.command).toBe('docker login --username ci codeberg.org');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
