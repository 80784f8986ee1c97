/** A text as Go's `%q` writes it, read back, and where the quotation ends. */
export interface Unquoted {
  text: string;
  /** Behind the closing quotation mark; the end of the line where it is missing, because the line was cut. */
  end: number;
}

const quote = 0x22;
const backslash = 0x5c;

const single: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

const hexDigits: Record<string, number> = { x: 2, u: 4, U: 8 };

/**
 * Reads the quotation that begins at `start` (`"`), with the escapes of Go's strconv.Quote. Linear. What is no escape stays
 * as it is written.
 */
export function unquoteGo(line: string, start: number): Unquoted {
  const parts: string[] = [];
  let plainFrom = start + 1;
  let at = plainFrom;
  while (at < line.length) {
    const code = line.charCodeAt(at);
    if (code === quote) return { text: parts.join('') + line.slice(plainFrom, at), end: at + 1 };
    if (code !== backslash) {
      at += 1;
      continue;
    }
    const { text, length } = escapeAt(line, at);
    parts.push(line.slice(plainFrom, at), text);
    at += length;
    plainFrom = at;
  }
  return { text: parts.join('') + line.slice(plainFrom), end: line.length };
}

function escapeAt(line: string, at: number): { text: string; length: number } {
  const letter = line.charAt(at + 1);
  const simple = single[letter];
  if (simple !== undefined) return { text: simple, length: 2 };
  const digits = hexDigits[letter];
  const hex = digits === undefined ? '' : line.slice(at + 2, at + 2 + digits);
  if (digits === undefined || hex.length < digits || !/^[0-9a-f]+$/i.test(hex))
    return { text: '\\', length: 1 };
  return { text: characterOf(letter, Number.parseInt(hex, 16)), length: 2 + digits };
}

/** Go writes `\x80` and above only for bytes that are no UTF-8, which have no character. */
function characterOf(letter: string, code: number): string {
  if (code > 0x10ffff || (letter === 'x' && code >= 0x80)) return '\ufffd';
  return String.fromCodePoint(code);
}
