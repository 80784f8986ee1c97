import { type Node, parseTree } from 'jsonc-parser';
import { placesOf } from '../json-text.ts';
import { bytesToText } from './bytes-as-text.ts';
import { findContentFaults } from './content-faults.ts';
import { type FoundFault, findDuplicateKeys } from './duplicate-keys.ts';
import { entriesOf, holdsLogin } from './entries.ts';
import { type Choices, type Fault, fault, way } from './fault.ts';
import { type AccessChange, type FileFacts, findFileFaults } from './file-faults.ts';
import { chosenOf, mendSyntax } from './mend-syntax.ts';
import { editsFor } from './repairs.ts';
import { findStoreFaults, type StoreFacts } from './store-faults.ts';
import { applyEdits, originOf } from './text-edits.ts';

/** What is known besides the content. What is missing here is not judged. */
export interface ConfigFacts extends FileFacts, StoreFacts {}

/**
 * Finds everything that is wrong with a config.json, with line and column, and the ways to repair each. Pure; holds no
 * secret. The order is that of the file; what is about the file as a whole comes first.
 *
 * @param bytes the content; null: there is no file, or none that can be read
 * @param choices where a merge has to be decided before the rest can be read
 */
export function findFaults(
  bytes: Uint8Array | null,
  facts: ConfigFacts = {},
  choices: Choices = {},
): Fault[] {
  return examine(bytes, facts, choices).faults;
}

/** What was found, and what the chosen repairs make of it. Holds secrets: not to be given on. */
export interface Examination {
  faults: Fault[];
  /** The text before; '' where there is none. */
  source: string;
  /** With what was chosen. null: the file cannot be made to what Docker reads, or a merge is not decided. */
  repaired: string | null;
  access: AccessChange;
  movesFolder: boolean;
}

export function examine(bytes: Uint8Array | null, facts: ConfigFacts, choices: Choices): Examination {
  const { text: source, encoding } = bytesToText(bytes ?? new Uint8Array());
  const faults: Fault[] = [];
  let repaired: string | null = source;
  let hasLogin = false;
  if (bytes !== null) {
    const place = placesOf(source);
    if (encoding !== 'utf-8')
      faults.push(
        fault('utf-16', 'blocks', 'The file is in UTF-16, as some tools of Windows write it.', place(0), [
          way('convert', 'Write it in UTF-8.'),
        ]),
      );
    const syntax = mendSyntax(source, choices);
    faults.push(...syntax.faults);
    const tree = syntax.isJson ? treeOf(syntax.text) : null;
    if (tree === null) repaired = null;
    else {
      const content = repairContent(syntax.text, tree, facts, choices, (offset) =>
        place(syntax.origin(offset)),
      );
      faults.push(...content.faults);
      repaired = content.repaired;
      hasLogin = content.hasLogin;
    }
  }
  faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const ofFile = findFileFaults(facts, hasLogin);
  const taken = ofFile.filter((one) => chosenOf(one.fault, choices) !== null);
  return {
    faults: [...ofFile.map((one) => one.fault), ...faults],
    source,
    repaired,
    access: Object.assign({}, ...taken.map(({ access }) => access)),
    movesFolder: taken.some((one) => one.fault.code === 'is-a-folder'),
  };
}

/** Two stages: what stands twice is brought together first, so that the rest is found and repaired in one place. */
function repairContent(
  text: string,
  tree: Node,
  facts: ConfigFacts,
  choices: Choices,
  place: (offset: number) => { line: number; column: number },
): { faults: Fault[]; repaired: string | null; hasLogin: boolean } {
  const twice = findDuplicateKeys(text, tree, place);
  const edits = editsFor(text, tree, takenOf(twice, choices));
  const single = applyEdits(text, edits);
  const root = treeOf(single);
  if (root === null) return { faults: twice.map((one) => one.fault), repaired: null, hasLogin: false };
  const origin = originOf(edits);
  const here = (offset: number) => place(origin(offset));
  const found = withOwnIds([...findContentFaults(single, root, here), ...findStoreFaults(root, here, facts)]);
  const isHopeless = found.some((one) => one.fault.weight === 'blocks' && one.fault.ways.length === 0);
  return {
    faults: [...twice, ...found].map((one) => one.fault),
    repaired: isHopeless ? null : applyEdits(single, editsFor(single, root, takenOf(found, choices))),
    hasLogin: entriesOf(root).some(holdsLogin),
  };
}

function takenOf(found: readonly FoundFault[], choices: Choices) {
  return found.flatMap(({ fault, repairs }) => {
    const repair = repairs.get(chosenOf(fault, choices) ?? '');
    return repair ? [repair] : [];
  });
}

/** Docker's decoder reads one value; so does jsonc-parser, which goes on to complain about the rest. */
function treeOf(text: string): Node | null {
  return parseTree(text, [], { disallowComments: true, allowTrailingComma: false }) ?? null;
}

/** What was brought together from two places has one place now, and faults of a kind in it would have one id. */
function withOwnIds(found: readonly FoundFault[]): FoundFault[] {
  const seen = new Map<string, number>();
  return found.map((one) => {
    const count = (seen.get(one.fault.id) ?? 0) + 1;
    seen.set(one.fault.id, count);
    return count === 1 ? one : { ...one, fault: { ...one.fault, id: `${one.fault.id}:${count}` } };
  });
}
