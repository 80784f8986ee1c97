import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { causes } from '@pull-doctor/contract/causes';
import { describe, expect, it } from 'vitest';
import { providers } from './providers/providers.ts';
import { allRules } from './rules/all-rules.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const foldersIn = (path: string) =>
  readdirSync(here(path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
const read = (path: string) => readFileSync(here(path), 'utf8');

const ruleHeadings = [
  'What you see',
  'What happened',
  'How Pull Doctor can tell',
  'What to do',
  'When it is something else',
];

describe('every cause', () => {
  it('has a folder and a place in the list, in the order in which the causes strike', () => {
    expect(foldersIn('./rules').sort()).toEqual([...causes].sort());
    expect(allRules.map(({ cause }) => cause)).toEqual(causes);
  });

  it.each(causes)('%s has its rule, its tests and its page', (cause) => {
    for (const file of ['rule.ts', 'rule.test.ts', 'rule.md']) {
      expect(existsSync(here(`./rules/${cause}/${file}`)), `rules/${cause}/${file}`).toBe(true);
    }
  });

  it.each(causes)('%s has the same headings as all others on its page', (cause) => {
    const page = read(`./rules/${cause}/rule.md`);
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(ruleHeadings);
    expect(page).toMatch(/^# \S/);
  });

  it.each(causes)('%s links only to causes that exist', (cause) => {
    const linked = [...read(`./rules/${cause}/rule.md`).matchAll(/\]\(\.\.\/([a-z-]+)\/rule\.md\)/g)];
    for (const [, other] of linked) expect(causes).toContain(other);
    if (cause !== 'unknown') expect(linked).not.toEqual([]);
  });
});

describe('every provider', () => {
  it('has a folder named after its id, and is in the list once', () => {
    expect(foldersIn('./providers').sort()).toEqual(providers.map(({ id }) => id).sort());
  });

  it.each(providers.map(({ id }) => id))('%s has its facts, its tests and its page', (id) => {
    for (const file of ['provider.ts', 'provider.test.ts', 'provider.md']) {
      expect(existsSync(here(`./providers/${id}/${file}`)), `providers/${id}/${file}`).toBe(true);
    }
  });
});

const sources = readdirSync(here('.'), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);

describe('the diagnosis', () => {
  it.each(sources)('%s touches neither network, disk nor clock', (file) => {
    expect(read(`./${file}`)).not.toMatch(
      /from 'node:|\brequire\(|\bfetch\(|Date\.now\(|new Date\(\)|performance\.|Math\.random\(|process\.|setTimeout\(/,
    );
  });

  it.each(sources)('%s imports nothing but the contract, a library of strings, and itself', (file) => {
    const imported = [...read(`./${file}`).matchAll(/from '([^']+)'/g)].map(([, name]) => name ?? '');
    const allowed = /^(?:\.{1,2}\/|@pull-doctor\/contract\/|fastest-levenshtein$)/;
    expect(imported.filter((name) => !allowed.test(name))).toEqual([]);
  });
});

describe('what a person reads', () => {
  const spoken = sources.filter((file) => /^(?:rules|facts|steps|progress|providers)\//.test(file));

  it.each(spoken)('%s keeps to the words of the product', (file) => {
    const strings = [...read(`./${file}`).matchAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g)].map(
      ([text]) => text,
    );
    const sentences = strings.filter((text) => / [a-z]+ /.test(text)).join('\n');
    expect(sentences).not.toMatch(/\bplease\b|successfully|\boops\b|\bcreds\b|whitelist|\w!(?:\s|['"`])/i);
  });

  it('never advises to put a secret on the command line', () => {
    for (const file of spoken)
      expect(read(`./${file}`), file).not.toMatch(/docker login[^'`\n]* (?:-p|--password)[ =]/);
  });
});
