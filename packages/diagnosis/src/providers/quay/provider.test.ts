import { describe, expect, it } from 'vitest';
import { quay } from './provider.ts';

describe('quay', () => {
  it.each(['quay.io'])('owns %s', (host) => {
    expect(quay.owns(host)).toBe(true);
  });

  it.each(['cdn.quay.io'])('does not own %s', (host) => {
    expect(quay.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = quay.signIn({ host: 'quay.io', repository: null, user: 'acme+ci' });
    expect(first?.command).toBe('docker login --username acme+ci quay.io');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
