import { describe, expect, it } from 'vitest';
import { at, checkThat, credentialThat, endingIn } from '../../test/board/checks.ts';
import { now } from '../../test/evidence/exchange.ts';
import { credentialEnd } from './credential-end.ts';
import { expiredStatus, expiringStatus } from './status-of-end.ts';

const hour = 3_600;
const day = 24 * hour;
const used = (parts = {}) => {
  const { used: credential } = credentialThat(parts);
  if (!credential) throw new Error('there is one');
  return credential;
};
const endOf = (parts = {}, question: Partial<Parameters<typeof credentialEnd>[0]> = {}) =>
  credentialEnd({
    used: used(parts),
    unseen: null,
    check: null,
    enteredEnd: null,
    now: new Date(now),
    ...question,
  });

describe('from when on a credential ends soon', () => {
  it.each([
    [hour, 15 * 60],
    [20 * 60, 5 * 60],
    [2 * hour, 30 * 60],
    [12 * hour, 30 * 60],
    [day, 30 * 60],
    [day + 1, Math.round((day + 1) * 0.15)],
    [30 * day, Math.round(4.5 * day)],
    [90 * day, Math.round(13.5 * day)],
    [365 * day, 14 * day],
  ])('with a lifetime of %i s it is %i s', (lifetime, threshold) => {
    expect(endOf(endingIn(60, lifetime)).thresholdSeconds).toBe(threshold);
  });

  it.each([
    [hour, 30 * 60],
    [day, 30 * 60],
    [day + 1, 14 * day],
    [100 * day, 14 * day],
  ])('without a lifetime, and an end in %i s, it is %i s', (left, threshold) => {
    expect(endOf(endingIn(left)).thresholdSeconds).toBe(threshold);
  });

  it('is 14 days for a date that people chose, on its last day too', () => {
    expect(endOf({}, { enteredEnd: at(hour) }).thresholdSeconds).toBe(14 * day);
  });
});

describe('where the end comes from', () => {
  const never = { endsAt: null, never: true, says: 'GitHub names no end for it.' };
  const dated = { endsAt: at(9 * day), never: false, says: 'GitHub says so.' };
  const silent = { endsAt: null, never: false, says: 'GitHub did not answer.' };

  it('is the issuer first, then the credential, then a person', () => {
    const check = checkThat({ issuerEnd: dated });
    const enteredEnd = at(5 * day);
    expect(endOf(endingIn(day), { check, enteredEnd })).toMatchObject({
      endsAt: dated.endsAt,
      from: 'registry',
    });
    expect(endOf(endingIn(day), { enteredEnd })).toMatchObject({ endsAt: at(day), from: 'token' });
    expect(endOf({}, { enteredEnd })).toMatchObject({
      endsAt: enteredEnd,
      from: 'entered',
      says: 'Entered by hand.',
    });
  });

  it('an issuer that says that there is none is believed', () => {
    expect(endOf({}, { check: checkThat({ issuerEnd: never }) })).toMatchObject({
      state: 'no-expiry',
      endsAt: null,
      says: 'GitHub names no end for it.',
    });
  });

  it('an issuer that did not tell leaves it unknown, and says why', () => {
    expect(endOf({}, { check: checkThat({ issuerEnd: silent }) })).toMatchObject({
      state: 'unknown',
      says: 'GitHub did not answer.',
    });
  });

  it('tells when it was read, and the lifetime where both ends of it are known', () => {
    expect(endOf(endingIn(hour, 12 * hour), { check: checkThat() })).toMatchObject({
      lifetimeSeconds: 12 * hour,
      readAt: at(-10),
      says: 'Read from exp of the token.',
    });
    expect(endOf(endingIn(hour, -5)).lifetimeSeconds).toBeNull();
  });

  it('is nothing without a credential', () => {
    const end = credentialEnd({
      used: null,
      unseen: null,
      check: null,
      enteredEnd: at(day),
      now: new Date(now),
    });
    expect(end).toMatchObject({ state: 'nothing', endsAt: null });
  });

  it('is none where the registry took the credential after it', () => {
    const late = checkThat();
    expect(endOf(endingIn(-180), { check: late })).toMatchObject({ state: 'unknown', endsAt: null });
    expect(endOf(endingIn(-180), { check: late }).says).toMatch(
      /24 Nov 2026, 14:29 UTC, has passed, and the registry still accepts/,
    );
    expect(endOf({}, { check: late, enteredEnd: at(-2 * day) }).says).toMatch(
      /date that was entered, 22 Nov 2026, has passed/,
    );
  });

  it('stays where the registry took it within the minute that clocks may differ', () => {
    expect(endOf(endingIn(-30), { check: checkThat() }).endsAt).toBe(at(-30));
  });
});

describe('what renews itself', () => {
  const minted = (left: number | null) => ({
    helper: 'ecr-login',
    place: 'credHelpers' as const,
    looksLike: 'ECR password',
    expiry: {
      state: 'renews-itself' as const,
      endsAt: left === null ? null : at(left),
      issuedAt: null,
      source: 'docker-credential-ecr-login gets a new one when it is asked.',
    },
  });
  const soon = (left: number | null) =>
    expiringStatus(used(minted(left)), endOf(minted(left)), new Date(now));

  it('names its helper, with and without a time', () => {
    expect(endOf(minted(null))).toMatchObject({
      state: 'renews-itself',
      endsAt: null,
      renewedBy: 'ecr-login',
      from: 'helper',
    });
    expect(endOf(minted(hour))).toMatchObject({
      state: 'renews-itself',
      endsAt: at(hour),
      renewedBy: 'ecr-login',
    });
  });

  it('ends soon only where renewal is late', () => {
    expect(soon(null)).toBeNull();
    expect(soon(300)).toBeNull();
    expect(soon(299)?.why).toMatch(/^Renewal is late: docker-credential-ecr-login/);
  });
});

describe('at its end', () => {
  const status = (left: number, enteredEnd: string | null = null) => {
    const credential = used(enteredEnd ? {} : endingIn(left));
    const end = endOf(enteredEnd ? {} : endingIn(left), { enteredEnd });
    return (
      (expiredStatus(credential, end, new Date(now)) ?? expiringStatus(credential, end, new Date(now)))
        ?.status ?? 'ok'
    );
  };

  it.each([
    [601, 'expiring'],
    [1_800, 'expiring'],
    [1_801, 'ok'],
    [1, 'expiring'],
    [0, 'expired'],
    [-1, 'expired'],
  ])('with %i s left it is %s', (left, expected) => {
    expect(status(left)).toBe(expected);
  });

  it('a date that a person entered only reminds', () => {
    expect(status(0, at(-hour))).toBe('expiring');
  });

  it('under ten minutes it ends soon, whatever its threshold', () => {
    const short = endingIn(599, 1_200);
    expect(endOf(short).thresholdSeconds).toBe(300);
    expect(expiringStatus(used(short), endOf(short), new Date(now))?.status).toBe('expiring');
  });
});
