import { describe, expect, it } from 'vitest';
import { faults } from '../src/faults/table.ts';

const causes = new Set(faults.map(({ expect: { cause } }) => cause));

describe('the table of faults', () => {
  it('has at least 100 rows that fail, and names each once', () => {
    expect(faults.filter(({ expect: { cause } }) => cause !== null).length).toBeGreaterThanOrEqual(100);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  it('stages every cause at least once, and pulls that work', () => {
    expect(causes.size).toBe(25);
  });

  it('counts the true cause among the honest answers', () => {
    const wrong = faults.filter(
      ({ expect: { cause, oneOf } }) => oneOf && (cause === null || !oneOf.includes(cause)),
    );
    expect(wrong).toEqual([]);
  });

  it('never expects a pull that works to show a cause', () => {
    const wrong = faults.filter(
      ({ expect: { cause }, daemonPull }) => cause === null && daemonPull !== 'works',
    );
    expect(wrong).toEqual([]);
  });
});
