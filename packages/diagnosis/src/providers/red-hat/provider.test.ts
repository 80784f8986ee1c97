import { describe, expect, it } from 'vitest';
import { redHat } from './provider.ts';

describe('red-hat', () => {
  it.each(['registry.redhat.io', 'registry.access.redhat.com', 'registry.connect.redhat.com'])(
    'owns %s',
    (host) => {
      expect(redHat.owns(host)).toBe(true);
    },
  );

  it.each(['redhat.io'])('does not own %s', (host) => {
    expect(redHat.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = redHat.signIn({
      host: 'registry.redhat.io',
      repository: null,
      user: '1234567|ci',
    });
    expect(first?.command).toBe("docker login --username '1234567|ci' registry.redhat.io");
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
