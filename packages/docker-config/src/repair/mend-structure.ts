import { shownKey } from '../shown-key.ts';
import { type Way, way } from './fault.ts';
import type { Edit } from './text-edits.ts';
import { type Token, tokensOf } from './tokens.ts';

export interface StructureFault {
  code: 'comment' | 'trailing-comma' | 'missing-comma' | 'cut-short';
  what: string;
  offset: number;
  ways: Way[];
}

/** An object or list that is open at a place of the text. */
interface Frame {
  open: string;
  name: string | null;
  contentStart: number;
  /** What may come next. */
  expects: 'member' | 'colon' | 'value' | 'comma';
  /** Where its last whole member ends. */
  wholeEnd: number | null;
  memberName: string | null;
  comma: Token | null;
}

/**
 * Finds comments, commas too many or missing, and an end that is cut off. Stops where something else is wrong; then the
 * text is no JSON afterwards either.
 */
export function mendStructure(text: string): { faults: StructureFault[]; edits: Edit[] } {
  const faults: StructureFault[] = [];
  const edits: Edit[] = [];
  const frames: Frame[] = [];
  const tokens = tokensOf(text);
  const textEnd = text.trimEnd().length;
  const removeComma = ({ start, end }: Token) => {
    faults.push({
      code: 'trailing-comma',
      what: 'There is a comma with nothing behind it.',
      offset: start,
      ways: [way('remove', 'Remove the comma.')],
    });
    edits.push({ offset: start, length: end - start, content: '' });
  };
  let isRootDone = false;
  let lastEnd = 0;

  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'space') continue;
    const piece = text.slice(token.start, token.end);
    if (token.kind === 'comment') {
      // Docker reads one value and nothing behind it
      if (isRootDone) break;
      faults.push({
        code: 'comment',
        what: 'The file holds a comment, which JSON does not have.',
        offset: token.start,
        ways: [way('remove', 'Remove the comment.', ['The words of the comment; they stay in the backup.'])],
      });
      edits.push(removalOf(text, tokens, index));
      continue;
    }
    if (isRootDone) break;
    const frame = frames.at(-1);
    const isOpening = piece === '{' || piece === '[';
    const isValue = isOpening || token.kind === 'string' || token.kind === 'word';
    if (!frame && !isOpening) return { faults, edits };
    if (token.kind === 'string' && !token.isClosed) {
      // at the end it is cut off; before, it is something that has no sure repair
      if (text.slice(token.end).trim() === '') break;
      return { faults, edits };
    }
    if (frame && isValue && frame.expects === 'comma') {
      faults.push({
        code: 'missing-comma',
        what: 'There is a comma missing in front of this.',
        offset: token.start,
        ways: [way('add', 'Put the comma there.')],
      });
      edits.push({ offset: lastEnd, length: 0, content: ',' });
      frame.expects = 'member';
      frame.comma = null;
    }
    if (isOpening) {
      if (frame && frame.expects !== 'value' && !(frame.open === '[' && frame.expects === 'member'))
        return { faults, edits };
      frames.push({
        open: piece,
        name: frame?.memberName ?? null,
        contentStart: token.end,
        expects: 'member',
        wholeEnd: null,
        memberName: null,
        comma: null,
      });
    } else if (frame && (piece === '}' || piece === ']')) {
      if ((piece === '}') !== (frame.open === '{') || !['member', 'comma'].includes(frame.expects))
        return { faults, edits };
      if (frame.comma && frame.expects === 'member') removeComma(frame.comma);
      frames.pop();
      const outer = frames.at(-1);
      if (outer) finishMember(outer, token.end);
      else isRootDone = true;
    } else if (frame && piece === ',') {
      if (frame.expects === 'member') removeComma(token);
      else if (frame.expects === 'comma') {
        frame.expects = 'member';
        frame.comma = token;
      } else return { faults, edits };
    } else if (frame && piece === ':') {
      if (frame.expects !== 'colon') return { faults, edits };
      frame.expects = 'value';
    } else if (frame && frame.open === '{' && frame.expects === 'member') {
      if (token.kind !== 'string') return cutOrLost(token, false);
      frame.expects = 'colon';
      frame.memberName = piece.slice(1, -1);
    } else if (frame && isValue && frame.expects !== 'colon') {
      // a number or word at the very end may have gone on
      const isWhole = token.kind === 'string' || /^(?:true|false|null)$/.test(piece) || token.end < textEnd;
      if (!isWhole) break;
      finishMember(frame, token.end);
    } else return { faults, edits };
    lastEnd = token.end;
  }
  return frames.length > 0 && !isRootDone ? cutOrLost(null, true) : { faults, edits };

  /** Keeps what is whole, and closes what is open. */
  function cutOrLost(token: Token | null, isAtEnd: boolean) {
    if (!isAtEnd && token && text.slice(token.end).trim() !== '') return { faults, edits };
    const lost: string[] = [];
    let kept = frames.length;
    let at = text.length;
    for (; kept > 0; kept--) {
      const frame = frames[kept - 1];
      if (!frame) break;
      const isHalf = frame.expects === 'colon' || frame.expects === 'value' || kept < frames.length;
      if (isHalf && frame.memberName !== null && frame.open === '{') lost.push(shownKey(frame.memberName));
      at = frame.wholeEnd ?? frame.contentStart;
      if (frame.wholeEnd !== null || kept === 1) break;
    }
    const closing = frames
      .slice(0, kept)
      .map(({ open }) => (open === '{' ? '}' : ']'))
      .toReversed()
      .join('');
    const names = lost.length > 0 ? [`What is half there: ${lost.toReversed().join(', ')}.`] : [];
    const isKept = ({ offset }: { offset: number }) => offset < at;
    const cut: StructureFault = {
      code: 'cut-short',
      what: 'The file ends in the middle.',
      offset: text.trimEnd().length,
      ways: [
        way(
          'close',
          'Keep all that is whole, and close what is open.',
          [...names, 'What stood behind the end is not known.'],
          false,
        ),
      ],
    };
    const lineEnd = /\r?\n/.exec(text)?.[0] ?? '';
    return {
      faults: [...faults.filter(isKept), cut],
      edits: [
        ...edits.filter(isKept),
        { offset: at, length: text.length - at, content: `${closing}${lineEnd}` },
      ],
    };
  }
}

function finishMember(frame: Frame, end: number): void {
  frame.expects = 'comma';
  frame.wholeEnd = end;
  frame.memberName = null;
}

/** A comment that has its lines for itself goes with them; another goes with the space before it. */
function removalOf(text: string, tokens: readonly Token[], index: number): Edit {
  const token = tokens[index];
  if (!token) return { offset: 0, length: 0, content: '' };
  let spaceStart = token.start;
  while (/[ \t]/.test(text.charAt(spaceStart - 1))) spaceStart -= 1;
  const startsLine = spaceStart === 0 || text[spaceStart - 1] === '\n';
  const after = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(token.end, token.end + 1000))?.[0];
  if (startsLine && after !== undefined)
    return { offset: spaceStart, length: token.end + after.length - spaceStart, content: '' };
  const offset = after === undefined ? token.start : spaceStart;
  return { offset, length: token.end - offset, content: '' };
}
