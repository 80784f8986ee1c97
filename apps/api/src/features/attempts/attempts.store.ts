import type { AttemptFilter, attemptOrders, PullAttempt } from '@pull-doctor/contract/attempts';
import type { HistoryFile } from '@pull-doctor/database';
import type { HostNames } from './host-names.ts';
import { type Condition, type KindFilter, kindFilter } from './kind-filter.ts';
import { rowCount } from './row-count.store.ts';
import { type AttemptRow, asAttempt } from './stored-attempt.ts';
import { hasWords, type TextSearch } from './text-search.store.ts';
import { firstSeqOf } from './time-order.ts';

export type AttemptOrder = (typeof attemptOrders)[number];

/** Where a page ended: what it was sorted by, and the row. */
export interface Place {
  value: string | number | null;
  seq: number;
}

export interface AttemptsAsked {
  filter: AttemptFilter;
  order: AttemptOrder;
  after: Place | null;
  limit: number;
}

/** Reads attempts. Nothing is written here. */
export interface AttemptsStore {
  find(id: string): PullAttempt | null;
  /** A page, and where it ended; null: nothing follows. Rows that arrive meanwhile move nothing: a place is a row, not a number. */
  page(asked: AttemptsAsked): { items: PullAttempt[]; end: Place | null };
  /** All that pass, newest first, each read when it is taken; between two of them others may read and write. */
  walk(filter: AttemptFilter): Generator<PullAttempt>;
}

/** How the rows are come by: along the order asked for, or by their time, kinds or texts, sorted afterwards. */
type Way = { by: 'order' } | { by: 'time' } | { by: 'kinds' } | { by: 'texts'; ids: number[] };

const usualLimits = {
  /** As many rows are looked up one by one in the time that a page may take. */
  gathered: 20_000,
  /** What is not rare is among so many rows that come next; words are rarer than kinds. */
  nearest: { kinds: 800, words: 5_000 },
};
const yearsAhead = Date.parse('9999-01-01T00:00:00Z');
const walkedAtOnce = 1_000;

