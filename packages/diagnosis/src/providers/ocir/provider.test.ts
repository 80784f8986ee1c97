import { describe, expect, it } from 'vitest';
import { ocir } from './provider.ts';

describe('ocir', () => {
  it.each(['fra.ocir.io', 'eu-frankfurt-1.ocir.io'])('owns %s', (host) => {
    expect(ocir.owns(host)).toBe(true);
  });

  it.each(['ocir.io', 'x.y.ocir.io'])('does not own %s', (host) => {
    expect(ocir.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = ocir.signIn({ host: 'fra.ocir.io', repository: null, user: 'acme/ci' });
    expect(first?.command).toBe('docker login --username acme/ci fra.ocir.io');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
