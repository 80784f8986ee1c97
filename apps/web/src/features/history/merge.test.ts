import { describe, expect, it } from 'vitest';
import { newsOf, type Pages, withChanges, withNews } from './merge.ts';
import { attemptAt } from './test-attempts.ts';

const page = (ids: readonly [string, number][], nextCursor: string | null = null) => ({
  items: ids.map(([id, ago]) => attemptAt(id, ago)),
  nextCursor,
});
const list: Pages = {
  pages: [
    page(
      [
        ['c', 3000],
        ['d', 4000],
      ],
      'next',
    ),
    page([
      ['e', 5000],
      ['f', 6000],
    ]),
  ],
  pageParams: ['', 'next'],
};
const items = list.pages.flatMap((each) => each.items);
const ids = (data: Pages) => data.pages.map((each) => each.items.map(({ id }) => id).join(''));

describe('what is new', () => {
  it('is counted, and comes in at its place when it is shown', () => {
    const newest = page([
      ['a', 1000],
      ['b', 2000],
      ['c', 3000],
    ]);
    expect(newsOf(items, newest, true)).toEqual({ count: 2, isMore: false });
    expect(ids(withNews(list, newest, true))).toEqual(['abcd', 'ef']);
  });

  it('that was told of late comes in between, by its time', () => {
    const newest = page([
      ['c', 3000],
      ['x', 3500],
      ['d', 4000],
    ]);
    expect(newsOf(items, newest, true).count).toBe(1);
    expect(ids(withNews(list, newest, true))).toEqual(['cxd', 'ef']);
  });

  it('is not what is older than all that the list has, where older pages are still to come', () => {
    const newest = page([
      ['c', 3000],
      ['z', 9000],
    ]);
    expect(newsOf(items, newest, true).count).toBe(0);
    expect(newsOf(items, newest, false).count).toBe(1);
  });

  it('may be more than the newest page holds', () => {
    const newest = page(
      [
        ['a', 1000],
        ['b', 2000],
      ],
      'next',
    );
    expect(newsOf(items, newest, true)).toEqual({ count: 2, isMore: true });
  });

  it('in an empty list is everything', () => {
    expect(newsOf([], page([['a', 1000]]), false)).toEqual({ count: 1, isMore: false });
  });
});

describe('what became of an attempt since', () => {
  it('is shown at its place', () => {
    const newest = { items: [attemptAt('d', 4000, { outcome: 'pulled', cause: null })], nextCursor: null };
    const changed = withChanges(list, newest);
    expect(ids(changed)).toEqual(['cd', 'ef']);
    expect(changed.pages[0]?.items[1]?.outcome).toBe('pulled');
  });

  it('where nothing did, the list is the same object, so that nothing is drawn anew', () => {
    expect(withChanges(list, page([['c', 3000]]))).toBe(list);
    expect(withNews(list, page([['c', 3000]]), true)).toBe(list);
  });
});
