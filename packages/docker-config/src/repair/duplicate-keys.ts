import type { Node } from 'jsonc-parser';
import type { Place } from '../json-text.ts';
import { shownKey } from '../shown-key.ts';
import { type Property, propertiesIn } from './entries.ts';
import { type Fault, fault, way } from './fault.ts';
import type { Repair } from './repairs.ts';

/** A fault with what each of its ways does. */
export interface FoundFault {
  fault: Fault;
  repairs: ReadonlyMap<string, Repair>;
}

const merged = new Set(['auths', 'credhelpers', 'httpheaders', 'plugins', 'aliases', 'features', 'proxies']);

/**
 * Finds names that an object has twice. Docker takes the later one; of `auths` and other maps it takes both together.
 */
export function findDuplicateKeys(text: string, root: Node, place: (offset: number) => Place): FoundFault[] {
  const found: FoundFault[] = [];
  const pending: { node: Node; ignoresCase: boolean; isRoot: boolean }[] = [
    { node: root, ignoresCase: true, isRoot: true },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, ignoresCase, isRoot } = next;
    const last = new Map<string, Property>();
    const properties = propertiesIn(node);
    for (const property of properties) last.set(nameOf(property, ignoresCase), property);
    for (const property of properties) {
      const winner = last.get(nameOf(property, ignoresCase));
      if (winner && winner !== property) {
        const times = properties.filter(
          (other) => nameOf(other, ignoresCase) === nameOf(property, ignoresCase),
        ).length;
        found.push(duplicate(text, property, winner, isRoot && times > 2, isRoot, place));
      }
      // the fields of a login are found without regard to case too
      else
        pending.push({
          node: property.value,
          ignoresCase: !isRoot && node.parent?.children?.[0]?.value === 'auths',
          isRoot: false,
        });
    }
  }
  return found.toSorted((a, b) => (a.fault.line ?? 0) - (b.fault.line ?? 0));
}

function nameOf({ name }: Property, ignoresCase: boolean): string {
  return ignoresCase ? name.toLowerCase() : name;
}

function duplicate(
  text: string,
  earlier: Property,
  later: Property,
  isOften: boolean,
  isRoot: boolean,
  place: (offset: number) => Place,
): FoundFault {
  const key = shownKey(earlier.name);
  const at = place(earlier.key.offset);
  const isMerged =
    isRoot &&
    merged.has(earlier.name.toLowerCase()) &&
    earlier.value.type === 'object' &&
    later.value.type === 'object';
  const others = propertiesIn(earlier.value).filter(
    ({ name }) => !propertiesIn(later.value).some((other) => other.name === name),
  );
  if (!isMerged || others.length === 0)
    return {
      fault: fault(
        'duplicate-key',
        'note',
        `"${key}" stands here and again in line ${place(later.key.offset).line}. Docker takes the later one.`,
        at,
        [way('remove', 'Remove this one, which Docker does not read.')],
        { key },
      ),
      repairs: new Map([['remove', { do: 'remove', nodes: [earlier.node] }]]),
    };
  const what = `"${key}" stands here and again in line ${place(later.key.offset).line}. Docker takes both together; other programs take the later one.`;
  // of three and more, what one becomes hangs on what is chosen for the others
  if (isOften) return { fault: fault('duplicate-key', 'note', what, at, [], { key }), repairs: new Map() };
  const [first] = propertiesIn(later.value);
  const separator = first ? text.slice(later.value.offset + 1, first.node.offset) : '';
  const members = others
    .map(({ node }) => text.slice(node.offset, node.offset + node.length))
    .join(`,${separator}`);
  return {
    fault: fault(
      'duplicate-key',
      'note',
      what,
      at,
      [way('merge', 'Bring both together in the later place.')],
      { key },
    ),
    repairs: new Map<string, Repair>([
      [
        'merge',
        {
          do: 'remove and put',
          nodes: [earlier.node],
          edits: [
            {
              offset: later.value.offset + 1,
              length: 0,
              content: `${separator}${members}${first ? ',' : ''}`,
            },
          ],
        },
      ],
    ]),
  };
}
