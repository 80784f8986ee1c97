import { redactText } from '@pull-doctor/contract/redact';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { loadIndex } from './load-index.ts';
import type { CauseIndex, Found } from './search.ts';

export interface CauseSearch {
  /** What stands in the field. */
  text: string;
  setText: (text: string) => void;
  /** Null while nothing is searched. */
  found: readonly Found[] | null;
  /** Whether the search itself did not come from the server. */
  hasFailed: boolean;
  /** Puts what is searched into the address at once. */
  keep: () => void;
}

const addressWaitMs = 250;
// of a whole log, the end is searched: the error stands there
const charactersMax = 1000;

/**
 * What is searched, with what it finds. The address follows with a short delay and without an entry of its own in the
 * history, and never holds what looks like a secret; a paste loses that in the field as well.
 */
export function useCauseSearch(asked: string): CauseSearch {
  const [text, setOwnText] = useState(asked);
  const [index, setIndex] = useState<CauseIndex | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const navigate = useNavigate();
  const timer = useRef<number>(undefined);
  const kept = useRef(asked);

  const keep = useCallback(
    (value: string) => {
      window.clearTimeout(timer.current);
      const q = searchedOf(value);
      if (q === kept.current) return;
      kept.current = q;
      void navigate({ to: '/causes', search: q ? { q } : {}, replace: true });
    },
    [navigate],
  );

  // Back, or a link to another search
  useEffect(() => {
    if (asked === kept.current) return;
    kept.current = asked;
    setOwnText(asked);
  }, [asked]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  // it comes with the first letter at the latest; most who open the list want to search it
  useEffect(() => {
    let isWanted = true;
    loadIndex().then(
      (loaded) => isWanted && setIndex(loaded),
      () => isWanted && setFailed(true),
    );
    return () => {
      isWanted = false;
    };
  }, []);

  const searched = searchedOf(text);
  return {
    text,
    setText: (next) => {
      // replacing what is being typed would be worse than the moment in which it stands there
      const isPasted = next.length > text.length + 1;
      setOwnText(isPasted ? redactText(next).text : next);
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => keep(next), addressWaitMs);
    },
    found: index && searched ? index.search(searched) : null,
    hasFailed: hasFailed && searched !== '',
    keep: () => keep(text),
  };
}

const searchedOf = (text: string) => redactText(text).text.trim().slice(-charactersMax);
