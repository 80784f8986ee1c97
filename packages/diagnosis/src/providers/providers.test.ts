import { describe, expect, it } from 'vitest';
import { providerOf, tokenRealmHosts } from './providers.ts';

describe('who runs a registry', () => {
  it('believes the host name before the challenge', () => {
    expect(
      providerOf('quay.io', {
        scheme: 'bearer',
        realm: 'https://quay.io/service/token',
        service: 'harbor-registry',
      }).id,
    ).toBe('quay');
  });
});

describe('who may be sent the credential beside the registry', () => {
  it('is the token host of the provider that owns the name', () => {
    expect(tokenRealmHosts('docker.io')).toEqual(['auth.docker.io']);
    expect(tokenRealmHosts('registry.gitlab.com')).toEqual(['gitlab.com']);
  });

  it('is nobody for a registry under its own name', () => {
    expect(tokenRealmHosts('registry.corp.example')).toEqual([]);
    expect(tokenRealmHosts('auth.docker.io.evil.example')).toEqual([]);
  });
});
