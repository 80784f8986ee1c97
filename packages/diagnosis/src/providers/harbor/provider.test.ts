import { describe, expect, it } from 'vitest';
import { harbor } from './provider.ts';

describe('harbor', () => {
  it.each(['harbor.corp.example'])('does not own %s', (host) => {
    expect(harbor.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = harbor.signIn({
      host: 'harbor.corp.example',
      repository: null,
      user: 'robot$ci',
    });
    expect(first?.command).toBe("docker login --username 'robot$ci' harbor.corp.example");
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });

  it('is recognised by what it says, with and without a login', () => {
    const said = (scheme: string, realm: string, service: string | null) => ({
      host: 'harbor.corp.example',
      challenge: { scheme, realm, service },
      server: null,
      answer: null,
    });
    expect(harbor.recognises(said('bearer', 'https://h.example/service/token', 'harbor-registry'))).toBe(
      true,
    );
    expect(harbor.recognises(said('basic', 'harbor', null))).toBe(true);
    expect(harbor.recognises(said('basic', 'Registry Realm', null))).toBe(false);
  });
});
