/** A piece of a text that should be JSON. Together the pieces are the text. */
export interface Token {
  kind:
    | 'space'
    | 'punctuation'
    | 'string'
    | 'word'
    | 'comment'
    | 'merge-marker'
    | 'byte-order-mark'
    | 'zeros';
  start: number;
  end: number;
  /** Whether a string or a comment has its end. */
  isClosed: boolean;
}

const patterns: readonly [Token['kind'], RegExp][] = [
  ['zeros', /\0+/y],
  ['merge-marker', /^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)[^\n]*\n?/my],
  ['space', /[ \t\r\n]+/y],
  ['punctuation', /[{}[\],:]/y],
  ['string', /"[^"\\\r\n\0]*(?:\\[^\r\n\0][^"\\\r\n\0]*)*("?)/y],
  ['comment', /\/\/[^\r\n]*|#[^\r\n]*|\/\*[\s\S]*?(\*\/|$(?![\s\S]))/y],
  ['word', /[^ \t\r\n{}[\],:"\0]+/y],
];

/** Splits any text into tokens; never fails. A string ends with its line, for what comes behind is not in it. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  if (text.startsWith('\uFEFF')) {
    tokens.push({ kind: 'byte-order-mark', start: 0, end: 1, isClosed: true });
    at = 1;
  }
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const [piece = '', end] = pattern.exec(text) ?? [];
    if (piece === '') continue;
    // space ends with its line, so that a mark is seen at the beginning of the next
    const line = kind === 'space' ? piece.indexOf('\n') : -1;
    return {
      kind,
      start: at,
      end: at + (line === -1 ? piece.length : line + 1),
      isClosed: end !== '',
    };
  }
  return { kind: 'word', start: at, end: at + 1, isClosed: true };
}