/** @param limits choose between ways to the same rows. */
export function attemptsStore(
  db: HistoryFile,
  hosts: HostNames,
  texts: TextSearch,
  limits = usualLimits,
): AttemptsStore {
  const byId = db.prepare<[string], AttemptRow>('SELECT * FROM PullAttempt WHERE id = ?');
  const bySeq = db.prepare<[number], AttemptRow>('SELECT * FROM PullAttempt WHERE seq = ?');

  const rowsIn = rowCount(db);

  function page({ filter, order, after, limit }: AttemptsAsked) {
    // One more than asked for tells whether there is a next page.
    const seqs = seqsOf({ filter, order, after, limit: limit + 1 });
    const rows = seqs.slice(0, limit).flatMap((seq) => bySeq.get(seq) ?? []);
    const last = rows.at(-1);
    return {
      items: rows.map((row) => asAttempt(row, hosts)),
      end: last && seqs.length > limit ? { seq: last.seq, value: sortedBy(order, last) } : null,
    };
  }

  function* walk(filter: AttemptFilter): Generator<PullAttempt> {
    for (let after: Place | null = null; ; ) {
      const seqs = seqsOf({ filter, order: '-time', after, limit: walkedAtOnce });
      for (const seq of seqs) {
        const row = bySeq.get(seq);
        if (row) yield asAttempt(row, hosts);
      }
      const last = seqs.at(-1);
      if (last === undefined || seqs.length < walkedAtOnce) return;
      after = { seq: last, value: null };
    }
  }

  function seqsOf({ filter, order, after, limit }: AttemptsAsked): number[] {
    const kinds = kindFilter(filter, hosts, 'k');
    const span = spanOf(filter);
    const isFiltered = filter.q !== undefined || !kinds.isEverything;
    if (!order.endsWith('time') || !isFiltered) return inSegments(filter, kinds, span, order, after, limit);
    const near = amongNearest(filter, kinds, span, order, after, limit);
    if (near) return near;
    return filter.q === undefined
      ? newestOfKinds(kinds, span, order, after, limit)
      : inSegments(filter, kinds, span, order, after, limit);
  }

  /** Of all kinds that pass only those whose newest row is among the first ones can have a row on the page. */
  function newestOfKinds(
    kinds: KindFilter,
    span: Span,
    order: AttemptOrder,
    after: Place | null,
    limit: number,
  ): number[] {
    const isDown = order.startsWith('-');
    const [from, to] = isDown
      ? [span.from, Math.min(span.to, after?.seq ?? span.to)]
      : [Math.max(span.from, after ? after.seq + 1 : span.from), span.to];
    const direction = isDown ? 'DESC' : 'ASC';
    const first = db
      .prepare<[unknown], { id: number; seq: number }>(`
        SELECT * FROM (SELECT k.id, (SELECT a.seq FROM PullAttempt a WHERE a.kindId = k.id AND a.seq >= @from AND a.seq < @to
          ORDER BY a.seq ${direction} LIMIT 1) AS seq FROM PullKind k WHERE ${kinds.sql})
        WHERE seq IS NOT NULL ORDER BY seq ${direction} LIMIT @limit`)
      .all({ ...kinds.values, from, to, limit });
    const rest = db
      .prepare<[number, number, number, number], number>(
        `SELECT seq FROM PullAttempt WHERE kindId = ? AND seq >= ? AND seq < ? ORDER BY seq ${direction} LIMIT ?`,
      )
      .pluck();
    return first
      .flatMap(({ id }) => rest.all(id, from, to, limit))
      .sort((one, other) => (isDown ? other - one : one - other))
      .slice(0, limit);
  }

  /** Looks at some rows along the order of time; null where they do not fill the page. */
  function amongNearest(
    { q }: AttemptFilter,
    kinds: KindFilter,
    span: Span,
    order: AttemptOrder,
    after: Place | null,
    limit: number,
  ): number[] | null {
    const [segment] = segmentsOf(order, after) as [Segment];
    const found = db
      .prepare<[unknown], number>(`SELECT a.seq FROM (SELECT a.seq, a.kindId, a.textId FROM PullAttempt a
        WHERE a.seq >= @from AND a.seq < @to AND ${segment.sql} ORDER BY ${segment.order} LIMIT @nearest) a
        ${kinds.isEverything ? '' : 'CROSS JOIN PullKind k ON k.id = a.kindId'}
        ${q === undefined ? '' : 'CROSS JOIN PullText t ON t.id = a.textId'}
        WHERE ${kinds.sql} AND ${q === undefined ? 'true' : hasWords} LIMIT @limit`)
      .pluck()
      .all({
        ...kinds.values,
        ...span,
        ...segment.values,
        words: q,
        limit,
        nearest: q === undefined ? limits.nearest.kinds : limits.nearest.words,
      });
    return found.length === limit ? found : null;
  }

  function inSegments(
    filter: AttemptFilter,
    kinds: KindFilter,
    span: Span,
    order: AttemptOrder,
    after: Place | null,
    limit: number,
  ): number[] {
    const values = { ...kinds.values, ...span, ...(filter.q !== undefined && { words: filter.q }) };
    const segments = segmentsOf(order, after);
    const way = wayFor(filter, kinds, order);
    const seqs: number[] = [];
    for (const segment of segments) {
      if (seqs.length >= limit) break;
      seqs.push(...run(way, segment, limit - seqs.length));
    }
    return seqs;

    function run(way: Way, segment: Segment, count: number): number[] {
      const text = filter.q === undefined ? '' : 'CROSS JOIN PullText t ON t.id = a.textId';
      const ofKind = kinds.isEverything ? '' : 'CROSS JOIN PullKind k ON k.id = a.kindId';
      const from = {
        order: `PullAttempt a ${indexes[order]} ${text} ${ofKind}`,
        time: `PullAttempt a NOT INDEXED ${text} ${ofKind}`,
        kinds: `PullKind k CROSS JOIN PullAttempt a INDEXED BY PullAttempt_kindId_idx ON a.kindId = k.id ${text}`,
        texts: `json_each(@ids) j CROSS JOIN PullAttempt a INDEXED BY PullAttempt_textId_idx ON a.textId = j.value ${ofKind}`,
      }[way.by];
      const words = filter.q === undefined || way.by === 'texts' ? 'true' : hasWords;
      return db
        .prepare<
          [unknown],
          number
        >(`SELECT a.seq FROM ${from} WHERE a.seq >= @from AND a.seq < @to AND ${segment.sql}
          AND ${kinds.sql} AND ${words} ORDER BY ${segment.order} LIMIT @limit`)
        .pluck()
        .all({
          ...values,
          ...segment.values,
          limit: count,
          ...(way.by === 'texts' && { ids: JSON.stringify(way.ids) }),
        });
    }
  }

  function wayFor(filter: AttemptFilter, kinds: KindFilter, order: AttemptOrder): Way {
    const { q, from, to } = filter;
    if (!kinds.isEverything) {
      const uses = db
        .prepare<[unknown], number | null>(`SELECT sum(k.uses) FROM PullKind k WHERE ${kinds.sql}`)
        .pluck()
        .get(kinds.values);
      if ((uses ?? 0) <= limits.gathered) return { by: 'kinds' };
    }
    const ids = q === undefined ? null : texts.find(q, limits.gathered);
    if (ids) return { by: 'texts', ids };
    if (order.endsWith('time') || (from === undefined && to === undefined)) return { by: 'order' };
    const [fromMs, toMs] = [
      from === undefined ? 0 : Date.parse(from),
      to === undefined ? yearsAhead : Date.parse(to),
    ];
    return { by: rowsIn(fromMs, toMs) <= limits.gathered ? 'time' : 'order' };
  }

  return {
    find(id) {
      const row = byId.get(id);
      return row ? asAttempt(row, hosts) : null;
    },
    page,
    walk,
  };
}

