import type { AttemptPage, PullAttempt } from '@pull-doctor/contract/attempts';

export interface Pages {
  pages: AttemptPage[];
  pageParams: unknown[];
}

/** What the newest page of the server has that the list does not show. */
export interface News {
  /** Attempts that are not in the list. */
  count: number;
  /** There may be more of them than the newest page holds. */
  isMore: boolean;
}

/** Compares the newest page with the list. An attempt that is older than all of the list is not news. */
export function newsOf(list: readonly PullAttempt[], newest: AttemptPage, hasOlder: boolean): News {
  const fresh = freshOf(list, newest, hasOlder);
  return {
    count: fresh.length,
    isMore: fresh.length > 0 && fresh.length === newest.items.length && newest.nextCursor !== null,
  };
}

/** The list with what became of its attempts since, such as a pull that ran and ended. Nothing is added. */
export function withChanges(data: Pages, newest: AttemptPage): Pages {
  const byId = new Map(newest.items.map((attempt) => [attempt.id, attempt]));
  let isChanged = false;
  const pages = data.pages.map((page) => {
    const items = page.items.map((attempt) => {
      const now = byId.get(attempt.id);
      if (!now || isSame(attempt, now)) return attempt;
      isChanged = true;
      return now;
    });
    return { ...page, items };
  });
  return isChanged ? { ...data, pages } : data;
}

/** The list with the new attempts in their places, newest first. */
export function withNews(data: Pages, newest: AttemptPage, hasOlder: boolean): Pages {
  const list = data.pages.flatMap(({ items }) => items);
  const fresh = freshOf(list, newest, hasOlder);
  const [first, ...others] = data.pages;
  if (fresh.length === 0 || !first) return data;
  const items = [...fresh, ...first.items].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  return { ...data, pages: [{ ...first, items }, ...others] };
}

function freshOf(list: readonly PullAttempt[], newest: AttemptPage, hasOlder: boolean): PullAttempt[] {
  const known = new Set(list.map(({ id }) => id));
  const oldestMs = Date.parse(list.at(-1)?.startedAt ?? '');
  return newest.items.filter(
    ({ id, startedAt }) => !known.has(id) && !(hasOlder && Date.parse(startedAt) < oldestMs),
  );
}

const isSame = (a: PullAttempt, b: PullAttempt): boolean =>
  a.outcome === b.outcome &&
  a.cause === b.cause &&
  a.certainty === b.certainty &&
  a.diagnosisId === b.diagnosisId &&
  a.tookMs === b.tookMs &&
  a.reference === b.reference &&
  a.user === b.user &&
  a.client === b.client &&
  a.message === b.message;
