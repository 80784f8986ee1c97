import { describe, expect, it } from 'vitest';
import { changed, filtersOf, instantsText, queryOf, shortInstant, spanOf, viewOf } from './filters.ts';
import { historySearch } from './search.ts';

const now = Date.parse('2026-11-24T14:32:08.000Z');

describe('an address of the history', () => {
  it('that holds nothing is the attempts of the last 24 h, repeats folded, newest first', () => {
    const view = viewOf({});
    expect(view).toMatchObject({
      list: 'attempts',
      range: { preset: '24h' },
      isGrouped: true,
      sort: '-time',
      causes: [],
      q: '',
      attempt: null,
      unknown: [],
    });
    expect(queryOf(view, now)).toEqual({ from: '2026-11-23T14:32:08.000Z' });
  });

  it('is read in all its parts', () => {
    const view = viewOf(
      historySearch({
        from: '2026-11-24T10:00Z',
        to: '2026-11-24T12:00:00+01:00',
        host: 'build-01',
        registry: 'localhost:5000',
        cause: 'credentials-expired,credentials-invalid',
        outcome: 'failed',
        q: 403,
        group: 0,
        sort: '-took',
        attempt: 'at_1',
        user: 'deploy',
      }),
    );
    expect(view.unknown).toEqual([]);
    expect(view).toMatchObject({ isGrouped: false, sort: '-took', attempt: 'at_1', q: '403' });
    expect(queryOf(view, now)).toEqual({
      from: '2026-11-24T10:00:00.000Z',
      to: '2026-11-24T11:00:00.000Z',
      host: 'build-01',
      registry: 'localhost:5000',
      // in the order of the table of causes, so that the same filter is the same request
      cause: 'credentials-expired,credentials-invalid',
      outcome: 'failed',
      q: '403',
    });
  });

  it('with what is not known leaves that out and names it', () => {
    const view = viewOf({
      from: 'yesterday',
      to: '2026-11-24T12:00Z',
      cause: 'dns,rate-limited',
      outcome: 'lost',
      sort: 'size',
      list: 'all',
      group: 'yes',
    });
    expect(view).toMatchObject({
      list: 'attempts',
      range: { preset: '24h' },
      causes: ['rate-limited'],
      outcomes: [],
      sort: '-time',
      isGrouped: true,
    });
    expect(view.unknown.toSorted()).toEqual([
      'cause=dns',
      'from=yesterday',
      'group=yes',
      'list=all',
      'outcome=lost',
      'sort=size',
      'to=2026-11-24T12:00Z',
    ]);
  });

  it('takes no range that ends before it begins, no end of a preset, and no time without a zone', () => {
    expect(viewOf({ from: '2026-11-24T10:00Z', to: '2026-11-24T09:00Z' })).toMatchObject({
      range: { from: '2026-11-24T10:00:00.000Z', to: null },
      unknown: ['to=2026-11-24T09:00Z'],
    });
    expect(viewOf({ from: '7d', to: '2026-11-24T09:00Z' }).unknown).toEqual(['to=2026-11-24T09:00Z']);
    expect(viewOf({ from: '2026-11-24T10:00' }).unknown).toEqual(['from=2026-11-24T10:00']);
    expect(viewOf({ from: '2026-99-24T10:00Z' }).unknown).toEqual(['from=2026-99-24T10:00Z']);
  });

  it('sorts by time alone where repeats are folded', () => {
    expect(viewOf({ sort: '-took' }).sort).toBe('-time');
    expect(viewOf({ sort: 'time' }).sort).toBe('time');
    expect(viewOf({ sort: 'image', group: '0' }).sort).toBe('image');
  });
});

describe('a change of the address', () => {
  it('leaves out defaults and what is empty, and keeps the rest', () => {
    const search = { q: 'web', from: '7d', cause: 'rate-limited', attempt: 'at_1' };
    expect(changed(search, { from: '24h', cause: '' })).toEqual({ q: 'web', attempt: 'at_1' });
    expect(changed(search, { list: 'attempts', sort: '-time', group: '1', chart: 'bars' })).toEqual(search);
    expect(changed({}, { group: '0', sort: 'took' })).toEqual({ group: '0', sort: 'took' });
  });
});

describe('the filters that are set', () => {
  it('are named, each with the key that takes it away; the range is none of them', () => {
    const set = filtersOf(
      viewOf({
        from: '7d',
        registry: 'quay.io',
        cause: 'rate-limited,unknown',
        family: 'network',
        q: ' web ',
      }),
    );
    expect(set).toEqual([
      { keys: ['registry'], says: 'registry quay.io' },
      { keys: ['cause'], says: 'Rate limited or Cause unknown' },
      { keys: ['family'], says: 'Network' },
      { keys: ['q'], says: '“web”' },
    ]);
  });

  it('a state counts among the failures alone', () => {
    expect(filtersOf(viewOf({ state: 'open' }))).toEqual([]);
    expect(filtersOf(viewOf({ state: 'open', list: 'failures' }))).toHaveLength(1);
  });
});

describe('an instant', () => {
  it('is short in an address, and comes back as it was', () => {
    for (const [at, short] of [
      ['2026-11-24T10:00:00.000Z', '2026-11-24T10:00Z'],
      ['2026-11-24T10:00:30.000Z', '2026-11-24T10:00:30Z'],
      ['2026-11-24T10:00:30.250Z', '2026-11-24T10:00:30.250Z'],
    ] as const) {
      expect(shortInstant(Date.parse(at))).toBe(short);
      expect(spanOf(viewOf({ from: short }).range, now)).toEqual({ from: at, to: null });
    }
  });

  it('and another are a range in a few words', () => {
    const text = (from: string, to: string | null) => instantsText({ from, to }).replaceAll('\u00a0', ' ');
    const from = '2026-11-24T10:00:00.000Z';
    expect(text(from, '2026-11-24T12:30:00.000Z')).toBe('24 Nov 10:00 to 12:30');
    expect(text(from, '2026-11-25T10:00:00.000Z')).toBe('24 Nov 10:00 to 25 Nov 10:00');
    expect(text(from, null)).toBe('24 Nov 10:00 to now');
  });
});
