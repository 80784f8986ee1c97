import type { FoundFault } from './find-fault.ts';
import { nameCharacter, quote } from './quote.ts';

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const invisibleAll = new RegExp(invisible, 'gu');
const wrapping: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '‘': '’',
  '«': '»',
};

/** What can be said of single characters before the text is cut: white space, invisible ones, quotes, placeholders. */
export function characterFault(text: string): FoundFault | null {
  return controlFault(text) ?? spaceFault(text) ?? quotesFault(text) ?? placeholderFault(text);
}

/** Control characters, zero-width spaces and text-direction marks; tab and line end count as white space. */
function controlFault(text: string): FoundFault | null {
  for (const match of text.matchAll(invisibleAll)) {
    const [character] = match;
    if (/\s/.test(character) && character !== '\uFEFF') continue;
    const place =
      match.index === 0 ? 'at the start' : `after ${quote(text.slice(0, match.index).slice(-20))}`;
    const what = `There is an invisible character (${nameCharacter(character)}) ${place}.`;
    return {
      code: 'control-character',
      what,
      at: match.index,
      length: character.length,
      fix: text.replace(invisibleAll, ''),
    };
  }
  return null;
}

function spaceFault(text: string): FoundFault | null {
  const space = /\s+/.exec(text);
  if (!space) return null;
  const at = space.index;
  const length = space[0].length;
  const fault = { code: 'white-space', at, length } as const;
  const name = text.trim();
  if (!/\s/.test(name)) {
    const where = at === 0 ? 'before' : 'after';
    return { ...fault, what: `There is white space ${where} the image name.`, fix: name };
  }
  // "nginx :1.25" can only mean one thing; "nginx 1.25" cannot be told from two words.
  const closed = name.replace(/\s+/g, (_, at: number) => (joins(name, at) ? '' : ' '));
  const what = `An image name holds no white space; there is some after ${quote(text.slice(0, at).slice(-40))}.`;
  return { ...fault, what, fix: closed };
}

/** Whether the white space at an offset stands beside a separator of references. */
function joins(name: string, at: number): boolean {
  const after = /\s+/y;
  after.lastIndex = at;
  after.test(name);
  return /[:/@]/.test(name.charAt(at - 1) + name.charAt(after.lastIndex));
}

function quotesFault(text: string): FoundFault | null {
  const end = wrapping[text[0] ?? ''];
  const quotes = /["'`“”‘’«»]/.exec(text);
  if (!quotes) return null;
  const fix = end !== undefined && text.endsWith(end) ? text.slice(1, -1) : text.replace(/["'`“”‘’«»]/g, '');
  const what = `The quotation mark ${quotes[0]} does not belong to the image name.`;
  return { code: 'bad-character', what, at: quotes.index, length: 1, fix };
}

/** `<tag>`, `$TAG`, `${TAG}`, `{{ .Tag }}`, `%TAG%`, `[TAG]`: something was to be put in and was not. */
function placeholderFault(text: string): FoundFault | null {
  const found =
    /<[^<>]{0,80}>|\{\{[^{}]{0,80}\}\}|\$\{\{?[^{}]{0,80}\}?\}|\$\([^()]{0,80}\)|\$[A-Za-z_][A-Za-z0-9_]{0,80}|\{[A-Za-z_][^{}]{0,80}\}|%[A-Za-z_][A-Za-z0-9_]{0,80}%|(?<![^:/@])\[[A-Za-z][A-Za-z _-]{0,80}\]/.exec(
      text,
    );
  if (!found) return null;
  const what = `${quote(found[0])} is a placeholder; its value was not put in.`;
  return { code: 'bad-character', what, at: found.index, length: found[0].length };
}
