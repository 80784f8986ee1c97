import type { PullAttempt } from '@pull-doctor/contract/attempts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRepeats, repeatMs, unfolded } from './fold.ts';
import { attemptAt } from './test-attempts.ts';

const folded = (attempts: readonly PullAttempt[]) =>
  foldRepeats(attempts).map(({ id, attempts: all }) => [id, all.length]);

describe('repeats', () => {
  it('of the same image, cause and user within 10 minutes of each other are one row', () => {
    expect(
      folded([
        attemptAt('a', 0),
        attemptAt('b', 60_000),
        attemptAt('c', 60_000 + repeatMs),
        attemptAt('d', 61_000 + 2 * repeatMs),
      ]),
    ).toEqual([
      ['a', 3],
      ['d', 1],
    ]);
  });

  it('fold over what happened in between, which stays a row of its own', () => {
    expect(
      folded([
        attemptAt('a', 0),
        attemptAt('p', 1000, { outcome: 'pulled', cause: null }),
        attemptAt('b', 2000),
      ]),
    ).toEqual([
      ['a', 2],
      ['p', 1],
    ]);
  });

  it.each([
    ['another image', { reference: 'ghcr.io/acme/web:2' }],
    ['another cause', { cause: 'rate-limited' }],
    ['another user', { user: 'ci' }],
    ['another host', { host: 'build-02' }],
    ['another outcome', { outcome: 'stopped', cause: null }],
  ] as const)('%s is another row', (_, parts) => {
    expect(folded([attemptAt('a', 0), attemptAt('b', 1000, parts)])).toHaveLength(2);
  });

  it('do not hold pulls that run, nor those of which no name is known', () => {
    const running = { outcome: 'running', cause: null } as const;
    expect(folded([attemptAt('a', 0, running), attemptAt('b', 1000, running)])).toHaveLength(2);
    const unnamed = { reference: null, registry: null };
    expect(folded([attemptAt('a', 0, unnamed), attemptAt('b', 1000, unnamed)])).toHaveLength(2);
  });

  it('lose nothing and keep the order, whatever comes; older pages move no row', () => {
    const attempts = fc
      .array(
        fc.record({ gap: fc.integer({ min: 0, max: 2 * repeatMs }), image: fc.integer({ min: 0, max: 3 }) }),
        { maxLength: 60 },
      )
      .map((parts) => {
        let ago = 0;
        return parts.map(({ gap, image }, index) => {
          ago += gap;
          return attemptAt(`at_${index}`, ago, { reference: `ghcr.io/acme/web:${image}` });
        });
      });
    fc.assert(
      fc.property(attempts, fc.nat(60), (all, cut) => {
        const rows = foldRepeats(all);
        expect(rows.flatMap((row) => row.attempts.map(({ id }) => id)).toSorted()).toEqual(
          all.map(({ id }) => id).toSorted(),
        );
        const first = foldRepeats(all.slice(0, cut)).map(({ id }) => id);
        expect(rows.slice(0, first.length).map(({ id }) => id)).toEqual(first);
      }),
    );
  });

  it('are rows each where they are not folded', () => {
    expect(unfolded([attemptAt('a', 0), attemptAt('b', 0)]).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
