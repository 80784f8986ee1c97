import { shownKey } from '../shown-key.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A piece of a line as it may be shown. */
export type Piece =
  | { kind: 'text'; text: string }
  /** A value that is not shown. */
  | { kind: 'hidden'; characters: number; isNew: boolean };

/** A text in lines, each as it may be shown, with its line end marked where it is not the usual one. */
export interface ShownText {
  lines: Piece[][];
  /** The values that were hidden. Not to be given on. */
  hidden: ReadonlySet<string>;
}

// Fields whose values tell nothing about anybody. All other values are hidden, also those that nobody knows.
const harmlessFields =
  /^(?:credsstore|currentcontext|detachkeys|experimental|[a-z]+format|credhelpers\/.*|features\/.*|plugins\/[^/]*\/(?:enabled|hooks|disabled))$/;

const textCharactersMax = 200;
// nothing harmless stands deeper
const depthMax = 4;

/**
 * Shows a config.json, whole or broken, without its secrets: structure, names and a few harmless values stay, and every
 * other value, every comment and all that is no JSON is hidden with its length.
 *
 * @param known values that are not new
 */
export function showLines(text: string, known?: ReadonlySet<string>): ShownText {
  const lines: Piece[][] = [[]];
  const hidden = new Set<string>();
  const tokens = tokensOf(text);
  const path: Frame[] = [];

  const put = (piece: Piece) => {
    const line = lines.at(-1);
    const last = line?.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text') last.text += piece.text;
    else line?.push(piece);
  };
  const show = (shown: string) => put({ kind: 'text', text: shown });
  const hide = (value: string) => {
    for (const [index, part] of value.split('\n').entries()) {
      if (index > 0) lines.push([]);
      const bare = part.replace(/\r$/, '');
      if (bare.trim() === '') continue;
      hidden.add(bare);
      put({ kind: 'hidden', characters: bare.length, isNew: known !== undefined && !known.has(bare) });
    }
  };

  for (const [index, token] of tokens.entries()) {
    const piece = text.slice(token.start, token.end);
    const frame = path.at(-1);
    switch (token.kind) {
      case 'space':
        for (const [at, part] of piece.split('\n').entries()) {
          if (at > 0) lines.push([]);
          if (part !== '') show(part.replaceAll('\r', ''));
        }
        break;
      case 'punctuation':
        show(piece);
        if (piece === '{' || piece === '[')
          path.push({
            open: piece,
            name: path.length < depthMax ? pathOf(frame) : '…',
            key: null,
          });
        else if (piece === '}' || piece === ']') path.pop();
        else if (piece === ',' && frame) frame.key = null;
        break;
      case 'byte-order-mark':
        show('\\u{feff}');
        break;
      case 'zeros':
        show(`\\0 × ${piece.length}`);
        break;
      case 'merge-marker':
        show(piece.slice(0, 7));
        if (piece.slice(7).trim() !== '') hide(piece.slice(7).trim());
        if (piece.endsWith('\n')) lines.push([]);
        break;
      case 'comment':
        showComment(piece);
        break;
      case 'string':
        if (frame?.open === '{' && frame.key === null && token.isClosed && isName(tokens, index, text)) {
          frame.key = piece.slice(1, -1);
          show(`"${shownKey(frame.key)}"`);
        } else showValue(piece, token, isHarmless(frame));
        break;
      case 'word':
        if (/^(?:true|false|null)$/.test(piece)) show(piece);
        else hide(piece);
    }
  }
  return { lines, hidden };

  function showValue(piece: string, token: Token, isPlain: boolean) {
    const value = piece.slice(1, token.isClosed ? -1 : undefined);
    show('"');
    if (isPlain && value.length <= textCharactersMax) show(shownKey(value));
    else hide(value);
    if (token.isClosed) show('"');
  }

  function showComment(piece: string) {
    const [, open = '', inside = '', close = ''] = /^(\/\/|#|\/\*)([\s\S]*?)(\*\/)?$/.exec(piece) ?? [];
    show(open);
    hide(inside);
    show(close);
  }
}

interface Frame {
  open: string;
  /** The names that lead to it, with slashes between. */
  name: string;
  key: string | null;
}

function pathOf(frame: Frame | undefined): string {
  return [frame?.name, frame?.key].filter((part) => part).join('/');
}

function isHarmless(frame: Frame | undefined): boolean {
  return harmlessFields.test(pathOf(frame).toLowerCase());
}

/** Whether a string is the name of a property: a colon follows. */
function isName(tokens: readonly Token[], index: number, text: string): boolean {
  for (let at = index + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === 'space' || token?.kind === 'comment') continue;
    return token?.kind === 'punctuation' && text[token.start] === ':';
  }
  return false;
}
