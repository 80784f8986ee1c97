import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react';

/** What of a virtualised list the focus needs. */
export interface RowPlaces {
  count: number;
  /** The first row that can be seen. */
  firstSeen: () => number;
  scrollTo: (index: number) => void;
}

/**
 * Keeps the focus in a list of which only a window is in the document: the row that has it stays in the document, and
 * J, K, arrows, Home and End go on from it.
 */
export function useRowFocus(body: RefObject<HTMLElement | null>) {
  const [focused, setFocused] = useState<number | null>(null);
  const places = useRef<RowPlaces>({ count: 0, firstSeen: () => 0, scrollTo: () => {} });
  const focusRow = useCallback(
    (index: number) => {
      const { count, scrollTo } = places.current;
      if (count === 0) return;
      const next = Math.min(Math.max(index, 0), count - 1);
      setFocused(next);
      scrollTo(next);
      // the row may have to be made first
      requestAnimationFrame(() => {
        const link = body.current?.querySelector(`[data-index="${next}"] a`);
        if (link instanceof HTMLElement) link.focus({ preventScroll: true });
      });
    },
    [body],
  );
  const step = useCallback(
    (by: 1 | -1) => {
      const row = document.activeElement?.closest('[data-index]');
      const at = row && body.current?.contains(row) ? Number(row.getAttribute('data-index')) : null;
      focusRow(at === null ? places.current.firstSeen() : at + by);
    },
    [body, focusRow],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Home: () => focusRow(0),
      End: () => focusRow(places.current.count - 1),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  const onFocus = ({ target }: FocusEvent) => {
    const index = target.closest('[data-index]')?.getAttribute('data-index');
    if (index) setFocused(Number(index));
  };
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setFocused(null);
  };
  return { focused, places, focusRow, step, on: { onKeyDown, onFocus, onBlur } };
}
