import { describe, expect, it } from 'vitest';
import { dockerHub } from './provider.ts';

describe('docker-hub', () => {
  it.each(['docker.io', 'index.docker.io', 'registry-1.docker.io'])('owns %s', (host) => {
    expect(dockerHub.owns(host)).toBe(true);
  });

  it.each(['docker.io.evil.example', 'hub.docker.com:8443'])('does not own %s', (host) => {
    expect(dockerHub.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = dockerHub.signIn({ host: 'docker.io', repository: null, user: null });
    expect(first?.command).toBe('docker login');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });

  it('keeps the user of the stored login', () => {
    expect(dockerHub.signIn({ host: 'docker.io', repository: null, user: 'acme bot' })[0]?.command).toBe(
      "docker login --username 'acme bot'",
    );
  });
});
