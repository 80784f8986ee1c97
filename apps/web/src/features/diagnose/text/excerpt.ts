import { countText } from '../../../ui/time-text.ts';
import type { TextMark } from './marked-text.ts';

/** A stretch of the text that is shown, or one that is left out. */
export interface Stretch {
  start: number;
  end: number;
  isLeftOut: boolean;
}

const linesAround = 2;
// A log may be one line of 64 KB.
const charactersAround = 320;
const wholeLinesMax = 12;
const wholeCharactersMax = 1500;
const unmarkedCharactersMax = 1000;
const unmarkedLinesMax = 8;

/** What of a text is shown at first: the lines around its marks, its beginning where it has none, and all of a short one. */
export function excerptOf(text: string, marks: readonly TextMark[]): Stretch[] {
  const isShort = text.length <= wholeCharactersMax && linesIn(text) <= wholeLinesMax;
  if (isShort) return [{ start: 0, end: text.length, isLeftOut: false }];
  const shown = marks.length > 0 ? windows(text, marks) : [{ start: 0, end: beginning(text) }];
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { start, end } of shown) {
    if (start > at) stretches.push({ start: at, end: start, isLeftOut: true });
    stretches.push({ start, end, isLeftOut: false });
    at = end;
  }
  if (at < text.length) stretches.push({ start: at, end: text.length, isLeftOut: true });
  return stretches;
}

/** The same as plain text, for the report. */
export const excerptText = (text: string, marks: readonly TextMark[]): string =>
  excerptOf(text, marks)
    .map((stretch) => {
      if (!stretch.isLeftOut) return text.slice(stretch.start, stretch.end);
      const { count, unit } = lengthOf(text, stretch);
      const said = `(${countText(count, unit)} left out)`;
      return unit === 'line' ? `${said}\n` : ` ${said} `;
    })
    .join('');

/** How much is left out, in the unit that a reader counts: lines, or characters within one. */
export function lengthOf(
  text: string,
  { start, end }: Stretch,
): { count: number; unit: 'line' | 'character' } {
  const lines = linesIn(text.slice(start, end).replace(/\n$/, ''));
  const isWhole = start === 0 || text[start - 1] === '\n';
  return lines > 1 || (isWhole && (end === text.length || text[end - 1] === '\n'))
    ? { count: lines, unit: 'line' }
    : { count: end - start, unit: 'character' };
}

export const linesIn = (text: string): number => text.split('\n').length;

function windows(text: string, marks: readonly TextMark[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const mark of marks) {
    const start = Math.max(lineStart(text, mark.start, linesAround), mark.start - charactersAround, 0);
    const end = Math.min(lineEnd(text, mark.end, linesAround), mark.end + charactersAround, text.length);
    const last = found.at(-1);
    // a gap of nothing but a few words is longer to say than to show
    if (last && start <= last.end + 40) last.end = Math.max(last.end, end);
    else found.push({ start: start <= 40 ? 0 : start, end });
  }
  return found;
}

function lineStart(text: string, offset: number, linesBefore: number): number {
  let at = offset;
  for (let line = 0; line <= linesBefore && at > 0; line += 1) at = text.lastIndexOf('\n', at - 1);
  return at <= 0 ? 0 : at + 1;
}

function lineEnd(text: string, offset: number, linesAfter: number): number {
  let at = offset;
  for (let line = 0; line <= linesAfter; line += 1) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
}

function beginning(text: string): number {
  return Math.min(lineEnd(text, 0, unmarkedLinesMax - 1), unmarkedCharactersMax, text.length);
}
