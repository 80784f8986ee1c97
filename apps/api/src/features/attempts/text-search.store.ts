import type { HistoryFile } from '@pull-doctor/database';

/** Finds the texts of attempts that have some words in them, in any place and in either case of ASCII letters. */
export interface TextSearch {
  /** The texts, and how many attempts have them; null where there are more attempts than are worth looking up so. */
  find(words: string, attemptsMax: number): number[] | null;
}

/** A condition on PullText under the alias `t`, for @words. */
export const hasWords = 'instr(lower(t.text), lower(@words)) > 0';

// More would not leave out much that the first ones let through.
const trigramsMax = 12;

export function textSearch(db: HistoryFile): TextSearch {
  const indexed = db.prepare<[{ match: string; words: string }], { id: number; uses: number }>(
    `SELECT t.id, t.uses FROM PullTextIndex i CROSS JOIN PullText t ON t.id = i.rowid WHERE i.PullTextIndex MATCH @match AND ${hasWords}`,
  );
  const scanned = db.prepare<[{ words: string }], { id: number; uses: number }>(
    `SELECT t.id, t.uses FROM PullText t WHERE ${hasWords}`,
  );
  return {
    find(words, attemptsMax) {
      const match = trigramsOf(words);
      const found = match === null ? scanned.iterate({ words }) : indexed.iterate({ match, words });
      const ids: number[] = [];
      let attempts = 0;
      for (const { id, uses } of found) {
        ids.push(id);
        attempts += uses;
        if (attempts > attemptsMax) return null;
      }
      return ids;
    },
  };
}

/** Three characters each, all of which a text must have to have the words; null where the words are shorter. */
function trigramsOf(words: string): string | null {
  const characters = Array.from(words);
  if (characters.length < 3) return null;
  const places = Array.from({ length: Math.floor(characters.length / 3) }, (_, index) => index * 3);
  const starts = [...places, characters.length - 3].slice(0, trigramsMax);
  return [...new Set(starts)]
    .map(
      (at) =>
        `"${characters
          .slice(at, at + 3)
          .join('')
          .replaceAll('"', '""')}"`,
    )
    .join(' AND ');
}
