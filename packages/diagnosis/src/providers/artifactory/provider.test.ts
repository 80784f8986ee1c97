import { describe, expect, it } from 'vitest';
import { artifactory } from './provider.ts';

describe('artifactory', () => {
  it.each(['acme.jfrog.io'])('owns %s', (host) => {
    expect(artifactory.owns(host)).toBe(true);
  });

  it.each(['jfrog.io', 'acme.jfrog.io.evil.example'])('does not own %s', (host) => {
    expect(artifactory.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = artifactory.signIn({ host: 'acme.jfrog.io', repository: null, user: 'ci' });
    expect(first?.command).toBe('docker login --username ci acme.jfrog.io');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });

  it('is recognised behind a rewrite by the path of its realm', () => {
    const realm = 'https://r.example/artifactory/api/docker/docker-local/v2/token';
    expect(
      artifactory.recognises({
        host: 'r.example',
        challenge: { scheme: 'bearer', realm, service: 'r.example' },
        server: null,
        answer: null,
      }),
    ).toBe(true);
  });
});
