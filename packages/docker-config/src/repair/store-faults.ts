import type { Node } from 'jsonc-parser';
import type { Place } from '../json-text.ts';
import { lookupKeyOf } from '../registry-key.ts';
import { registryOfKey } from '../registry-of-key.ts';
import { shownKey } from '../shown-key.ts';
import type { FoundFault } from './duplicate-keys.ts';
import {
  entriesOf,
  fieldsNamed,
  holdsLogin,
  isText,
  type Property,
  propertiesIn,
  textOf,
} from './entries.ts';
import { fault, way } from './fault.ts';
import type { Repair } from './repairs.ts';

/** What is known of programs and stores where docker runs. */
export interface StoreFacts {
  /** Which `docker-credential-NAME` are on docker's PATH. One that is not named here is not known. */
  helpers?: Readonly<Record<string, 'found' | 'missing'>>;
  /** The keys that `credsStore` lists. null: it cannot be asked. */
  storeKeys?: readonly string[] | null;
}

type PlaceOf = (offset: number) => Place;

/** Helpers named by a path, helpers that are not there, and logins that a store hides. */
export function findStoreFaults(root: Node, place: PlaceOf, facts: StoreFacts): FoundFault[] {
  const store = textOf(root, 'credsStore');
  const helpers = fieldsNamed(root, 'credHelpers').flatMap(({ value }) => propertiesIn(value));
  const hidden = hiddenLogins(root, helpers);
  const named = [
    ...(store?.text ? [{ property: store.property, isStore: true }] : []),
    ...helpers.filter(isText).map((property) => ({ property, isStore: false })),
  ];
  const found = named.flatMap(({ property, isStore }) => {
    const name = String(property.value.value);
    const program = programName(name);
    if (program !== name) return [helperPath(property, program, place)];
    if (Object.hasOwn(facts.helpers ?? {}, name) && facts.helpers?.[name] === 'missing')
      return [helperMissing(property, isStore, hidden.length > 0, place)];
    return [];
  });
  const works =
    store?.text && programName(store.text) === store.text && facts.helpers?.[store.text] !== 'missing';
  if (!works || !facts.storeKeys) return found;
  const held = new Set(facts.storeKeys);
  return [...found, ...hidden.map((one) => hiddenLogin(one, shownKey(store.text), held, place))];
}

interface HiddenLogin extends Property {
  lookup: string;
}

/** Entries with a login for which Docker asks the store instead. */
function hiddenLogins(root: Node, helpers: readonly Property[]): HiddenLogin[] {
  return entriesOf(root).flatMap((entry) => {
    const { host } = registryOfKey(entry.name);
    if (host === null || !holdsLogin(entry)) return [];
    // a registry token stays in use beside a store
    if (isText(entry.field('registrytoken')) && !isText(entry.field('auth'))) return [];
    const lookup = lookupKeyOf(host);
    return helpers.some(({ name }) => name === lookup) ? [] : [{ ...entry, lookup }];
  });
}

/** The name as Docker wants it: without folder and without what all helpers begin with. Empty: it can be none. */
function programName(name: string): string {
  const bare = name
    .trim()
    .replace(/^.*[/\\]/, '')
    .replace(/^docker-credential-/, '');
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(bare) ? bare : '';
}

function helperPath({ name, node, value }: Property, program: string, place: PlaceOf): FoundFault {
  const field = shownKey(name);
  const repairs = new Map<string, Repair>([['remove', { do: 'remove', nodes: [node] }]]);
  const ways = [way('remove', 'Remove it.', ['The helper; Docker reads the logins of the file instead.'])];
  if (program !== '') {
    const { offset, length } = value;
    ways.unshift(way('name', `Write ${program}, the name alone.`));
    repairs.set('name', { do: 'edit', edits: [{ offset, length, content: JSON.stringify(program) }] });
  }
  const what =
    program === ''
      ? `"${field}" names a helper that can be no program.`
      : `"${field}" names a helper with more than its name. Docker puts docker-credential- in front of it and looks for that on the PATH.`;
  return { fault: fault('helper-path', 'breaks', what, place(value.offset), ways, { key: field }), repairs };
}

function helperMissing(
  { name, node, value }: Property,
  isStore: boolean,
  hasHidden: boolean,
  place: PlaceOf,
): FoundFault {
  const helper = shownKey(String(value.value));
  const field = shownKey(name);
  const gain = hasHidden && isStore ? ' Docker then reads the logins of the file again.' : '';
  return {
    fault: fault(
      'helper-missing',
      'breaks',
      `"${field}" names docker-credential-${helper}, which is in no folder of PATH.`,
      place(value.offset),
      [
        way(
          'remove',
          `Remove it.${gain}`,
          [`What docker-credential-${helper} keeps, until it is there again.`],
          false,
        ),
      ],
      // without a login in the file nothing is won by it: then the program is what is missing
      { key: field, chosen: hasHidden && isStore ? 'remove' : null },
    ),
    repairs: new Map([['remove', { do: 'remove', nodes: [node] }]]),
  };
}

function hiddenLogin(
  { name, key, value, lookup }: HiddenLogin,
  store: string,
  held: ReadonlySet<string>,
  place: PlaceOf,
): FoundFault {
  const shown = shownKey(name);
  const { offset, length } = value;
  const empty: Repair = { do: 'edit', edits: [{ offset, length, content: '{}' }] };
  if (held.has(lookup) || held.has(name))
    return {
      fault: fault(
        'login-left-in-file',
        'note',
        `The entry ${shown} holds a login that Docker does not read: docker-credential-${store} has one. Whoever may read the file can read it.`,
        place(key.offset),
        [
          way('empty', 'Empty the entry, as docker login leaves it beside a store.', [
            `The login for ${shown} in the file.`,
          ]),
        ],
        { key: shown, chosen: null },
      ),
      repairs: new Map([['empty', empty]]),
    };
  return {
    fault: fault(
      'store-hides-login',
      'breaks',
      `Docker does not read the login of the entry ${shown}: it asks docker-credential-${store}, which has none for it.`,
      place(key.offset),
      [
        way('turn-store-off', `Turn the store off for ${lookup}, with an empty name in credHelpers.`),
        way('empty', 'Empty the entry and sign in again, so that the store keeps the login.', [
          `The login for ${shown}.`,
        ]),
      ],
      { key: shown },
    ),
    repairs: new Map<string, Repair>([
      ['turn-store-off', { do: 'turn store off', key: lookup }],
      ['empty', empty],
    ]),
  };
}
