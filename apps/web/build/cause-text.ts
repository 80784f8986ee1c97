import {
  type Block,
  type CausePage,
  type CauseText,
  type Inline,
  type MessageWeight,
  messageWeights,
} from '../src/features/causes/cause-page.ts';
import { plain } from '../src/features/causes/plain.ts';

/** A real line that a sign of the cause's rule was taken from. */
export interface SignLine {
  line: string;
  weight: MessageWeight;
}

/**
 * What is searched of a page: whole lines that programs print, and of the rest every word once. All of it in full
 * would weigh twice as much and find the same.
 */
export function causeTextOf(page: CausePage, signs: readonly SignLine[]): CauseText {
  const words = new Map<string, Set<string>>();
  const quoted: SignLine[] = [];
  let part = 'lead';
  addWords(plain(page.lead), part);
  for (const block of page.blocks) {
    if ('heading' in block && block.heading === 2) part = block.id;
    else if ('messages' in block)
      quoted.push(...block.messages.map((line) => ({ line, weight: 'fits' as const })));
    else for (const text of textsOf(block)) addWords(text, part);
  }
  const lines = [...signs, ...quoted].map((sign) => ({ ...sign, line: sign.line.trim() }));
  const isHeld = (at: number) => {
    const { line } = lines[at] ?? { line: '' };
    return (
      line === '' ||
      lines.some(
        (other, place) =>
          (place < at ? other.line === line : false) || (other.line !== line && other.line.includes(line)),
      )
    );
  };
  const messages = lines.filter((_, at) => !isHeld(at));
  return {
    cause: page.cause,
    messages: Object.fromEntries(
      messageWeights.map((weight) => [
        weight,
        messages.filter((message) => message.weight === weight).map(({ line }) => line),
      ]),
    ) as CauseText['messages'],
    words: Object.fromEntries([...words].map(([id, found]) => [id, [...found].join(' ')])),
  };

  function addWords(text: string, id: string) {
    const found = words.get(id) ?? new Set();
    words.set(id, found);
    for (const word of text.toLowerCase().match(/[a-z0-9][a-z0-9_]+/g) ?? []) found.add(word);
  }
}

function textsOf(block: Block): string[] {
  const of = (inlines: readonly Inline[]) => plain(inlines);
  if ('paragraph' in block) return [of(block.paragraph)];
  if ('list' in block) return block.list.flat().flatMap(textsOf);
  if ('rows' in block) return [block.heads, ...block.rows].flat().map(of);
  if ('commands' in block) return block.commands.map(({ command }) => command);
  if ('file' in block) return [block.file];
  if ('quote' in block) return block.quote.flatMap(textsOf);
  if ('messages' in block) return block.messages;
  return [of(block.says)];
}
