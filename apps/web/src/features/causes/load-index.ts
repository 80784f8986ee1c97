import type { CauseIndex } from './search.ts';

let loaded: Promise<CauseIndex> | null = null;

/** The search, which comes in files of its own: most who open a page do not search. Made once. */
export function loadIndex(): Promise<CauseIndex> {
  loaded ??= Promise.all([import('./search.ts'), import('virtual:cause-texts')]).then(
    ([{ indexCauses }, { causeTexts }]) => indexCauses(causeTexts),
  );
  // a file that did not come may come the next time
  loaded.catch(() => {
    loaded = null;
  });
  return loaded;
}
