/** A text made ready for matching, with the way back to where each character stood. */
export interface CleanText {
  /** Without colours and escapes, white space made one; a line that was only folded is one line again. */
  text: string;
  /** The same in lower case, of the same length. */
  lower: string;
  /** The offset in the original text of a character of `text`; its length for the end. */
  originOf(offset: number): number;
}

const newline = 10;
const space = 32;

/**
 * Undoes what terminals, loggers and forums do to an error text: ANSI colours, JSON and shell escapes (doubled ones
 * too), HTML entities, typographic quotes, carriage returns, indentation, and lines that were folded at the width of
 * a window. Linear in the text's length; letters outside ASCII keep their case.
 */
export function cleanText(original: string): CleanText {
  const codes: number[] = [];
  const origins: number[] = [];
  const isEscaped = /\\"|\\u00|\\n[^\n]{1,400}\\n/.test(original);
  const put = (code: number, origin: number): void => {
    const last = codes.at(-1) ?? newline;
    if (code === space && (last === space || last === newline)) return;
    if (code === newline) {
      if (last === newline) return;
      if (last === space) {
        codes.pop();
        origins.pop();
      }
    }
    codes.push(code);
    origins.push(origin);
  };

  const wrapped = hardWraps(original);
  let at = 0;
  while (at < original.length) {
    if (wrapped.has(at)) {
      at += 1;
      continue;
    }
    const code = original.charCodeAt(at);
    const read = readOne(original, at, code, isEscaped);
    if (read.code !== null) put(read.code, at);
    at += read.length;
  }
  origins.push(original.length);
  unfold(codes, origins, original);
  const text = textOf(codes);
  return {
    text,
    lower: textOf(codes.map((code) => (code >= 65 && code <= 90 ? code + 32 : code))),
    originOf: (offset) => origins[Math.min(Math.max(offset, 0), origins.length - 1)] ?? original.length,
  };
}

interface Read {
  /** What stands in its place; null: nothing. */
  code: number | null;
  /** How much of the original that takes. */
  length: number;
}

