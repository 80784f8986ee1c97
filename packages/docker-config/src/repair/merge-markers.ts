import { parseTree } from 'jsonc-parser';
import { propertiesOf } from '../json-text.ts';
import { type Way, way } from './fault.ts';
import { mendStructure } from './mend-structure.ts';
import { applyEdits, type Edit, mergeEdits } from './text-edits.ts';

export type Side = 'both' | 'ours' | 'theirs';

export interface FoundMerge {
  offset: number;
  what: string;
  ways: Way[];
  chosen: string | null;
  edits(side: Side): Edit[];
  /** Where each of the merges ends. */
  blockEnds: number[];
}

interface Block {
  start: number;
  end: number;
  ours: [number, number];
  theirs: [number, number];
}

/**
 * Finds the marks of a merge that was not finished. Offered is what gives JSON: both sides, where they do not name the
 * same things; else one of them, and which one nobody but the owner of the file can know.
 *
 * @param isFine whether the text with this side is JSON in the end
 */
export function findMerge(text: string, isFine: (side: Side) => boolean): FoundMerge | null {
  const blocks = blocksOf(text);
  const [first] = blocks;
  if (!first) return null;
  const edits = (side: Side): Edit[] =>
    blocks.map(({ start, end, ours, theirs }) => ({
      offset: start,
      length: end - start,
      content: (side === 'theirs' ? [theirs] : side === 'ours' ? [ours] : [ours, theirs])
        .map(([from, to]) => text.slice(from, to))
        .join(''),
    }));
  const ways: Way[] = [];
  const keepsBoth = isFine('both') && !namesTwice(text, edits('both'));
  if (keepsBoth)
    ways.push(way('both', 'Keep what both sides have; they do not name the same things.', [], false));
  if (isFine('ours'))
    ways.push(
      way('ours', 'Keep the side before the line of equals signs.', ['What only the other side has.'], false),
    );
  if (isFine('theirs'))
    ways.push(
      way(
        'theirs',
        'Keep the side after the line of equals signs.',
        ['What only the other side has.'],
        false,
      ),
    );
  const where =
    blocks.length === 1 ? 'a merge that was not finished' : `${blocks.length} merges that were not finished`;
  return {
    offset: first.start,
    what: `The file holds the marks of ${where}.`,
    ways,
    chosen: keepsBoth ? 'both' : null,
    edits,
    blockEnds: blocks.map(({ end }) => end),
  };
}

/** Marks that are not in the order of a merge are none that could be resolved. */
function blocksOf(text: string): Block[] {
  const marks = [...text.matchAll(/^(<{7}|\|{7}|={7}|>{7})(?:[ \r][^\n]*)?(?:\n|$(?![\s\S]))/gm)].map(
    (found) => ({
      kind: found[1]?.charAt(0) ?? '',
      start: found.index,
      end: found.index + found[0].length,
    }),
  );
  const order = marks.map(({ kind }) => kind).join('');
  if (!/^(?:<\|?=>)+$/.test(order)) return [];
  const blocks: Block[] = [];
  for (let at = 0; at < marks.length; ) {
    const size = marks[at + 1]?.kind === '|' ? 4 : 3;
    const [open, second] = [marks[at], marks[at + 1]];
    const [middle, close] = [marks[at + size - 2], marks[at + size - 1]];
    if (!open || !second || !middle || !close) return [];
    blocks.push({
      start: open.start,
      end: close.end,
      ours: [open.end, second.start],
      theirs: [middle.end, close.start],
    });
    at += size;
  }
  return blocks;
}

function namesTwice(text: string, edits: Edit[]): boolean {
  const merged = applyEdits(text, mergeEdits(edits));
  const tree = parseTree(applyEdits(merged, mergeEdits(mendStructure(merged).edits)));
  const pending = tree ? [tree] : [];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const names = propertiesOf(node).map(({ name }) => name.toLowerCase());
    if (new Set(names).size < names.length) return true;
    pending.push(...(node.children ?? []));
  }
  return false;
}
