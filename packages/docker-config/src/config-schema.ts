import type { ConfigFault } from '@pull-doctor/contract/evidence/credentials';
import type { Node } from 'jsonc-parser';
import { type Place, propertiesOf } from './json-text.ts';
import { shownKey } from './shown-key.ts';

/** The shape that Docker decodes a field into. A value of another shape makes it give up on the file. */
type Shape = 'text' | 'texts' | 'text map' | 'text maps' | 'auths';

// cli/config/configfile/file.go, ConfigFile; names as Go compares them, without regard to case
const shapes: Readonly<Record<string, Shape>> = {
  auths: 'auths',
  httpheaders: 'text map',
  psformat: 'text',
  imagesformat: 'text',
  networksformat: 'text',
  pluginsformat: 'text',
  volumesformat: 'text',
  statsformat: 'text',
  detachkeys: 'text',
  credsstore: 'text',
  credhelpers: 'text map',
  serviceinspectformat: 'text',
  servicesformat: 'text',
  tasksformat: 'text',
  secretformat: 'text',
  configformat: 'text',
  nodesformat: 'text',
  prunefilters: 'texts',
  proxies: 'text maps',
  currentcontext: 'text',
  clipluginsextradirs: 'texts',
  plugins: 'text maps',
  aliases: 'text map',
  features: 'text map',
  experimental: 'text',
};

const entryFields = [
  'username',
  'password',
  'auth',
  'email',
  'serveraddress',
  'identitytoken',
  'registrytoken',
] as const;
type EntryField = (typeof entryFields)[number];

/** An entry of `auths` as it is written; absent and null fields are missing. */
export interface WrittenEntry {
  key: string;
  place: Place;
  fields: Partial<Record<EntryField, { text: string; place: Place }>>;
}

/** What Docker takes out of the file for the look-up of credentials. */
export interface WrittenConfig {
  auths: Map<string, WrittenEntry>;
  credHelpers: Map<string, string>;
  credsStore: string | null;
  currentContext: string | null;
  faults: ConfigFault[];
}

/**
 * Reads the fields of config.json as Go's encoding/json does: names match without regard to case, of two equal ones the
 * later counts, maps are merged, null changes nothing, and a value of the wrong shape is passed over with a fault.
 */
export function readConfigFields(root: Node, place: (offset: number) => Place): WrittenConfig {
  const config: WrittenConfig = {
    auths: new Map(),
    credHelpers: new Map(),
    credsStore: null,
    currentContext: null,
    faults: [],
  };
  const wrong = (node: Node, what: string, key: string | null) => {
    config.faults.push({
      code: 'wrong-type',
      what,
      key: key === null ? null : shownKey(key),
      ...place(node.offset),
    });
  };
  if (root.type !== 'object') {
    if (root.type !== 'null')
      config.faults.push({
        code: 'not-an-object',
        what: `The file holds ${named(root)} where Docker wants an object in braces.`,
        key: null,
        ...place(root.offset),
      });
    return config;
  }
  for (const { name, value } of propertiesOf(root)) {
    const field = name.toLowerCase();
    const shape = Object.hasOwn(shapes, field) ? shapes[field] : undefined;
    if (shape === undefined || value.type === 'null') continue;
    if (shape === 'auths') readAuths(value, place, config, wrong);
    else checkShape(name, value, shape, wrong);
    if (field === 'credsstore' && value.type === 'string') config.credsStore = String(value.value);
    if (field === 'currentcontext' && value.type === 'string') config.currentContext = String(value.value);
    if (field === 'credhelpers')
      for (const helper of propertiesOf(value))
        if (helper.value.type === 'string') config.credHelpers.set(helper.name, String(helper.value.value));
  }
  return config;
}

type Wrong = (node: Node, what: string, key: string | null) => void;

function readAuths(auths: Node, place: (offset: number) => Place, config: WrittenConfig, wrong: Wrong): void {
  if (auths.type !== 'object') {
    wrong(auths, `"auths" is ${named(auths)}; it should be an object with the registries as names.`, null);
    return;
  }
  for (const { name: key, key: keyNode, value } of propertiesOf(auths)) {
    const entry: WrittenEntry = { key, place: place(keyNode.offset), fields: {} };
    config.auths.set(key, entry);
    if (value.type !== 'object' && value.type !== 'null')
      wrong(value, `The entry is ${named(value)}; it should be an object such as {"auth": "…"}.`, key);
    for (const { name, value: field } of propertiesOf(value)) {
      const known = entryFields.find((known) => known === name.toLowerCase());
      if (known === undefined || field.type === 'null') continue;
      if (field.type === 'string')
        entry.fields[known] = { text: String(field.value), place: place(field.offset) };
      else wrong(field, `"${known}" of the entry is ${named(field)}; it should be a text.`, key);
    }
  }
}

function checkShape(name: string, value: Node, shape: Exclude<Shape, 'auths'>, wrong: Wrong): void {
  const { type, words, inner } = wanted[shape];
  if (value.type !== type) {
    wrong(value, `"${shownKey(name)}" is ${named(value)}; it should be ${words}.`, null);
    return;
  }
  if (inner === null) return;
  const parts =
    type === 'array'
      ? (value.children ?? []).map((item) => ({ name, value: item }))
      : propertiesOf(value).map((property) => ({ name: `${name}.${property.name}`, value: property.value }));
  for (const part of parts) if (part.value.type !== 'null') checkShape(part.name, part.value, inner, wrong);
}

const wanted = {
  text: { type: 'string', words: 'a text', inner: null },
  texts: { type: 'array', words: 'a list', inner: 'text' },
  'text map': { type: 'object', words: 'an object', inner: 'text' },
  'text maps': { type: 'object', words: 'an object', inner: 'text map' },
} as const;

function named(node: Node): string {
  const names = {
    object: 'an object',
    array: 'a list',
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
    null: 'null',
    property: 'a property',
  };
  return names[node.type];
}
