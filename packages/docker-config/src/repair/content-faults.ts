import type { Node } from 'jsonc-parser';
import { findNodeAtOffset } from 'jsonc-parser';
import { decodeAuth } from '../auth-value.ts';
import { readConfigFields } from '../config-schema.ts';
import { type Place, placesOf } from '../json-text.ts';
import { lookupKeyOf } from '../registry-key.ts';
import { registryOfKey, whyNeverRead } from '../registry-of-key.ts';
import { shownKey } from '../shown-key.ts';
import { mendAuth } from './auth-repair.ts';
import type { FoundFault } from './duplicate-keys.ts';
import { entriesOf, fieldsNamed, isText, type Property, propertiesIn } from './entries.ts';
import { fault, way } from './fault.ts';
import { offsetOf } from './mend-syntax.ts';
import type { Repair } from './repairs.ts';

type PlaceOf = (offset: number) => Place;

/** Everything wrong with what is in the file, once it is JSON. */
export function findContentFaults(text: string, root: Node, place: PlaceOf): FoundFault[] {
  if (root.type !== 'object')
    return root.type === 'null'
      ? []
      : [
          {
            fault: fault(
              'not-an-object',
              'blocks',
              'The file holds no object in braces, which Docker wants.',
              place(root.offset),
              [],
            ),
            repairs: new Map(),
          },
        ];
  const wrongTypes = findWrongTypes(text, root, place);
  const removed = new Set(
    wrongTypes.flatMap(({ repairs }) =>
      [...repairs.values()].flatMap((one) => ('nodes' in one ? one.nodes : [])),
    ),
  );
  return [...wrongTypes, ...findBrokenLogins(root, place), ...findDeadKeys(root, place, removed)];
}

// a number or true is nothing that was ever a token
const tokenFields = /^(?:auth|identitytoken|registrytoken)$/;

function nameOf(property: Node): string {
  return String(property.children?.[0]?.value ?? '').toLowerCase();
}

function findWrongTypes(text: string, root: Node, place: PlaceOf): FoundFault[] {
  const placeHere = placesOf(text);
  return readConfigFields(root, placeHere).faults.flatMap(({ what, key, line, column }): FoundFault[] => {
    const node = findNodeAtOffset(root, offsetOf(text, line ?? 1, column ?? 1));
    const owner = node?.parent;
    if (!node || !owner) return [];
    const whole = owner.type === 'property' ? owner : node;
    const remove: Repair = { do: 'remove', nodes: [whole] };
    const at = place(node.offset);
    const isLoginField = key !== null;
    const isScalar = node.type === 'number' || node.type === 'boolean';
    if (isScalar && what.endsWith('it should be a text.') && !tokenFields.test(nameOf(whole))) {
      const content = `"${text.slice(node.offset, node.offset + node.length)}"`;
      return [
        {
          fault: fault(
            'wrong-type',
            'breaks',
            what,
            at,
            [way('quote', 'Put the value in double quotes.'), way('remove', 'Remove it.', ['The setting.'])],
            { key },
          ),
          repairs: new Map<string, Repair>([
            ['quote', { do: 'edit', edits: [{ offset: node.offset, length: node.length, content }] }],
            ['remove', remove],
          ]),
        },
      ];
    }
    const name = nameOf(whole);
    const loses = isLoginField
      ? [`What the entry ${key} holds there, which Docker cannot read.`]
      : name === 'auths'
        ? ['What it holds, which Docker cannot read as logins.']
        : ['The setting, which Docker cannot read.'];
    return [
      {
        fault: fault('wrong-type', 'breaks', what, at, [way('remove', 'Remove it.', loses)], { key }),
        repairs: new Map([['remove', remove]]),
      },
    ];
  });
}

function findBrokenLogins(root: Node, place: PlaceOf): FoundFault[] {
  return entriesOf(root).flatMap((entry): FoundFault[] => {
    const auth = entry.field('auth');
    if (!auth || !isText(auth)) return [];
    const value = String(auth.value.value);
    const decoded = decodeAuth(value);
    if (decoded.ok) return [];
    const key = shownKey(entry.name);
    const hasOther = isText(entry.field('identitytoken')) || isText(entry.field('registrytoken'));
    const mended = mendAuth(value);
    const repairs = new Map<string, Repair>();
    const ways = [];
    if (mended) {
      const { offset, length } = auth.value;
      ways.push(way('encode', mended.does, [], mended.isSure));
      repairs.set('encode', {
        do: 'edit',
        edits: [{ offset, length, content: JSON.stringify(mended.value) }],
      });
    }
    ways.push(
      hasOther
        ? way('remove', 'Remove "auth" from the entry; its token stays.', [
            'What "auth" holds, which Docker cannot read.',
          ])
        : way('remove', `Remove the entry ${key}.`, [
            `The login for ${key}, which Docker cannot read. Sign in again.`,
          ]),
    );
    repairs.set('remove', { do: 'remove', nodes: [hasOther ? auth.node : entry.node] });
    return [
      {
        fault: fault(decoded.code, 'breaks', decoded.what, place(auth.value.offset), ways, { key }),
        repairs,
      },
    ];
  });
}

/** Keys that Docker does not read for the registry that they are meant for. */
function findDeadKeys(root: Node, place: PlaceOf, removed: ReadonlySet<Node>): FoundFault[] {
  return (['auths', 'credHelpers'] as const).flatMap((field) => {
    const maps = fieldsNamed(root, field).filter(({ node }) => !removed.has(node));
    const properties = maps
      .flatMap(({ value }) => propertiesIn(value))
      .filter(({ node }) => !removed.has(node));
    const known = properties.flatMap((property) => {
      const { host } = registryOfKey(property.name);
      return host === null ? [] : [{ property, host, why: whyNeverRead(field, property.name, host) }];
    });
    const read = new Set(known.filter(({ why }) => why === null).map(({ host }) => host));
    return known.flatMap(({ property, host, why }): FoundFault[] => {
      if (why === null) return [];
      const isFree = !read.has(host);
      read.add(host);
      return [deadKeyFault(field, property, host, why, isFree, place)];
    });
  });
}

function deadKeyFault(
  field: 'auths' | 'credHelpers',
  { name, node, key }: Property,
  host: string,
  why: string,
  isFree: boolean,
  place: PlaceOf,
): FoundFault {
  const shown = shownKey(name);
  const right = lookupKeyOf(host);
  const remove = way('remove', `Remove the entry ${shown}.`, [
    field === 'auths' ? `The login under ${shown}; other programs may read it.` : `The helper for ${shown}.`,
  ]);
  const repairs = new Map<string, Repair>([['remove', { do: 'remove', nodes: [node] }]]);
  const ways = [remove];
  if (isFree) {
    ways.unshift(way('rename', `Name the entry ${right}.`));
    repairs.set('rename', {
      do: 'edit',
      edits: [{ offset: key.offset, length: key.length, content: JSON.stringify(right) }],
    });
  }
  const what = isFree
    ? `Docker does not read the entry ${shown} for ${host}. ${why}`
    : `Docker does not read the entry ${shown} for ${host}; there is another that it reads. ${why}`;
  return {
    fault: fault('dead-key', isFree ? 'breaks' : 'note', what, place(key.offset), ways, {
      key: shown,
      chosen: isFree ? 'rename' : null,
    }),
    repairs,
  };
}
