import { redactText } from '@pull-doctor/contract/redact';

/** What to put in place of a stretch of the field's text. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/**
 * How a paste gets into the field without the secrets that it holds: the shortest stretch to replace, and by what. A
 * secret counts as well where only the paste and the text around it together make one ("Bearer " and a token). Null
 * where nothing has to be hidden, so that the browser may do what it always does.
 */
export function hidePasted(
  value: string,
  selection: { start: number; end: number },
  pasted: string,
): Replacement | null {
  const whole = value.slice(0, selection.start) + pasted + value.slice(selection.end);
  const hidden = redactText(whole).text;
  if (hidden === whole) return null;
  // beyond the selection only where something there has to go as well
  const shared = Math.min(value.length, hidden.length);
  let start = 0;
  while (start < Math.min(selection.start, shared) && value[start] === hidden[start]) start += 1;
  let tail = 0;
  const tailMax = Math.min(value.length - selection.end, hidden.length - start);
  while (tail < tailMax && value.at(-1 - tail) === hidden.at(-1 - tail)) tail += 1;
  return { start, end: value.length - tail, text: hidden.slice(start, hidden.length - tail) };
}
