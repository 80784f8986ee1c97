import type { PullFailure } from '@pull-doctor/contract/failures';
import { describe, expect, it } from 'vitest';
import { failedPullsOfDay } from './failed-pulls.ts';

/** A kind of failure with how often it failed in the last hours, the present one last. */
const kind = (cause: PullFailure['cause'], registry: string | null, ...last: number[]) => ({
  cause,
  registry,
  hourly: [...new Array<number>(24 - last.length).fill(0), ...last],
});
const total = {
  attempts: 12,
  pulled: 7,
  failed: 4,
  stopped: 1,
  causes: [
    { cause: 'credentials-invalid' as const, count: 3 },
    { cause: 'rate-limited' as const, count: 1 },
  ],
  registries: [],
  hosts: [],
};

describe('the failed pulls of a day', () => {
  it('are counted by cause, with the hours and the registries of all kinds of that cause', () => {
    const day = failedPullsOfDay(total, [
      kind('credentials-invalid', 'ghcr.io', 0, 1),
      kind('credentials-invalid', 'quay.io', 2, 0),
      kind('rate-limited', 'docker.io', 1, 0),
    ]);
    expect({ failed: day.failed, seen: day.seen }).toEqual({ failed: 4, seen: 11 });
    expect(day.causes.map(({ cause, count, registries }) => [cause, count, registries])).toEqual([
      ['credentials-invalid', 3, ['quay.io', 'ghcr.io']],
      ['rate-limited', 1, ['docker.io']],
    ]);
    expect(day.causes[0]?.hours).toHaveLength(24);
    expect(day.causes[0]?.hours.slice(-3)).toEqual([0, 2, 1]);
  });

  it('are counted, too, where no kind of failure is known yet', () => {
    const [first] = failedPullsOfDay(total, []).causes;
    expect(first).toMatchObject({ count: 3, registries: [] });
    expect(first?.hours).toEqual(new Array(24).fill(0));
  });

  it('of a registry that nobody named are in the hours, and no registry stands under them', () => {
    const [first] = failedPullsOfDay(total, [kind('credentials-invalid', null, 3)]).causes;
    expect(first?.registries).toEqual([]);
    expect(first?.hours.at(-1)).toBe(3);
  });
});
