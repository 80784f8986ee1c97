import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Cause, causes } from '@pull-doctor/contract/causes';
import type { Plugin } from 'vite';
import type { CauseEntry, CausePage } from '../src/features/causes/cause-page.ts';
import { causeTextOf, type SignLine } from './cause-text.ts';
import { readCausePage } from './read-cause-page.ts';

const fileOf = (cause: Cause, file: string) =>
  fileURLToPath(new URL(`../../../packages/diagnosis/src/rules/${cause}/${file}`, import.meta.url));

/**
 * The reference of causes, from rules/<cause>/rule.md:
 *
 * - `virtual:cause-list` has title and summary of each,
 * - `virtual:cause-pages` loads one page, each a file of its own,
 * - `virtual:cause-texts` is what is searched: words of the pages, and the real lines that the rules' signs were taken
 *   from.
 */
export function causePages(): Plugin {
  return {
    name: 'cause-pages',
    resolveId: (id) => (/^virtual:cause-(?:list|pages|texts|page\/[a-z-]+)$/.test(id) ? `\0${id}` : null),
    async load(id) {
      const [, module, code] = /^\0virtual:cause-(list|pages|texts|page)(?:\/([a-z-]+))?$/.exec(id) ?? [];
      const read = async (cause: Cause): Promise<CausePage> => {
        const file = fileOf(cause, 'rule.md');
        this.addWatchFile(file);
        return readCausePage(cause, await readFile(file, 'utf8'));
      };
      switch (module) {
        case 'list':
          return `export const causeList = ${json(await Promise.all(causes.map(async (cause) => entryOf(await read(cause)))))};`;
        case 'texts':
          return `export const causeTexts = ${json(
            await Promise.all(
              causes.map(async (cause) => causeTextOf(await read(cause), await signsOf(cause))),
            ),
          )};`;
        case 'pages':
          return `export const loadCausePage = {${causes
            .map((cause) => `'${cause}': () => import('virtual:cause-page/${cause}')`)
            .join()}};`;
        case 'page': {
          const cause = causes.find((known) => known === code);
          return cause ? `export const page = ${json(await read(cause))};` : null;
        }
        default:
          return null;
      }
    },
  };
}

const entryOf = ({ cause, title, summary }: CausePage): CauseEntry => ({ cause, title, summary });

// a string that is parsed is quicker to read than an object that is written out
const json = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

async function signsOf(cause: Cause): Promise<SignLine[]> {
  // the one cause that nothing tells of
  if (cause === 'unknown') return [];
  const module: { signs: readonly SignLine[] } = await import(pathToFileURL(fileOf(cause, 'signs.ts')).href);
  return module.signs.map(({ line, weight }) => ({ line, weight }));
}
