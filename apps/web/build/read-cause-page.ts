import { type Cause, causes } from '@pull-doctor/contract/causes';
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { Block, CausePage, Inline, Shell } from '../src/features/causes/cause-page.ts';
import { plain } from '../src/features/causes/plain.ts';

/**
 * Reads the Markdown of a cause's page into blocks, so that the browser gets neither Markdown nor HTML: HTML that
 * stands in the text is text.
 *
 * @throws where the page has no title, a link leads to no cause or to no https address, or something stands in it that
 *   no block can show, such as a picture.
 */
export function readCausePage(cause: Cause, markdown: string): CausePage {
  const tokens = lexer(markdown) as MarkedToken[];
  const title = tokens.find((token) => token.type === 'heading' && token.depth === 1);
  if (title?.type !== 'heading')
    throw new Error(`rules/${cause}/rule.md has no title: its first line is "# …".`);
  const firstPart = tokens.findIndex((token) => token.type === 'heading' && token.depth === 2);
  const top = tokens.slice(0, Math.max(firstPart, 0)).find((token) => token.type === 'paragraph');
  const lead = top?.type === 'paragraph' ? top : null;
  const read = new Reading(cause);
  const blocks = read.blocks(tokens.filter((token) => token !== title && token !== lead));
  const summary = firstSentence(
    lead ? read.inlines(lead.tokens) : (firstParagraph(blocks, 'what-happened') ?? []),
  );
  return {
    cause,
    title: plain(read.inlines(title.tokens)),
    summary: withoutLinks(summary),
    description: plain(summary),
    lead: lead ? read.inlines(lead.tokens) : [],
    blocks,
  };
}

const shells: Record<string, Shell> = {
  sh: 'sh',
  bash: 'sh',
  shell: 'sh',
  powershell: 'powershell',
};

class Reading {
  readonly #cause: Cause;
  readonly #ids = new Map<string, number>();

  constructor(cause: Cause) {
    this.#cause = cause;
  }

  blocks(tokens: readonly Token[]): Block[] {
    const blocks: Block[] = [];
    for (const token of tokens as MarkedToken[]) {
      const block = this.#block(token);
      const before = blocks.at(-1);
      if (!block) continue;
      // one purpose, several shells: the reader sees one block and chooses
      if ('commands' in block && before && 'commands' in before && isOtherShell(before, block))
        before.commands.push(...block.commands);
      else blocks.push(block);
    }
    return blocks;
  }

  #block(token: MarkedToken): Block | null {
    switch (token.type) {
      case 'space':
      case 'def':
      case 'hr':
        return null;
      case 'heading':
        return {
          heading: token.depth <= 2 ? 2 : 3,
          id: this.#idOf(token),
          says: this.inlines(token.tokens),
        };
      case 'paragraph':
      case 'text':
        return { paragraph: this.inlines(token.tokens ?? [token]) };
      case 'html':
        return { paragraph: [token.text.trim()] };
      case 'list':
        return { list: token.items.map((item) => this.blocks(item.tokens)), isOrdered: token.ordered };
      case 'table':
        return {
          heads: token.header.map((cell) => this.inlines(cell.tokens)),
          rows: token.rows.map((row) => row.map((cell) => this.inlines(cell.tokens))),
        };
      case 'blockquote':
        return { quote: this.blocks(token.tokens) };
      case 'code':
        return blockOfCode(token);
      default:
        throw this.#fault(token);
    }
  }

  inlines(tokens: readonly Token[]): Inline[] {
    const parts: Inline[] = [];
    for (const token of tokens as MarkedToken[]) {
      const part = this.#inline(token);
      if (typeof part === 'string' && typeof parts.at(-1) === 'string') parts.push(`${parts.pop()}${part}`);
      else parts.push(part);
    }
    return parts;
  }

  #inline(token: MarkedToken): Inline {
    switch (token.type) {
      case 'text':
      case 'escape':
      case 'html':
        return withCharacters(token.text).replace(/\s*\n\s*/g, ' ');
      case 'br':
        return ' ';
      case 'codespan':
        return { code: token.text };
      case 'strong':
        return { strong: this.inlines(token.tokens) };
      case 'em':
        return { em: this.inlines(token.tokens) };
      case 'link':
        return this.#link(token);
      default:
        throw this.#fault(token);
    }
  }

  #link(token: Tokens.Link): Inline {
    const says = this.inlines(token.tokens);
    const [, code, hash] = /^\.\.\/([a-z-]+)\/rule\.md(?:#([\w-]+))?$/.exec(token.href) ?? [];
    const cause = causes.find((known) => known === code);
    if (cause) return { cause, says, ...(hash ? { hash } : {}) };
    if (/^https:\/\/[^/]/.test(token.href)) return { href: token.href, says };
    throw this.#fault(token);
  }

  #idOf({ tokens }: Tokens.Heading): string {
    const slug = plain(this.inlines(tokens))
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    const times = (this.#ids.get(slug) ?? 0) + 1;
    this.#ids.set(slug, times);
    return times === 1 ? slug : `${slug}-${times}`;
  }

  #fault({ type, raw }: MarkedToken): Error {
    return new Error(
      `rules/${this.#cause}/rule.md: a ${type} that the page cannot show: ${raw.slice(0, 120)}`,
    );
  }
}

function blockOfCode({ lang = '', text }: Tokens.Code): Block {
  const language = lang.trim().split(/\s/)[0]?.toLowerCase() ?? '';
  const shell = shells[language];
  if (shell) return { commands: [{ shell, command: text }] };
  if (language === '' || language === 'text') return { messages: text.split('\n') };
  return { file: text, language };
}

type Commands = Extract<Block, { commands: unknown }>;

const isOtherShell = (before: Commands, block: Commands): boolean =>
  before.commands.every(({ shell }) => shell !== block.commands[0]?.shell);

/** marked leaves named characters to the HTML that it would write. */
const withCharacters = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot|nbsp|#39);/g, (_, name: string) => characters[name] ?? '');
const characters: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  nbsp: '\u00a0',
  '#39': "'",
};

function firstParagraph(blocks: readonly Block[], partId: string): Inline[] | undefined {
  const part = blocks.findIndex((block) => 'heading' in block && block.id === partId);
  const paragraph = blocks.slice(part + 1).find((block) => 'paragraph' in block);
  return paragraph && 'paragraph' in paragraph ? paragraph.paragraph : undefined;
}

/** Up to the first full stop that ends a sentence; those in code and in the middle of a word do not. */
function firstSentence(inlines: readonly Inline[]): Inline[] {
  const sentence: Inline[] = [];
  for (const [index, part] of inlines.entries()) {
    const isLast = index === inlines.length - 1;
    const end = typeof part === 'string' ? /[.?!](?=\s+(?:[A-Z"]|$)|$)/.exec(part) : null;
    if (typeof part === 'string' && end && !(isLast && end.index === part.length - 1)) {
      sentence.push(part.slice(0, end.index + 1));
      return sentence;
    }
    sentence.push(part);
  }
  return sentence;
}

/** A row of the list is a link itself, and no link stands in another. */
const withoutLinks = (inlines: readonly Inline[]): Inline[] =>
  inlines.flatMap((part) => (typeof part !== 'string' && 'says' in part ? withoutLinks(part.says) : [part]));
