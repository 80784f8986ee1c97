import { describe, expect, it } from 'vitest';
import { ecrPublic } from './provider.ts';

describe('ecr-public', () => {
  it.each(['public.ecr.aws', 'ecr-public.aws.com'])('owns %s', (host) => {
    expect(ecrPublic.owns(host)).toBe(true);
  });

  it.each(['public.ecr.aws.evil.example'])('does not own %s', (host) => {
    expect(ecrPublic.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = ecrPublic.signIn({ host: 'public.ecr.aws', repository: null, user: null });
    expect(first?.command).toBe(
      'aws ecr-public get-login-password --region us-east-1 | docker login --username AWS --password-stdin public.ecr.aws',
    );
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });
});
