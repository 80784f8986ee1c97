import { type Piece, showLines } from './shown-lines.ts';

/** What changes, in hunks as of `diff -u`, for a page to draw. Holds no secret. */
export interface Difference {
  hunks: Hunk[];
  added: number;
  removed: number;
  /** How many values are hidden in what is shown. */
  hidden: number;
}

export interface Hunk {
  oldStart: number;
  newStart: number;
  lines: DiffLine[];
}

export interface DiffLine {
  change: 'same' | 'removed' | 'added';
  /** From 1; null on the side where it is not. */
  oldLine: number | null;
  newLine: number | null;
  pieces: Piece[];
}

const contextLines = 3;

/**
 * Compares two texts line by line and shows both without their secrets. A value that the old text does not have is marked
 * as new.
 */
export function differenceOf(before: string, after: string): Difference {
  const old = showLines(before);
  const next = showLines(after, old.hidden);
  const script = compare(linesOf(before), linesOf(after));
  const all = script.map(({ change, oldLine, newLine }): DiffLine => {
    const pieces = (newLine === null ? old.lines[(oldLine ?? 1) - 1] : next.lines[newLine - 1]) ?? [];
    return { change, oldLine, newLine, pieces };
  });
  const hunks: Hunk[] = [];
  let shownTo = 0;
  for (let at = 0; at < all.length; at++) {
    if (all[at]?.change === 'same') continue;
    const from = Math.max(shownTo, at - contextLines);
    let last = at;
    for (let next = at; next < all.length && next <= last + 2 * contextLines; next++)
      if (all[next]?.change !== 'same') last = next;
    const to = Math.min(all.length, last + contextLines + 1);
    const lines = all.slice(from, to);
    hunks.push({
      oldStart: lines.find(({ oldLine }) => oldLine !== null)?.oldLine ?? 0,
      newStart: lines.find(({ newLine }) => newLine !== null)?.newLine ?? 0,
      lines,
    });
    shownTo = to;
    at = to - 1;
  }
  const shown = hunks.flatMap(({ lines }) => lines);
  return {
    hunks,
    added: shown.filter(({ change }) => change === 'added').length,
    removed: shown.filter(({ change }) => change === 'removed').length,
    hidden: shown.flatMap(({ pieces }) => pieces).filter(({ kind }) => kind === 'hidden').length,
  };
}

/** With their ends, so that a change of those is one. */
function linesOf(text: string): string[] {
  const lines = text.split(/(?<=\n)/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

interface Step {
  change: DiffLine['change'];
  oldLine: number | null;
  newLine: number | null;
}

function compare(old: readonly string[], next: readonly string[]): Step[] {
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < next.length - head &&
    old[old.length - 1 - tail] === next[next.length - 1 - tail]
  )
    tail += 1;
  const same = (count: number, oldFrom: number, newFrom: number): Step[] =>
    Array.from({ length: count }, (_, index) => ({
      change: 'same',
      oldLine: oldFrom + index + 1,
      newLine: newFrom + index + 1,
    }));
  return [
    ...same(head, 0, 0),
    ...shortestScript(old.slice(head, old.length - tail), next.slice(head, next.length - tail), head),
    ...same(tail, old.length - tail, next.length - tail),
  ];
}

// Beyond that many changed lines it is no repair any more, and one block says as much.
const changesMax = 2000;

/** Myers, "An O(ND) Difference Algorithm" (1986). */
function shortestScript(old: readonly string[], next: readonly string[], shift: number): Step[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  const removed = (x: number): Step => ({ change: 'removed', oldLine: shift + x + 1, newLine: null });
  const added = (y: number): Step => ({ change: 'added', oldLine: null, newLine: shift + y + 1 });
  const size = old.length + next.length;
  for (let changes = 0; changes <= Math.min(size, changesMax); changes++) {
    trace.push(new Map(furthest));
    for (let k = -changes; k <= changes; k += 2) {
      const down = furthest.get(k + 1) ?? -1;
      const right = furthest.get(k - 1) ?? -1;
      let x = k === -changes || (k !== changes && right < down) ? down : right + 1;
      while (x < old.length && x - k < next.length && old[x] === next[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= old.length && x - k >= next.length) return walkBack(changes);
    }
  }
  return [...old.map((_, x) => removed(x)), ...next.map((_, y) => added(y))];

  function walkBack(changes: number): Step[] {
    const steps: Step[] = [];
    let x = old.length;
    let y = next.length;
    const goBackTo = (toX: number, toY: number) => {
      while (x > toX && y > toY) {
        x -= 1;
        y -= 1;
        steps.push({ change: 'same', oldLine: shift + x + 1, newLine: shift + y + 1 });
      }
    };
    for (let d = changes; d > 0; d--) {
      const reached = trace[d] ?? new Map<number, number>();
      const k = x - y;
      const down = reached.get(k + 1) ?? -1;
      const right = reached.get(k - 1) ?? -1;
      const isDown = k === -d || (k !== d && right < down);
      const fromX = isDown ? down : right;
      const fromY = fromX - (isDown ? k + 1 : k - 1);
      goBackTo(fromX, fromY);
      steps.push(isDown ? added(fromY) : removed(fromX));
      x = fromX;
      y = fromY;
    }
    goBackTo(0, 0);
    return steps.reverse();
  }
}
