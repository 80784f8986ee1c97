import { describe, expect, it } from 'vitest';
import { gcr } from './provider.ts';

describe('gcr', () => {
  it.each(['gcr.io', 'eu.gcr.io'])('owns %s', (host) => {
    expect(gcr.owns(host)).toBe(true);
  });

  it.each(['evilgcr.io', 'x.gcr.io'])('does not own %s', (host) => {
    expect(gcr.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = gcr.signIn({ host: 'eu.gcr.io', repository: null, user: null });
    expect(first?.command).toBe('gcloud auth configure-docker eu.gcr.io');
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
