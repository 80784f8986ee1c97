import { useNavigate, useRouter, useRouterState, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { changed, type HistoryView, viewOf } from './filters.ts';
import type { HistorySearch } from './search.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The drawer was opened by the step that led here, so that going back closes it. */
    drawer?: boolean;
  }
}

export interface History {
  view: HistoryView;
  /** The whole address, with whose configuration is looked at. */
  search: HistorySearch & { user?: string };
  /** Changes the address; Back takes it away, unless it replaces what was there. */
  change: (change: HistorySearch, how?: { replace?: boolean }) => void;
  openAttempt: (id: string) => void;
  closeAttempt: () => void;
}

/** What the address asks of the history, and how it is changed. */
export function useHistory(): History {
  const search = useSearch({ from: '/shell/history' });
  const navigate = useNavigate();
  const { history } = useRouter();
  const isDrawerOwn = useRouterState({ select: ({ location }) => location.state.drawer === true });
  const isOpen = search.attempt !== undefined;
  const view = useMemo(() => viewOf(search), [search]);
  const change = useCallback(
    (part: HistorySearch, { replace = false }: { replace?: boolean } = {}) =>
      void navigate({
        to: '/history',
        search: (old) => changed(old, part),
        replace,
        resetScroll: false,
        state: replace && isDrawerOwn ? { drawer: true } : {},
      }),
    [navigate, isDrawerOwn],
  );
  const openAttempt = useCallback(
    (id: string) =>
      void navigate({
        to: '/history',
        search: (old) => changed(old, { attempt: id }),
        // one step in the browser's history for opening, however many attempts are looked at
        replace: isOpen,
        resetScroll: false,
        state: isOpen && !isDrawerOwn ? {} : { drawer: true },
      }),
    [navigate, isOpen, isDrawerOwn],
  );
  const closeAttempt = useCallback(() => {
    if (isDrawerOwn) history.back();
    else change({ attempt: '' }, { replace: true });
  }, [isDrawerOwn, history, change]);
  return { view, search, change, openAttempt, closeAttempt };
}

/** The address of an attempt's drawer in a view, for a link that can be opened in another tab. */
export const attemptHref = (search: HistorySearch & { user?: string }, id: string): string =>
  `/history?${new URLSearchParams({ ...search, attempt: id })}`;
