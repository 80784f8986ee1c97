import type { RegistryRow } from '@pull-doctor/contract/registries';
import { describe, expect, it } from 'vitest';
import { at, rowThat } from '../../test/board/checks.ts';
import { boardOf, groupOf } from './board.ts';

const day = 86_400;
const row = (host: string, parts: Partial<RegistryRow> = {}): RegistryRow => {
  const whole = rowThat({ host, ...parts });
  return { ...whole, group: groupOf(whole) };
};
const ending = (seconds: number | null, state: RegistryRow['end']['state'] = 'ends') => ({
  ...rowThat().end,
  state,
  endsAt: seconds === null ? null : at(seconds),
});
const sentence = (...rows: RegistryRow[]) => {
  const { title, under } = boardOf(rows);
  return [title, under];
};

describe('the group of a registry', () => {
  it.each([
    ['unreachable', 'attention'],
    ['expired', 'attention'],
    ['invalid', 'attention'],
    ['missing', 'fine'],
    ['expiring', 'expiring'],
    ['ok', 'fine'],
    ['unknown', 'not-checked'],
    ['running', 'not-checked'],
  ] as const)('of %s is %s', (status, group) => {
    expect(groupOf({ status, cause: null, failedPulls24h: 0 })).toBe(group);
  });

  it('of one without a credential is attention once pulls failed', () => {
    expect(groupOf({ status: 'missing', cause: null, failedPulls24h: 1 })).toBe('attention');
  });

  it.each(['config-malformed', 'helper-missing', 'helper-failed'] as const)(
    'is attention where %s keeps Docker from its credential',
    (cause) => {
      expect(groupOf({ status: 'unknown', cause, failedPulls24h: 0 })).toBe('attention');
    },
  );
});

describe('the order of the rows', () => {
  it('is group, failed pulls, end, name', () => {
    const { items } = boardOf([
      row('b-fine.example'),
      row('later.example', { status: 'expiring', end: ending(2 * day) }),
      row('a-fine.example'),
      row('unknown.example', { status: 'unknown' }),
      row('sooner.example', { status: 'expiring', end: ending(day) }),
      row('few.example', { status: 'invalid', failedPulls24h: 2 }),
      row('many.example', { status: 'unreachable', failedPulls24h: 14 }),
      row('ends.example', { end: ending(3 * day) }),
    ]);
    expect(items.map(({ host }) => host.split('.')[0])).toEqual([
      'many',
      'few',
      'sooner',
      'later',
      'unknown',
      'ends',
      'a-fine',
      'b-fine',
    ]);
  });
});

describe('the sentence on top', () => {
  const bad = (host: string, parts: Partial<RegistryRow> = {}) =>
    row(host, { status: 'invalid', why: 'It refuses the login.', ...parts });
  const soon = row('acr.example', { status: 'expiring', end: ending(day), why: 'The token ends soon.' });
  const unchecked = row('new.example', { status: 'unknown', why: 'It was not checked yet.' });
  const running = row('new.example', { status: 'running', why: 'The first check is running.' });

  it('is about what needs attention, and where to start', () => {
    expect(
      sentence(bad('a.example'), bad('b.example', { failedPulls24h: 3 }), row('c.example'), soon),
    ).toEqual(['2 of 4 registries need attention', 'Start with b.example. It refuses the login.']);
    expect(sentence(bad('a.example'), row('c.example'))[0]).toBe('1 of 2 registries needs attention');
    expect(sentence(bad('a.example'))[0]).toBe('The registry needs attention');
  });

  it('tells two of one name apart by their hosts', () => {
    const name = 'Harbor';
    const rows = [bad('one.example', { name, failedPulls24h: 1 }), row('two.example', { name })];
    expect(sentence(...rows)[1]).toBe('Start with one.example. It refuses the login.');
  });

  it('is about what expires', () => {
    expect(sentence(row('a.example'), soon)).toEqual([
      'All 2 registries work. 1 expires soon',
      'acr.example: the token ends soon.',
    ]);
    expect(sentence(soon)[0]).toBe('The registry works, and its credential expires soon');
  });

  it('is about what was not checked', () => {
    expect(sentence(row('a.example'), row('b.example'), unchecked)).toEqual([
      '2 of 3 registries are fine, 1 was not checked',
      'new.example. It was not checked yet.',
    ]);
    expect(sentence(row('a.example'), soon, unchecked)).toEqual([
      '2 of 3 registries work, 1 was not checked. 1 expires soon',
      'acr.example. The token ends soon.',
    ]);
    expect(sentence(unchecked)[0]).toBe('The registry was not checked');
    expect(sentence(unchecked, { ...unchecked, host: 'x' })[0]).toBe('None of 2 registries was checked');
  });

  it('does not call the first check a failure', () => {
    expect(sentence(running)[0]).toBe('Checking 1 registry');
    expect(sentence(running, row('a.example'))[0]).toBe('1 of 2 registries is fine, 1 is being checked');
  });

  it('says, where all is fine, what ends next of what nobody renews', () => {
    const token = { looksLike: 'GitLab access token' } as RegistryRow['credential'];
    expect(
      sentence(
        row('gitlab.example', { end: ending(49 * day), credential: token }),
        row('ecr.example', { end: ending(600, 'renews-itself') }),
      ),
    ).toEqual([
      'All 2 registries are fine',
      'The next to end is the GitLab access token for gitlab.example, on 12 Jan 2027. Everything sooner renews itself.',
    ]);
  });

  it.each([
    [[row('a.example', { end: ending(null, 'nothing') })], 'No credential is stored that could end.'],
    [[row('a.example', { end: ending(null, 'no-expiry') })], 'No credential ends on its own.'],
    [
      [row('a.example', { end: ending(null, 'unknown') })],
      'When the credential for a.example ends, is not known. A password does not say when it ends.',
    ],
    [
      [
        row('a.example', { end: ending(null, 'unknown') }),
        row('b.example', { end: ending(null, 'unknown') }),
      ],
      '2 credentials do not tell when they end.',
    ],
  ])('and where no end is known, that', (rows, under) => {
    expect(sentence(...rows)[1]).toBe(under);
  });

  it('says what was looked at where there is nothing', () => {
    expect(sentence()).toEqual([
      'Nothing to watch yet',
      'No configuration, no image and no pull names a registry.',
    ]);
  });
});
