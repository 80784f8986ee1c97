import { Buffer } from 'node:buffer';
import type * as z from 'zod';
import { Fault } from '../../fault.ts';

/** Where a page ended, as a text that callers send back unread. */
export function placeText(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws Fault where the text is none that was given out for this order. */
export function readPlace<Place extends z.ZodType>(text: string, form: Place): z.output<Place> {
  try {
    return form.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new Fault(
      'invalid-request',
      400,
      'The cursor is none that this list gave out for this order.',
      'Send the nextCursor of the page before with the same sort, or none for the first page.',
      { cause },
    );
  }
}
