import { causeFacts, causes, families } from '@pull-doctor/contract/causes';
import { describe, expect, it } from 'vitest';
import { besideCause, causesByFamily } from './families.ts';

describe('the list of causes', () => {
  it('has every cause once, in its family', () => {
    const listed = causesByFamily.flatMap((group) => group.causes.map((cause) => [cause, group.family]));
    const known = causes.map((cause) => [cause, causeFacts[cause].family]);
    expect(listed.sort()).toEqual(known.sort());
  });

  it('has the families in the order of the charts', () => {
    expect(causesByFamily.map(({ family }) => family)).toEqual(families);
  });

  it('leads from each cause to the next, and back', () => {
    expect(besideCause('credentials-expired')).toEqual({ previous: undefined, next: 'credentials-invalid' });
    expect(besideCause('credentials-missing')).toEqual({
      previous: 'credentials-invalid',
      next: 'access-denied',
    });
    expect(besideCause('unknown')).toEqual({ previous: 'clock-skew', next: undefined });
  });
});
