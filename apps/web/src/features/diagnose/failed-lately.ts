import type { PullAttempt } from '@pull-doctor/contract/attempts';
import type { Cause } from '@pull-doctor/contract/causes';
import type { DiagnosisLine } from '@pull-doctor/contract/diagnoses';
import { imageText } from '../../image-text.ts';

export interface FailedImage {
  reference: string;
  cause: Cause | null;
  times: number;
  lastAt: string;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The images whose pull failed in the last 24 h, by attempt or by diagnosis; the newest first. */
export function failedLately(
  attempts: readonly PullAttempt[],
  diagnoses: readonly DiagnosisLine[],
  nowMs: number,
): FailedImage[] {
  const seen = [
    ...attempts
      .filter(({ outcome }) => outcome === 'failed')
      // What the log did not name cannot be diagnosed by its name.
      .flatMap(({ reference, cause, startedAt }) =>
        reference === null ? [] : { reference, cause, at: startedAt },
      ),
    ...diagnoses
      .filter(({ pullable, reference }) => pullable === 'no' && reference)
      .map(({ reference, cause, startedAt }) => ({
        reference: reference ? imageText(reference) : '',
        cause,
        at: startedAt,
      })),
  ]
    .filter(({ at }) => nowMs - Date.parse(at) < dayMs)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const images = new Map<string, FailedImage>();
  for (const { reference, cause, at } of seen) {
    const image = images.get(reference);
    if (image) image.times += 1;
    else images.set(reference, { reference, cause, times: 1, lastAt: at });
  }
  return [...images.values()];
}
