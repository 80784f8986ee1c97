import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const contractFolder = fileURLToPath(new URL('../../../packages/contract/src/', import.meta.url));

/**
 * Leaves the schemas of the contract at home: what the page gets of a contract module that uses zod is its words
 * (the method and path of an endpoint, the table of causes, limits), read from the module itself at build time.
 *
 * zod and the schemas weigh 34 KB compressed, a quarter of what the first view may weigh, and would check answers of
 * a server that was built together with this page from the same schemas. The types are the contract's own all the same.
 */
export function contractWords(): Plugin {
  return {
    name: 'contract-words',
    enforce: 'pre',
    async load(id) {
      const [file = ''] = id.split('?');
      if (!file.startsWith(contractFolder) || !file.endsWith('.ts')) return null;
      const source = await readFile(file, 'utf8');
      if (!/from 'zod'/.test(source)) return null;
      const module: Record<string, unknown> = await import(pathToFileURL(file).href);
      return Object.entries(module)
        .map(([name, value]) => [name, wordsOf(value)] as const)
        .filter(([, words]) => words !== undefined)
        .map(([name, words]) => `export const ${name} = ${JSON.stringify(words)};`)
        .join('\n');
    },
  };
}

function wordsOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if ('_zod' in value) return undefined;
  if ('method' in value && 'path' in value && 'answer' in value)
    return { method: value.method, path: value.path };
  return value;
}
