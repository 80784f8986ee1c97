import { describe, expect, it } from 'vitest';
import { checkThat, credentialThat, loginAnswered, nobody } from '../../test/board/checks.ts';
import { countedAs } from './counted-as.ts';

const limit = (source: string | null) => ({
  limit: 100,
  remaining: 76,
  windowSeconds: 21_600,
  source,
  retryAfterSeconds: null,
});
const account = '0ea0c1f7-3b1c-4b5e-9a44-0c6f0c4b8f10';
const { used } = credentialThat({});

describe('as whom a registry counts', () => {
  it.each(['203.0.113.7', '2001:db8:1:2::', '2001:db8::/64'])('an address is nobody: %s', (source) => {
    const check = checkThat({ rateLimit: limit(source) });
    expect(countedAs(check, used)).toMatchObject({ as: 'anonymous', who: source });
  });

  it('an account is the user whose login was accepted', () => {
    expect(countedAs(checkThat({ rateLimit: limit(account) }), used)).toMatchObject({
      as: 'user',
      who: 'deploy',
    });
  });

  it('an account without an accepted login is somebody unknown', () => {
    const check = checkThat({ rateLimit: limit(account), login: loginAnswered(401) });
    expect(countedAs(check, used)).toMatchObject({ as: 'unknown', who: account });
  });

  it('without headers it is who was accepted, or nobody where nothing was sent', () => {
    expect(countedAs(checkThat(), used)).toMatchObject({ as: 'user', who: 'deploy' });
    expect(countedAs(checkThat({ credentials: nobody(), login: null }), null)).toMatchObject({
      as: 'anonymous',
      who: null,
    });
  });

  it.each(['robot$acme+ci', 'acme+ci', 'gitlab+deploy-token-7', '_json_key', 'AWS'])(
    '%s is a robot',
    (user) => {
      expect(countedAs(checkThat(), credentialThat({ user }).used)).toMatchObject({ as: 'robot', who: user });
    },
  );

  it('is not told where the login was refused, and before any check', () => {
    expect(countedAs(checkThat({ login: loginAnswered(401) }), used)).toBeNull();
    expect(countedAs(null, used)).toBeNull();
  });
});