// What follows the escape character: a colour or a move of the cursor, or a title or link up to its end.
const afterEscape = /\[[0-9;?]{0,16}[A-Za-z]|\][0-9]{0,3};[ -~]{0,512}/y;
const bareColour = /\[[0-9]{1,3}(?:;[0-9]{1,3}){0,4}m/y;
const entity = /&(?:quot|apos|lt|gt|amp|nbsp|#39|#34|#x27|#x22);/y;
const unicodeEscape = /\\{1,4}u00([0-9a-f]{2})/iy;
const backslashes = /(\\{1,8})(["'/nrt]?)/y;

function readOne(text: string, at: number, code: number, isEscaped: boolean): Read {
  switch (code) {
    case 0x1b:
      return { code: null, length: 1 + lengthAt(afterEscape, text, at + 1) };
    case 0x5b:
      return { code, length: 1, ...nothingIf(lengthAt(bareColour, text, at)) };
    case 0x26:
      return entityAt(text, at);
    case 0x5c:
      return escapeAt(text, at, isEscaped);
    case 0x0d:
      return { code: newline, length: text.charCodeAt(at + 1) === newline ? 2 : 1 };
    case newline:
      return { code, length: 1 };
    case 0x201c:
    case 0x201d:
    case 0x201e:
      return { code: 0x22, length: 1 };
    case 0x2018:
    case 0x2019:
      return { code: 0x27, length: 1 };
    case 0x2028:
    case 0x2029:
      return { code: newline, length: 1 };
  }
  if (isSpace(code)) return { code: space, length: 1 };
  const isInvisible = code < space || code === 0x7f || code === 0xfeff || (code >= 0x200b && code <= 0x200f);
  return { code: isInvisible ? null : code, length: 1 };
}

function isSpace(code: number): boolean {
  return (
    code === space ||
    (code >= 9 && code <= 12) ||
    code === 0xa0 ||
    code === 0x202f ||
    code === 0x3000 ||
    (code >= 0x2000 && code <= 0x200a)
  );
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function nothingIf(length: number): Partial<Read> {
  return length > 0 ? { code: null, length } : {};
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', nbsp: ' ', apos: "'", quot: '"' };

function entityAt(text: string, at: number): Read {
  entity.lastIndex = at;
  const found = entity.exec(text)?.[0];
  if (!found) return { code: 0x26, length: 1 };
  const name = found.slice(1, -1);
  const stands = entities[name] ?? (/39|27/.test(name) ? "'" : '"');
  return { code: stands.charCodeAt(0), length: found.length };
}

/** Quotes lose their backslashes always; `\n` is a line end only in text that is escaped, since Windows paths have it. */
function escapeAt(text: string, at: number, isEscaped: boolean): Read {
  unicodeEscape.lastIndex = at;
  const hex = isEscaped ? unicodeEscape.exec(text) : null;
  if (hex?.[1]) return { code: plain(Number.parseInt(hex[1], 16)), length: hex[0].length };
  backslashes.lastIndex = at;
  const [whole = '\\', slashes = '\\', next = ''] = backslashes.exec(text) ?? [];
  if (next === '"' || next === "'") return { code: next.charCodeAt(0), length: whole.length };
  if (isEscaped && next === '/') return { code: 0x2f, length: whole.length };
  if (isEscaped && next === 'n') return { code: newline, length: whole.length };
  if (isEscaped && (next === 'r' || next === 't')) return { code: space, length: whole.length };
  return { code: 0x5c, length: slashes.length };
}

/** Control characters come in escapes too: a colour's first one is dropped, its rest is a bare colour then. */
function plain(code: number): number | null {
  if (code === newline || code === 0x0d) return newline;
  return code < space ? null : code;
}

const wrapWidthMin = 60;

/**
 * The line ends that a window made: where several lines have the same greatest length and the next one goes straight
 * on, the line end stands in the middle of a word.
 */
function hardWraps(text: string): ReadonlySet<number> {
  const ends: { at: number; length: number }[] = [];
  let start = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
    ends.push({ at, length: at - start });
    start = at + 1;
  }
  const width = Math.max(text.length - start, ...ends.map(({ length }) => length));
  const full = ends.filter(
    ({ at, length }) => length === width && /\S/.test(text.charAt(at - 1)) && /\S/.test(text.charAt(at + 1)),
  );
  return new Set(width >= wrapWidthMin && full.length >= 2 ? full.map(({ at }) => at) : []);
}

/**
 * Turns the end of a folded line into a space. A line was folded where the one before ends in the middle of a sentence
 * (a colon, a comma, an open bracket), or is about as long as a window and goes on in lower case.
 */
function unfold(codes: number[], origins: number[], original: string): void {
  let lineStart = 0;
  for (let at = 0; at < codes.length; at += 1) {
    if (codes[at] !== newline) continue;
    const length = (origins[at] ?? 0) - (origins[lineStart] ?? 0);
    const before = codes[at - 1] ?? space;
    const after = codes[at + 1] ?? space;
    const isIndented = /[ \t]/.test(original.charAt((origins[at + 1] ?? 0) - 1));
    if (isFolded(before, after, length, isIndented)) codes[at] = space;
    else lineStart = at + 1;
  }
}

const openEnds = new Set([...':,=(-'].map((end) => end.charCodeAt(0)));
const closings = new Set([...')]":;,.'].map((end) => end.charCodeAt(0)));

function isFolded(before: number, after: number, length: number, isIndented: boolean): boolean {
  const isLowerCase = after >= 97 && after <= 122;
  const goesOn = isLowerCase || closings.has(after) || (after >= 48 && after <= 57);
  if (openEnds.has(before) && before !== 0x2d && (goesOn || isIndented) && length > 20) return true;
  return length >= 72 && (isLowerCase || closings.has(after));
}

const chunk = 8192;

function textOf(codes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < codes.length; at += chunk)
    text += String.fromCharCode(...codes.slice(at, at + chunk));
  return text;
}
