import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/** The table of docs/ARCHITECTURE.md, "Who may import whom": what ships, without what only tests use. */
const mayImport: Record<string, string[]> = {
  'packages/contract': [],
  'packages/diagnosis': ['contract'],
  'packages/registry': ['contract', 'diagnosis'],
  'packages/docker-config': ['contract', 'diagnosis'],
  'packages/testkit': [],
  prisma: [],
  'apps/api': ['contract', 'database', 'diagnosis', 'docker-config', 'registry'],
  'apps/web': ['contract'],
  e2e: [],
  bench: [],
};
const testsMayImport: Record<string, string[]> = {
  'packages/registry': ['testkit'],
  'packages/docker-config': ['testkit'],
  'apps/api': ['testkit'],
  e2e: ['contract', 'testkit'],
  bench: ['contract', 'diagnosis', 'testkit'],
};
const foreign: Record<string, RegExp> = {
  'packages/contract': /^(?!zod$)/,
  'packages/diagnosis': /^(?:undici|dockerode|fastify|react|@prisma)/,
  'packages/registry': /^(?:dockerode|fastify|react|@prisma)/,
  'packages/docker-config': /^(?:dockerode|fastify|react|@prisma|undici)/,
  'apps/web': /^(?:dockerode|fastify|@prisma|undici|better-sqlite3)/,
};

describe('every package imports what docs/ARCHITECTURE.md allows', () => {
  it.each(Object.keys(mayImport))('%s', (folder) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
    ) as { dependencies?: Record<string, string>; devDependencies?: Record<string, string> };
    const ours = (names: object) =>
      Object.keys(names)
        .filter((name) => name.startsWith('@pull-doctor/'))
        .map((name) => name.replace('@pull-doctor/', ''))
        .sort();
    const others = Object.keys(dependencies).filter((name) => !name.startsWith('@pull-doctor/'));
    expect(ours(dependencies)).toEqual(mayImport[folder]);
    expect(ours(devDependencies)).toEqual(testsMayImport[folder] ?? []);
    expect(others.filter((name) => foreign[folder]?.test(name))).toEqual([]);
  });
});

describe('the repository', () => {
  // "Helper" is a word of the field here: a credential helper.
  it('has no drawers for leftovers and no barrel files', () => {
    const drawers = sourceFiles(root).filter((file) =>
      /(?:^|\/)(?:utils?|types|misc|common|shared|index)\.tsx?$/.test(file),
    );
    expect(drawers.filter((file) => file !== 'prisma/index.ts')).toEqual([]);
  });

  it('holds every folder that docs/ARCHITECTURE.md names', () => {
    const architecture = readFileSync(path.join(root, 'docs/ARCHITECTURE.md'), 'utf8');
    const named = [...architecture.matchAll(/`((?:apps|packages|prisma)\/[\w/.-]+)`/g)].map(
      ([, name]) => name ?? '',
    );
    expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/(?:^|\/)(?:node_modules|dist|generated)\//.test(file));
}
