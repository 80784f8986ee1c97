import { describe, expect, it } from 'vitest';
import { acr } from './provider.ts';

describe('acr', () => {
  it.each(['acme.azurecr.io', 'acme-b1c2d3.azurecr.io', 'acme.westeurope.geo.azurecr.io'])(
    'owns %s',
    (host) => {
      expect(acr.owns(host)).toBe(true);
    },
  );

  it.each(['azurecr.io', 'a.b.azurecr.io'])('does not own %s', (host) => {
    expect(acr.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = acr.signIn({ host: 'acme.azurecr.io', repository: null, user: null });
    expect(first?.command).toBe('az acr login --name acme');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });

  it('has no name to give to az where the registry goes by another host', () => {
    expect(
      acr.signIn({ host: 'images.corp.example', repository: null, user: null }).map(({ command }) => command),
    ).toEqual(['docker login images.corp.example']);
  });
});
