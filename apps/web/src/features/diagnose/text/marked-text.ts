import type { CauseRead, SignFound } from '@pull-doctor/contract/message';

/** Words of a text that decided, and the number that they have on the page. */
export interface Phrase {
  number: number;
  start: number;
  end: number;
  phrase: string;
}

/** A stretch of a text to mark, with the numbers of the phrases in it. */
export interface TextMark {
  start: number;
  end: number;
  numbers: readonly number[];
}

/** A piece of a text: as it is, or marked. */
export interface TextPart {
  start: number;
  text: string;
  numbers: readonly number[];
}

/** The phrases that the causes of a text rest on, numbered as the text has them. One that several causes share is one. */
export function phrasesOf(causes: readonly Pick<CauseRead, 'signs'>[]): Phrase[] {
  const found = new Map<string, Omit<Phrase, 'number'>>();
  for (const { start, end, phrase } of causes.flatMap(({ signs }) => signs))
    if (end > start) found.set(`${start} ${end}`, { start, end, phrase });
  return [...found.values()]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((phrase, index) => ({ ...phrase, number: index + 1 }));
}

/** The number of the phrase that a sign is about; null where the sign has no place in the text. */
export const numberOf = (phrases: readonly Phrase[], sign: SignFound): number | null =>
  phrases.find(({ start, end }) => start === sign.start && end === sign.end)?.number ?? null;

/** The stretches to mark: phrases that overlap make one. */
export function marksOf(phrases: readonly Phrase[]): TextMark[] {
  const marks: TextMark[] = [];
  for (const { start, end, number } of phrases) {
    const last = marks.at(-1);
    if (last && start < last.end)
      marks[marks.length - 1] = {
        start: last.start,
        end: Math.max(last.end, end),
        numbers: [...last.numbers, number],
      };
    else marks.push({ start, end, numbers: [number] });
  }
  return marks;
}

/** The text from `start` to `end` in pieces, those in a mark with its numbers. */
export function partsOf(text: string, marks: readonly TextMark[], start = 0, end = text.length): TextPart[] {
  const parts: TextPart[] = [];
  const push = (from: number, to: number, numbers: readonly number[]) => {
    if (to > from) parts.push({ start: from, text: text.slice(from, to), numbers });
  };
  let at = start;
  for (const mark of marks) {
    const from = Math.max(mark.start, at);
    const to = Math.min(mark.end, end);
    if (to <= from) continue;
    push(at, from, []);
    push(from, to, mark.numbers);
    at = to;
  }
  push(at, end, []);
  return parts;
}
