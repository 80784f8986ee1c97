import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { MessageReading } from '@pull-doctor/contract/message';

/** How the error text of a diagnosis was read; null where there is none, or while it was not read yet. */
export function readingOf({ steps }: Pick<Diagnosis, 'steps'>): MessageReading | null {
  for (const { step, evidence } of steps) if (step === 'text') return evidence;
  return null;
}

/** The image that a person gave for an error text; empty where the text's own was taken, or none. */
export function imageGiven(diagnosis: Pick<Diagnosis, 'steps' | 'input'>): string {
  const reading = readingOf(diagnosis);
  const reference = diagnosis.steps.find((step) => step.step === 'reference')?.evidence;
  if (!reading || !reference) return '';
  const { text, familiar, canonical } = reference;
  // a command before the error names the image as well
  if (reading.image === null) return diagnosis.input.includes(text) ? '' : text;
  return [text, familiar, canonical].includes(reading.image) ? '' : text;
}
