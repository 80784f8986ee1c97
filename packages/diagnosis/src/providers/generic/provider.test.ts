import { describe, expect, it } from 'vitest';
import { generic } from './provider.ts';

describe('generic', () => {
  it.each(['registry.corp.example', 'localhost:5000'])('owns %s', (host) => {
    expect(generic.owns(host)).toBe(true);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = generic.signIn({ host: '[::1]:5000', repository: null, user: null });
    expect(first?.command).toBe("docker login '[::1]:5000'");
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
