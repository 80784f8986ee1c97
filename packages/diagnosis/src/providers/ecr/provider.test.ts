import { describe, expect, it } from 'vitest';
import { ecr, readEcrHost } from './provider.ts';

describe('ecr', () => {
  it.each([
    '111122223333.dkr.ecr.eu-west-1.amazonaws.com',
    '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn',
    '111122223333.dkr-ecr.eu-west-1.on.aws',
  ])('owns %s', (host) => {
    expect(ecr.owns(host)).toBe(true);
  });

  it.each([
    '1111.dkr.ecr.eu-west-1.amazonaws.com',
    '111122223333.dkr.ecr.eu-west-1.amazonaws.com.evil.example',
  ])('does not own %s', (host) => {
    expect(ecr.owns(host)).toBe(false);
  });

  it('tells how to sign in, with the secret from a pipe or asked for', () => {
    const [first, ...others] = ecr.signIn({
      host: '111122223333.dkr.ecr.eu-west-1.amazonaws.com',
      repository: null,
      user: null,
    });
    expect(first?.command).toBe(
      'aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com',
    );
    for (const one of [first, ...others]) expect(one?.command).not.toMatch(/ -p |--password[ =]/);
  });

  it('reads account and region from the host', () => {
    expect(readEcrHost('111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com')).toEqual({
      account: '111122223333',
      region: 'us-gov-west-1',
    });
    expect(readEcrHost('ghcr.io')).toBeNull();
  });

  it('leaves the region out where a proxy hides the host', () => {
    expect(ecr.signIn({ host: 'ecr.corp.example', repository: null, user: null })[0]?.command).toBe(
      'aws ecr get-login-password | docker login --username AWS --password-stdin ecr.corp.example',
    );
  });
});
