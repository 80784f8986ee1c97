import { describe, expect, it } from 'vitest';
import {
  actionOf,
  endLines,
  endVerdict,
  groupsOf,
  intervalText,
  keptIn,
  nextToEnd,
  underEnd,
  vitalsOf,
} from './row-words.ts';
import { endWith, rowWith } from './test-rows.ts';

const now = Date.parse('2026-11-24T14:32:08.000Z');
const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ');

describe('the first action of a row', () => {
  it('is none where it is fine, or where the first check runs', () => {
    expect(actionOf(rowWith())).toBeNull();
    expect(actionOf(rowWith({ status: 'missing' }))).toBeNull();
    expect(actionOf(rowWith({ status: 'running', group: 'not-checked' }))).toBeNull();
  });

  it('is a check where nothing is known', () => {
    expect(actionOf(rowWith({ status: 'unknown', group: 'not-checked' }))).toEqual({
      kind: 'check',
      word: 'Check now',
    });
  });

  it('leads to the page of the cause that the server named, else of the status', () => {
    expect(actionOf(rowWith({ status: 'invalid', group: 'attention', cause: 'access-denied' }))).toEqual({
      kind: 'cause',
      word: 'See the fix',
      cause: 'access-denied',
    });
    expect(actionOf(rowWith({ status: 'expired', group: 'attention' }))).toMatchObject({
      cause: 'credentials-expired',
    });
    expect(actionOf(rowWith({ status: 'expiring', group: 'expiring' }))).toEqual({
      kind: 'cause',
      word: 'How to renew',
      cause: 'credentials-expired',
    });
  });

  it('is to see why where there was no usable answer', () => {
    const row = rowWith({ status: 'unreachable', group: 'attention', cause: 'dns-failure' });
    expect(actionOf(row)).toEqual({ kind: 'detail', word: 'See why' });
  });
});

describe('the end of a credential', () => {
  const ends = (endsAt: string) => rowWith({ end: endWith({ state: 'ends', endsAt }) });
  it.each([
    ['2026-11-24T14:41:20.000Z', 'at 14:41 UTC'],
    ['2026-11-24T14:29:04.000Z', '14:29 UTC'],
    ['2027-01-12T00:00:00.000Z', '12 Jan 2027'],
    ['2026-11-01T00:00:00.000Z', '1 Nov 2026'],
  ])('%s has "%s" under it', (endsAt, under) => {
    expect(plain(underEnd(ends(endsAt), now))).toBe(under);
  });

  it('says what renews it, what does not tell, and what needs no credential', () => {
    const renewed = endWith({
      state: 'renews-itself',
      renewedBy: 'ecr-login',
      endsAt: '2026-11-25T00:00:00.000Z',
    });
    expect(underEnd(rowWith({ end: renewed }), now)).toBe('renews itself');
    expect(underEnd(rowWith({ end: { ...renewed, endsAt: null } }), now)).toBe('ecr-login');
    expect(underEnd(rowWith(), now)).toBe('classic token');
    const nothing = { credential: null, status: 'missing', end: endWith({ state: 'nothing' }) } as const;
    expect(underEnd(rowWith(nothing), now)).toBe('public images only');
    expect(underEnd(rowWith({ ...nothing, group: 'attention' }), now)).toBeNull();
  });

  it('has three lines: the moment, where the reader is, and the source', () => {
    const end = endWith({
      state: 'ends',
      endsAt: '2026-11-24T14:41:20.000Z',
      lifetimeSeconds: 3600,
      says: 'Read from the token.',
      from: 'token',
      readAt: '2026-11-24T14:31:48.000Z',
    });
    expect(endLines(end, now, 'Europe/Berlin').map(plain)).toEqual([
      'Ends 24 Nov 2026, 14:41:20 UTC',
      '15:41:20 in Europe/Berlin, your time zone',
      'Read from the token, 20 s ago. Lived 50 m 48 s of 1 h.',
    ]);
  });

  it('names the day where it is another one in the reader’s zone', () => {
    const end = endWith({ state: 'ends', endsAt: '2026-11-24T23:59:59.000Z', from: 'entered' });
    expect(endLines(end, now, 'Asia/Tokyo').map(plain)).toEqual([
      'Ends 24 Nov 2026, 23:59:59 UTC',
      '25 Nov, 08:59:59 in Asia/Tokyo, your time zone',
      'You entered this date.',
    ]);
  });

  it('without a time has only its reason', () => {
    expect(endLines(endWith(), now, 'UTC')).toEqual(['A classic token does not tell its end.']);
  });

  it('is over where a check says so, and never for what does not end', () => {
    const end = endWith({ state: 'ends', endsAt: '2026-11-24T18:00:00.000Z' });
    expect(endVerdict({ status: 'expired', end })).toBe('over');
    expect(endVerdict({ status: 'expiring', end })).toBe('soon');
    expect(endVerdict({ status: 'unreachable', end })).toBe('calm');
    expect(endVerdict({ status: 'expired', end: endWith({ state: 'no-expiry' }) })).toBe('calm');
  });
});

describe('the board', () => {
  const rows = [
    rowWith({ host: 'a', group: 'fine' }),
    rowWith({ host: 'b', group: 'attention', status: 'expired' }),
    rowWith({ host: 'c', group: 'attention', status: 'invalid' }),
  ];

  it('has its groups in the order of need, and no empty one', () => {
    expect(
      groupsOf(rows).map(({ group, rows: inGroup }) => [group, inGroup.map(({ host }) => host)]),
    ).toEqual([
      ['attention', ['b', 'c']],
      ['fine', ['a']],
    ]);
  });

  it('says in a sentence what its bar draws', () => {
    expect(vitalsOf(rows).sentence).toBe('2 need attention, 1 fine');
    expect(vitalsOf(rows).each).toEqual(['expired', 'invalid', 'ok']);
    expect(vitalsOf(rows.slice(1, 2)).sentence).toBe('1 needs attention');
  });

  it('lists the ends that are still to come, the next one first', () => {
    const ending = (host: string, endsAt: string) =>
      rowWith({ host, end: endWith({ state: 'ends', endsAt }) });
    const found = nextToEnd(
      [
        ending('late', '2027-01-12T00:00:00.000Z'),
        ending('over', '2026-11-24T14:00:00.000Z'),
        rowWith({ host: 'unknown' }),
        ending('soon', '2026-11-24T15:00:00.000Z'),
      ],
      now,
    );
    expect(found.map(({ host }) => host)).toEqual(['soon', 'late']);
  });

  it('says where a credential is kept, and how often it is checked', () => {
    expect(keptIn(rowWith())).toEqual({ icon: 'file', word: 'config.json' });
    expect(keptIn(rowWith({ credential: null }))).toEqual({ icon: 'missing', word: 'none' });
    expect(plain(intervalText(300))).toBe('Checked every 5 m');
    expect(intervalText(null)).toBe('Checks are off');
  });
});