/** What the planner would not choose, since it knows of no page. */
const indexes: Record<AttemptOrder, string> = {
  time: 'NOT INDEXED',
  '-time': 'NOT INDEXED',
  took: 'INDEXED BY PullAttempt_tookMs_idx',
  '-took': 'INDEXED BY PullAttempt_tookMs_idx',
  image: 'INDEXED BY PullAttempt_reference_idx',
  '-image': 'INDEXED BY PullAttempt_reference_idx',
};

type Span = { from: number; to: number };

/** The rows of a span of time, by their numbers. */
export function spanOf({ from, to }: Pick<AttemptFilter, 'from' | 'to'>): Span {
  return {
    from: from === undefined ? 0 : firstSeqOf(Date.parse(from)),
    to: to === undefined ? Number.MAX_SAFE_INTEGER : firstSeqOf(Date.parse(to)),
  };
}

interface Segment extends Condition {
  order: string;
}

/**
 * What follows a place, cut so that each part is one stretch of an index: what is equal and comes later, what is
 * beyond, and last, in both directions, the rows that have no such value.
 */
function segmentsOf(order: AttemptOrder, after: Place | null): Segment[] {
  const isDown = order.startsWith('-');
  const [beyond, direction] = isDown ? ['<', 'DESC'] : ['>', 'ASC'];
  const later = `a.seq ${beyond} @afterSeq`;
  const bySeq = `a.seq ${direction}`;
  if (order.endsWith('time'))
    return [
      after
        ? { sql: later, values: { afterSeq: after.seq }, order: bySeq }
        : { sql: 'true', values: {}, order: bySeq },
    ];
  const column = order.endsWith('took') ? 'a.tookMs' : 'a.reference';
  const both = `${column} ${direction}, ${bySeq}`;
  const without = { sql: `${column} IS NULL`, values: {}, order: bySeq };
  if (!after) return [{ sql: `${column} IS NOT NULL`, values: {}, order: both }, without];
  const { value, seq } = after;
  if (value === null)
    return [{ sql: `${column} IS NULL AND ${later}`, values: { afterSeq: seq }, order: bySeq }];
  return [
    { sql: `${column} = @value AND ${later}`, values: { value, afterSeq: seq }, order: bySeq },
    { sql: `${column} ${beyond} @value`, values: { value }, order: both },
    without,
  ];
}

function sortedBy(order: AttemptOrder, row: AttemptRow): Place['value'] {
  if (order.endsWith('took')) return row.tookMs;
  return order.endsWith('image') ? row.reference : null;
}
