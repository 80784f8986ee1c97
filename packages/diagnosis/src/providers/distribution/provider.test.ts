import { describe, expect, it } from 'vitest';
import { distribution } from './provider.ts';

describe('distribution', () => {
  it.each(['registry.corp.example'])('does not own %s', (host) => {
    expect(distribution.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = distribution.signIn({
      host: 'registry.corp.example:5000',
      repository: null,
      user: 'ci',
    });
    expect(first?.command).toBe('docker login --username ci registry.corp.example:5000');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });

  it('tells a missing repository from a private one only by the list of tags, and says so', () => {
    expect(distribution.hidesAbsence).toBe(false);
    expect(
      distribution.recognises({
        challenge: { scheme: 'basic', realm: 'Registry Realm', service: null },
        host: 'registry.corp.example',
        server: null,
        answer: null,
      }),
    ).toBe(true);
  });
});
