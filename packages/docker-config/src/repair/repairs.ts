import type { Node } from 'jsonc-parser';
import { fieldsNamed, propertiesIn, textOf } from './entries.ts';
import { type Edit, mergeEdits } from './text-edits.ts';

/** What a way does to the text. Nodes are of the tree that is repaired. */
export type Repair =
  | { do: 'remove'; nodes: readonly Node[] }
  | { do: 'edit'; edits: readonly Edit[] }
  | { do: 'remove and put'; nodes: readonly Node[]; edits: readonly Edit[] }
  /** An empty name in `credHelpers`, which keeps Docker from asking the store for this key. */
  | { do: 'turn store off'; key: string };

/** All edits that some repairs make together: what is removed takes one comma with it, and the rest stays as it is. */
export function editsFor(text: string, root: Node, repairs: readonly Repair[]): Edit[] {
  const removed = new Set(repairs.flatMap((repair) => ('nodes' in repair ? repair.nodes : [])));
  const edits = repairs.flatMap((repair) => ('edits' in repair ? repair.edits : []));
  const off = repairs.flatMap((repair) => (repair.do === 'turn store off' ? [repair.key] : []));
  for (const parent of new Set([...removed].map(({ parent }) => parent)))
    if (parent) edits.push(...removalsIn(parent, removed));
  if (off.length > 0) edits.push(...storeOff(text, root, off, removed));
  return mergeEdits(edits);
}

function removalsIn(parent: Node, removed: ReadonlySet<Node>): Edit[] {
  const children = parent.children ?? [];
  const firstKept = children.findIndex((child) => !removed.has(child));
  return children.flatMap((child, index): Edit[] => {
    if (!removed.has(child)) return [];
    const before = children[index - 1];
    const after = children[index + 1];
    const end = child.offset + child.length;
    // behind one that stays: with the comma in front; before the first that stays: with the comma behind
    const isBehindKept = firstKept !== -1 && index > firstKept;
    const from = isBehindKept && before ? before.offset + before.length : child.offset;
    const to = isBehindKept || !after ? end : after.offset;
    return [{ offset: from, length: to - from, content: '' }];
  });
}

function storeOff(text: string, root: Node, keys: readonly string[], removed: ReadonlySet<Node>): Edit[] {
  const members = (separator: string) =>
    keys.map((key) => `${JSON.stringify(key)}: ""`).join(`,${separator}`);
  const helpers = fieldsNamed(root, 'credHelpers').findLast(({ value }) => value.type === 'object');
  const [first] = propertiesIn(helpers?.value);
  if (helpers && !first) {
    const { offset, length } = helpers.value;
    return [{ offset, length, content: `{${members(' ')}}` }];
  }
  if (helpers && first) {
    const separator = text.slice(helpers.value.offset + 1, first.node.offset);
    const hasOthers = propertiesIn(helpers.value).some(({ node }) => !removed.has(node));
    const content = members(separator) + (hasOthers ? `,${separator}` : '');
    return [{ offset: first.node.offset, length: 0, content }];
  }
  const store = textOf(root, 'credsStore')?.property;
  const [top] = propertiesIn(root);
  if (!store || !top) return [];
  const separator = text.slice(root.offset + 1, top.node.offset);
  return [{ offset: store.node.offset, length: 0, content: `"credHelpers": {${members(' ')}},${separator}` }];
}
