import { describe, expect, it } from 'vitest';
import { readCorpus, score } from '../../test/message/score.ts';

// What was reached, so that it is not lost again: shares of the corpus in test/message/corpus/, by its README's rules.
describe('texts as people posted them', () => {
  const reached = score(readCorpus('public-threads'));

  it.each([
    ['the first cause is right', 'top1', 0.97],
    ['the first cause is right, as a mean over the causes', 'meanOverCauses', 0.97],
    ['the true cause is among the first three', 'trueCauseInThree', 0.95],
    ['the image is right', 'image', 0.98],
    ['the registry is right', 'registry', 0.98],
  ] as const)('%s', (_, figure, atLeast) => {
    expect(reached[figure], `missed: ${reached.missed.join(' ')}`).toBeGreaterThanOrEqual(atLeast);
  });

  it('no first cause is told as likely and wrong', () => {
    expect(reached.likelyAndWrong).toBe(0);
  });
});
