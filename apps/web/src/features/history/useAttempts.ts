import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { HistoryView } from './filters.ts';
import { foldRepeats, unfolded } from './fold.ts';
import { newestQuery, pagesQuery } from './history-queries.ts';
import { type News, newsOf, type Pages, withChanges, withNews } from './merge.ts';

const slideMs = 400;
// the head of the page with its filters and the first rows: nobody has begun to read downwards
const topPx = 120;

const isAtTop = (): boolean => window.scrollY <= topPx && !document.activeElement?.closest('[data-index]');

const firstPage = ({ pages, pageParams }: Pages): Pages => ({
  pages: pages.slice(0, 1),
  pageParams: pageParams.slice(0, 1),
});

/**
 * The attempts of a view, page by page, as rows. They change under nobody's eyes: what is new waits until it is shown,
 * and comes in by itself only where the top of the list is in sight and no drawer is open.
 */
export function useAttempts(view: HistoryView) {
  const queryClient = useQueryClient();
  const pages = useInfiniteQuery(pagesQuery(view));
  const isNewestFirst = view.sort === '-time';
  const isOpenEnded = 'preset' in view.range || view.range.to === null;
  const { data: newest, error: newestError } = useQuery({
    ...newestQuery(view),
    enabled: isOpenEnded,
  });
  const [isSliding, setSliding] = useState(false);
  const {
    data,
    hasNextPage,
    isFetchingNextPage,
    isFetchNextPageError,
    fetchNextPage,
    isPlaceholderData,
    refetch,
  } = pages;

  const attempts = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  const rows = useMemo(
    () => attempts && (view.isGrouped ? foldRepeats(attempts) : unfolded(attempts)),
    [attempts, view.isGrouped],
  );
  const news: News | null = useMemo(
    () =>
      attempts && newest && isNewestFirst && !isPlaceholderData
        ? newsOf(attempts, newest, hasNextPage)
        : null,
    [attempts, newest, isNewestFirst, isPlaceholderData, hasNextPage],
  );
  const { queryKey } = pagesQuery(view);
  const key = JSON.stringify(queryKey);

  // what became of an attempt that stands in the list takes no room, and is shown at once
  useEffect(() => {
    if (newest) queryClient.setQueryData(queryKey, (old) => old && withChanges(old, newest));
  }, [queryClient, key, newest]);

  const showNews = useCallback(() => {
    if (!news || !newest) return;
    setSliding(true);
    setTimeout(() => setSliding(false), slideMs);
    if (news.isMore) {
      // of a list that is far behind, the first page alone is read anew
      queryClient.setQueryData(queryKey, (old) => old && firstPage(old));
      void refetch();
    } else queryClient.setQueryData(queryKey, (old) => old && withNews(old, newest, hasNextPage));
  }, [queryClient, key, news, newest, hasNextPage, refetch]);

  const isWaiting = news !== null && news.count > 0;
  const isDrawerOpen = view.attempt !== null;
  useEffect(() => {
    if (isWaiting && !isDrawerOpen && isAtTop()) showNews();
  }, [isWaiting, isDrawerOpen, showNews]);

  const showNewsOnTop = useCallback(() => {
    if (!isWaiting) return;
    showNews();
    window.scrollTo({ top: 0 });
  }, [isWaiting, showNews]);

  // a list that could not be read at first is read when the server answers again
  const isNotRead = pages.isError && attempts === undefined;
  useEffect(() => {
    if (isNotRead && newest) void refetch();
  }, [isNotRead, newest, refetch]);

  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return {
    attempts,
    rows,
    error: pages.error ?? newestError,
    isPending: pages.isPending,
    hasMore: hasNextPage,
    // by itself it is not asked again for a page that could not be read
    onMore: hasNextPage && !isFetchingNextPage && !isFetchNextPageError ? more : null,
    onMoreAgain: isFetchNextPageError ? more : null,
    news: isWaiting ? news : null,
    showNews: showNewsOnTop,
    isSliding,
  };
}
