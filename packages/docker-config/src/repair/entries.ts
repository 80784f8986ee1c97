import type { Node } from 'jsonc-parser';
import { propertiesOf } from '../json-text.ts';

/** A property of an object, with its place. */
export interface Property {
  name: string;
  /** Name and value together, as it is removed. */
  node: Node;
  key: Node;
  value: Node;
}

export function propertiesIn(node: Node | undefined): Property[] {
  return propertiesOf(node).flatMap(({ name, key, value }) =>
    key.parent ? [{ name, node: key.parent, key, value }] : [],
  );
}

/** The fields of the file of this name, as Go compares them: without regard to case. */
export function fieldsNamed(root: Node, name: string): Property[] {
  return propertiesIn(root).filter((property) => property.name.toLowerCase() === name.toLowerCase());
}

/** What stands under a field; of several, the last, which is the one that counts. */
export function textOf(root: Node, name: string): { text: string; property: Property } | null {
  const property = fieldsNamed(root, name).findLast(({ value }) => value.type === 'string');
  return property ? { text: String(property.value.value), property } : null;
}

/** An entry of `auths`. */
export interface Entry extends Property {
  field(name: string): Property | undefined;
}

export function entriesOf(root: Node): Entry[] {
  return fieldsNamed(root, 'auths').flatMap(({ value }) =>
    propertiesIn(value).map((property) => ({
      ...property,
      field: (name: string) => fieldsNamed(property.value, name).at(-1),
    })),
  );
}

/** Whether the entry has something in it that proves who one is. */
export function holdsLogin(entry: Entry): boolean {
  return ['auth', 'password', 'identitytoken', 'registrytoken'].some((name) => isText(entry.field(name)));
}

export function isText(property: Property | undefined): boolean {
  return property?.value.type === 'string' && property.value.value !== '';
}
