import { describe, expect, it } from 'vitest';
import { actionOf, type Press } from './keyboard.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isInField: false,
  ...held,
});

describe('single keys', () => {
  it.each([
    ['d', 'diagnose'],
    ['/', 'field'],
    ['j', 'next'],
    ['k', 'previous'],
    ['e', 'evidence'],
    ['c', 'copy-report'],
    ['r', 'again'],
  ] as const)('%s means %s', (key, action) => {
    expect(actionOf(press(key), false)).toBe(action);
  });

  it('? needs Shift on most keyboards, and means the list on all', () => {
    expect(actionOf(press('?', { shiftKey: true }), false)).toBe('shortcuts');
    expect(actionOf(press('?'), false)).toBe('shortcuts');
  });

  it('/ works where it is typed with Shift', () => {
    expect(actionOf(press('/', { shiftKey: true }), false)).toBe('field');
  });

  it('the theme takes Shift, and T alone means nothing', () => {
    expect(actionOf(press('T', { shiftKey: true }), false)).toBe('theme');
    expect(actionOf(press('t'), false)).toBeNull();
  });

  it.each([
    ['in a field', { isInField: true }],
    ['with Ctrl, so that Ctrl C copies', { ctrlKey: true }],
    ['with Cmd', { metaKey: true }],
    ['with Alt', { altKey: true }],
    ['as a capital', { shiftKey: true }],
  ])('mean nothing %s', (_, held) => {
    expect(actionOf(press('c', held), false)).toBeNull();
  });
});

describe('G and a letter', () => {
  it('goes to a place', () => {
    expect(actionOf(press('g'), false)).toBe('g');
    expect(actionOf(press('o'), true)).toBe('go-overview');
    expect(actionOf(press('h'), true)).toBe('go-history');
    expect(actionOf(press('d'), true)).toBe('diagnose');
  });

  it('means nothing with a letter that leads nowhere, even one that means something alone', () => {
    expect(actionOf(press('e'), true)).toBeNull();
  });
});
