import type { ConfigFault } from '@pull-doctor/contract/evidence/credentials';
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** A JSON text as Go's decoder takes it: the first value, whatever follows, with the places of everything in it. */
export type ParsedJson =
  | { ok: true; root: Node; place: (offset: number) => Place }
  | { ok: false; fault: ConfigFault };

export interface Place {
  line: number;
  column: number;
}

// The parser descends by recursion. No configuration is nested more than a few levels; a file made to be is refused.
const depthMax = 200;

/**
 * Parses JSON and tells the kinds of mistakes apart that people and programs leave in it.
 *
 * Go's json.Decoder, which Docker uses, reads one value and stops: a second document or stray brackets behind it are no
 * fault. Comments, trailing commas and a byte order mark are.
 *
 * @param text not empty
 */
export function parseJson(text: string): ParsedJson {
  const place = placesOf(text);
  const fail = (code: ConfigFault['code'], what: string, offset: number): ParsedJson => ({
    ok: false,
    fault: { code, what, key: null, ...place(Math.min(offset, text.length)) },
  });
  if (/^[\uFEFF\uFFFE]/.test(text))
    return fail('byte-order-mark', 'The file begins with a byte order mark, which JSON does not have.', 0);
  if (isTooDeep(text)) return fail('not-json', `The file is nested more than ${depthMax} levels deep.`, 0);

  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (root && isJson(text.slice(0, root.offset + root.length))) return { ok: true, root, place };

  const marker = /^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r\n]|$)/m.exec(text);
  if (marker)
    return fail('merge-markers', 'The file holds the marks of a merge that was not finished.', marker.index);
  const [first] = errors;
  const offset = first?.offset ?? 0;
  const character = text.charAt(offset);
  if (nameOf(first) === 'InvalidCommentToken' || /^[/#]$/.test(character))
    return fail('comment', 'The file holds a comment, which JSON does not have.', offset);
  const before = text.slice(0, offset).trimEnd();
  if (/^[}\]]$/.test(character) && before.endsWith(','))
    return fail('trailing-comma', 'There is a comma with nothing behind it.', before.length - 1);
  if (offset >= text.trimEnd().length || isUnfinished(first, text))
    return fail('cut-short', 'The file ends in the middle.', text.trimEnd().length);
  return fail('not-json', wordsFor(character, first), offset);
}

/** Line and column, both from 1, of an offset. */
export function placesOf(text: string): (offset: number) => Place {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** The properties of an object, in their order, duplicates and all; nothing for other values. */
export function propertiesOf(node: Node | undefined): { name: string; key: Node; value: Node }[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [{ name: String(key.value), key, value }] : [];
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    // the only way in which JSON.parse says no; where the mistake is, the other parser tells
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x7b || character === 0x5b) {
      if (++depth > depthMax) return true;
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return false;
}

/** A string or number that the end of the text cut off. */
function isUnfinished(error: ParseError | undefined, text: string): boolean {
  if (!error || error.offset + error.length < text.trimEnd().length) return false;
  return /^UnexpectedEndOf(?:String|Number)$/.test(nameOf(error));
}

function wordsFor(character: string, error: ParseError | undefined): string {
  if (character === "'") return 'JSON has double quotes, not single ones.';
  if (/^[“”„‟‘’«»]$/.test(character)) return `JSON has straight double quotes, not ${character}.`;
  switch (nameOf(error)) {
    case 'CommaExpected':
      return 'There is a comma missing.';
    case 'ColonExpected':
      return 'There is a colon missing.';
    case 'PropertyNameExpected':
      return 'There is a name in double quotes missing.';
    case 'ValueExpected':
      return 'There is a value missing.';
    default:
      return 'This is no JSON.';
  }
}

function nameOf(error: ParseError | undefined): string {
  return error ? printParseErrorCode(error.error) : '';
}
