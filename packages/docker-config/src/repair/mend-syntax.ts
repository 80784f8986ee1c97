import { parseJson, placesOf } from '../json-text.ts';
import { type Choices, type Fault, fault, way } from './fault.ts';
import { mendStructure } from './mend-structure.ts';
import { findMerge, type Side } from './merge-markers.ts';
import { applyEdits, type Edit, mergeEdits, originOf } from './text-edits.ts';

/** What it takes to make JSON of a text. */
export interface MendedSyntax {
  faults: Fault[];
  /** JSON, where `isJson`; otherwise as far as it came. */
  text: string;
  isJson: boolean;
  /** The place in the text that was given. */
  origin(offset: number): number;
}

/**
 * Finds what keeps a text from being JSON, and the least that makes it that: a byte order mark, zero bytes, the marks of
 * a merge, comments, commas too many or missing, an end that is cut off. What is none of these has no repair.
 *
 * Lines and columns are those of the text that is given.
 */
export function mendSyntax(source: string, choices: Choices): MendedSyntax {
  const place = placesOf(source);
  const faults: Fault[] = [];
  const origins: ((offset: number) => number)[] = [];
  const origin = (offset: number) => origins.reduceRight((at, one) => one(at), offset);
  let text = source;
  const edit = (edits: readonly Edit[]) => {
    const merged = mergeEdits(edits);
    text = applyEdits(text, merged);
    origins.push(originOf(merged));
  };

  if (text.startsWith('\uFEFF')) {
    faults.push(
      fault(
        'byte-order-mark',
        'blocks',
        'The file begins with a byte order mark, which JSON does not have.',
        place(0),
        [way('remove', 'Remove the three bytes of the mark.')],
      ),
    );
    edit([{ offset: 0, length: 1, content: '' }]);
  }
  const zeros = [...text.matchAll(/\0+/g)];
  if (zeros[0]) {
    const count = zeros.reduce((sum, [run]) => sum + run.length, 0);
    const isAtEnd = zeros.length === 1 && /^\0+\s*$/.test(text.slice(zeros[0].index));
    faults.push(
      fault(
        'zero-bytes',
        'blocks',
        `The file holds ${count} zero ${count === 1 ? 'byte' : 'bytes'}, as a loss of power leaves them.`,
        place(origin(zeros[0].index)),
        [
          way(
            'remove',
            'Remove the zero bytes.',
            isAtEnd ? [] : ['What stood where the zero bytes are is not known.'],
            isAtEnd,
          ),
        ],
      ),
    );
    edit(
      zeros.map(([run], index) => ({ offset: zeros[index]?.index ?? 0, length: run.length, content: '' })),
    );
  }
  if (text.trim() === '') {
    faults.push(
      fault(
        'empty-file',
        'note',
        source.trim() === ''
          ? 'The file is empty. Docker says nothing about it and has no login.'
          : 'Nothing else is in the file.',
        place(0),
        [way('empty-object', 'Write {}, which is what an empty configuration looks like.')],
      ),
    );
    edit([{ offset: 0, length: text.length, content: '{}\n' }]);
    return { faults, text, isJson: true, origin };
  }

  const merge = findMerge(text, (side) => isJson(structureOf(text, side).text));
  if (merge) {
    const found = fault('merge-markers', 'blocks', merge.what, place(origin(merge.offset)), merge.ways, {
      chosen: merge.chosen,
    });
    faults.push(found);
    const side = chosenOf(found, choices);
    if (side === null) return { faults, text, isJson: false, origin };
    edit(merge.edits(side as Side));
  }
  const structure = mendStructure(text);
  for (const { offset, code, what, ways } of structure.faults) {
    const at = origin(offset);
    // a comma between the two sides of a merge is missing because both were kept
    if (code === 'missing-comma' && merge?.blockEnds.includes(at)) continue;
    faults.push(fault(code, 'blocks', what, place(at), ways));
  }
  edit(structure.edits);

  const parsed = parseJson(text);
  if (parsed.ok) return { faults, text, isJson: true, origin };
  const at = parsed.fault.line === null ? 0 : offsetOf(text, parsed.fault.line, parsed.fault.column ?? 1);
  const { code, what } = parsed.fault;
  faults.push(fault(code === 'merge-markers' ? code : 'not-json', 'blocks', what, place(origin(at)), []));
  return { faults, text, isJson: false, origin };

  function structureOf(before: string, side: Side) {
    const merged = applyEdits(before, mergeEdits(findMerge(before, () => true)?.edits(side) ?? []));
    return { text: applyEdits(merged, mergeEdits(mendStructure(merged).edits)) };
  }
}

/** The way that was chosen for a fault; null: none. A choice that the fault does not offer counts as none. */
export function chosenOf(one: Fault, choices: Choices): string | null {
  const choice = Object.hasOwn(choices, one.id) ? choices[one.id] : undefined;
  if (choice === undefined) return one.chosen;
  // what blocks is repaired in any case; only how can be chosen
  if (choice === null) return one.weight === 'blocks' ? one.chosen : null;
  return one.ways.some(({ id }) => id === choice) ? choice : one.chosen;
}

export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

function isJson(text: string): boolean {
  return parseJson(text).ok;
}
