import { causeList } from 'virtual:cause-list';
import { type Cause, causeFacts } from '@pull-doctor/contract/causes';
import MiniSearch, { type SearchResult } from 'minisearch';
import { type CauseText, messageWeights } from './cause-page.ts';
import { phrasesOf, wordsOf } from './search-words.ts';

/** A page that has what was searched, and where. */
export interface Found {
  cause: Cause;
  /** The line of a program that is most like what was typed; null where the words stand elsewhere. */
  message: string | null;
  /** The words of what was typed that the page has. */
  words: string[];
  /** The id of the part of the page that has them, such as `what-to-do`; null where title or messages do. */
  part: string | null;
}

export interface CauseIndex {
  /**
   * The pages that have what was typed or pasted, the likeliest first. Of a few words all have to be there, the last
   * of them perhaps unfinished; of a whole line, what stands in it in the same order counts most.
   */
  search: (query: string) => Found[];
  /** The causes whose code or title is like a text that is neither. */
  nearest: (code: string) => Cause[];
}

// what is longer was pasted, and a whole line need not have all its words on one page
const typedWordsMax = 5;
// of a pasted line nearly every page has a word or two; those under this share of the best are chance
const shareMin = 0.4;
const nearestMax = 3;

/** Makes the pages searchable, which takes a few milliseconds. */
export function indexCauses(texts: readonly CauseText[]): CauseIndex {
  const parts = [...new Set(texts.flatMap(({ words }) => Object.keys(words)))];
  const index = new MiniSearch({
    fields: ['badge', 'title', ...messageWeights, ...parts],
    tokenize: (text, field) => (isOfMessages(field) ? wordsAndPhrasesOf(text) : wordsOf(text)),
    processTerm: (term) => term,
    searchOptions: {
      tokenize: wordsAndPhrasesOf,
      boost: { badge: 3, title: 3, lead: 1.5, proves: 3, fits: 2, allows: 0.5 },
      // that a page quotes many messages does not make one of them less like what was pasted
      bm25: { k: 1.2, b: 0.1, d: 0.5 },
    },
  });
  index.addAll(
    texts.map(({ cause, messages, words }) => ({
      id: cause,
      badge: `${causeFacts[cause].badge} ${cause}`,
      title: causeList.find((entry) => entry.cause === cause)?.title,
      ...Object.fromEntries(messageWeights.map((weight) => [weight, messages[weight].join('\n')])),
      ...words,
    })),
  );

  return {
    search: (query) => {
      const words = wordsOf(query);
      if (words.length === 0) return [];
      if (words.length <= typedWordsMax) {
        const exact = index.search(query, { prefix: isUnfinished }).filter(hasAll(words));
        if (exact.length > 0) return exact.map((result) => foundIn(result, words));
      }
      // a slip of the finger in a long word
      const fuzzy = (term: string) => words.length <= typedWordsMax && term.length > 5 && isWord(term) && 0.2;
      const results = index.search(query, { prefix: isUnfinished, fuzzy });
      const best = results[0]?.score ?? 0;
      return results.filter(({ score }) => score >= best * shareMin).map((result) => foundIn(result, words));
    },
    nearest: (code) =>
      index
        .search(code, {
          fields: ['badge', 'title'],
          tokenize: wordsOf,
          fuzzy: 0.34,
          prefix: (term) => term.length > 2,
        })
        .slice(0, nearestMax)
        .map(({ id }) => id as Cause),
  };

  function foundIn({ id, match }: SearchResult, asked: readonly string[]): Found {
    const text = texts.find(({ cause }) => cause === id);
    const terms = Object.keys(match);
    const fields = new Set(Object.values(match).flat());
    const lines = messageWeights.flatMap((weight) =>
      fields.has(weight) ? (text?.messages[weight] ?? []) : [],
    );
    const message = closestLine(lines, [...terms, ...wordsAndPhrasesOf(asked.join(' '))]);
    const part = parts.find((name) => fields.has(name)) ?? null;
    const isOnTop = fields.has('title') || fields.has('badge') || part === 'lead';
    return {
      cause: id as Cause,
      message,
      words: terms.filter(isWord),
      part: message || isOnTop ? null : part,
    };
  }
}

const wordsAndPhrasesOf = (text: string) => [...wordsOf(text), ...phrasesOf(text)];
const isOfMessages = (field: string | undefined) => messageWeights.some((weight) => weight === field);
const isWord = (term: string) => !term.includes(' ');

/** The last word of what is being typed. */
const isUnfinished = (term: string, place: number, terms: readonly string[]) =>
  place === terms.findLastIndex(isWord) && place < typedWordsMax && isWord(term);

const hasAll =
  (words: readonly string[]) =>
  ({ queryTerms }: SearchResult) =>
    words.every((word) => queryTerms.includes(word));

/**
 * The line that shares most with what was asked; phrases count as well as their words, and where there could be one,
 * there has to be.
 */
function closestLine(lines: readonly string[], asked: readonly string[]): string | null {
  const wanted = new Set(asked);
  const hasPhrase = asked.some((term) => !isWord(term));
  let best = { line: null as string | null, score: 0 };
  for (const line of lines) {
    const terms = wordsAndPhrasesOf(line);
    const common = [...new Set(terms)].filter((term) => wanted.has(term));
    const shared = hasPhrase && common.every(isWord) ? 0 : common.length;
    // of two lines that share as much, the one with less besides
    const score = shared - terms.length / 1000;
    if (shared > 0 && score > best.score) best = { line, score };
  }
  return best.line;
}
