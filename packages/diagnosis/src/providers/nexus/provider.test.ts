import { describe, expect, it } from 'vitest';
import { nexus } from './provider.ts';

const silent = { host: 'n.example', challenge: null, server: null, answer: null };

describe('nexus', () => {
  it.each(['nexus.corp.example'])('does not own %s', (host) => {
    expect(nexus.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = nexus.signIn({
      host: 'nexus.corp.example:8082',
      repository: null,
      user: 'ci',
    });
    expect(first?.command).toBe('docker login --username ci nexus.corp.example:8082');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });

  it('is recognised by its Server header or its realm', () => {
    expect(nexus.recognises({ ...silent, server: 'Nexus/3.78.2-04 (OSS)' })).toBe(true);
    expect(
      nexus.recognises({
        ...silent,
        challenge: { scheme: 'basic', realm: 'Sonatype Nexus Repository Manager', service: null },
      }),
    ).toBe(true);
    expect(nexus.recognises({ ...silent, server: 'nginx' })).toBe(false);
  });
});
