/** Puts `content` in the place of `length` characters at `offset`. The same form as jsonc-parser's. */
export interface Edit {
  offset: number;
  length: number;
  content: string;
}

/**
 * Brings edits into an order in which they can be applied. What lies inside of what another replaces goes with it; what
 * reaches over its end is replaced as one.
 */
export function mergeEdits(edits: readonly Edit[]): Edit[] {
  // what is put in comes before what is taken away at the same place
  const rank = ({ length }: Edit) => (length === 0 ? -Number.MAX_SAFE_INTEGER : -length);
  const sorted = edits.toSorted((a, b) => a.offset - b.offset || rank(a) - rank(b));
  const merged: Edit[] = [];
  for (const edit of sorted) {
    const last = merged.at(-1);
    const end = last ? last.offset + last.length : -1;
    if (!last || edit.offset >= end) merged.push({ ...edit });
    else if (edit.offset + edit.length > end) {
      last.length = edit.offset + edit.length - last.offset;
      last.content += edit.content;
    }
  }
  return merged;
}

/** @param edits as `mergeEdits` gives them */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { offset, length, content } of edits) {
    parts.push(text.slice(at, offset), content);
    at = offset + length;
  }
  return parts.join('') + text.slice(at);
}

/**
 * Tells where something that begins at a place of the edited text began before: behind what was removed there.
 *
 * @param edits as `mergeEdits` gives them
 */
export function originOf(edits: readonly Edit[]): (offset: number) => number {
  let shift = 0;
  const pieces = edits.map(({ offset, length, content }) => {
    const at = offset + shift;
    shift += content.length - length;
    return { at, end: at + content.length, to: offset + length };
  });
  return (offset) => {
    const piece = pieces[lastIndex(pieces, ({ at }) => at <= offset)];
    if (!piece) return offset;
    return offset < piece.end ? piece.to : offset - piece.end + piece.to;
  };
}

/** Of a list that begins with those for which it is true; -1 where there is none. */
function lastIndex<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let low = -1;
  let high = items.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const item = items[middle];
    if (item !== undefined && isBefore(item)) low = middle;
    else high = middle - 1;
  }
  return low;
}
