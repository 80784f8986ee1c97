import { describe, expect, it } from 'vitest';
import { artifactRegistry } from './provider.ts';

describe('artifact-registry', () => {
  it.each(['europe-west3-docker.pkg.dev', 'us-docker.pkg.dev', 'docker.europe-west3.rep.pkg.dev'])(
    'owns %s',
    (host) => {
      expect(artifactRegistry.owns(host)).toBe(true);
    },
  );

  it.each(['docker.pkg.dev', 'europe-west3-npm.pkg.dev'])('does not own %s', (host) => {
    expect(artifactRegistry.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = artifactRegistry.signIn({
      host: 'us-docker.pkg.dev',
      repository: null,
      user: null,
    });
    expect(first?.command).toBe('gcloud auth configure-docker us-docker.pkg.dev');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
