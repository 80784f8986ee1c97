import type { AttemptFilter, AttemptStats } from '@pull-doctor/contract/attempts';
import { type Cause, causeFacts } from '@pull-doctor/contract/causes';
import type { HistoryFile } from '@pull-doctor/database';
import { deletedBefore } from './attempt-writer.store.ts';
import type { HostNames } from './host-names.ts';
import { type KindFilter, kindFilter } from './kind-filter.ts';
import { rowCount } from './row-count.store.ts';
import { stepSecondsFor } from './stat-steps.ts';
import { hasWords, type TextSearch } from './text-search.store.ts';
import { firstSeqOf, msOfStored, perMillisecond } from './time-order.ts';

export interface StatsAsked {
  filter: AttemptFilter;
  steps: number;
  nowMs: number;
}

/** Attempts of one step that are alike. */
interface Cell {
  step: number;
  hostId: string;
  registry: string | null;
  outcome: string;
  cause: Cause | null;
  count: number;
}

interface SpanMs {
  fromMs: number;
  toMs: number;
}

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;
const listedMax = 50;
// All times that there are lie in the first one.
const longestStepSeconds = 4_000_000_000;
// Counting the rows of a longer span takes longer than it saves.
const countedAheadMs = 48 * hourMs;
// As many rows are looked up one by one in the time that an answer may take.
const usualGathered = 20_000;

/** Counts attempts over time: from the sums of hours where they tell what is asked, otherwise from the rows. */
export function statsStore(
  db: HistoryFile,
  hosts: HostNames,
  texts: TextSearch,
  gatheredMax = usualGathered,
): { read(asked: StatsAsked): AttemptStats } {
  const mark = db.prepare<[string], string>('SELECT value FROM HistoryMark WHERE name = ?').pluck();

  const rowsIn = rowCount(db);

  return {
    read({ filter, steps, nowMs }) {
      const toMs = filter.to === undefined ? nowMs : Date.parse(filter.to);
      const fromMs = Math.min(filter.from === undefined ? toMs - weekMs : Date.parse(filter.from), toMs);
      const stepSeconds = stepSecondsFor((toMs - fromMs) / 1000, steps);
      const deleted = mark.get(deletedBefore);
      const deletedMs = deleted === undefined ? 0 : msOfStored(deleted);
      const cells = cellsOf(filter, { fromMs, toMs }, stepSeconds, deletedMs);
      const lengthMs = toMs - fromMs;
      const before = { fromMs: Math.max(0, fromMs - lengthMs), toMs: fromMs };
      return {
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
        stepSeconds,
        steps: inSteps(cells, { fromMs, toMs }, stepSeconds),
        total: totalOf(cells),
        before: countsOf(cellsOf(filter, before, null, deletedMs)),
        exact: deletedMs <= fromMs,
      };
    },
  };

  /** Without a step all of the span is one, and no more than the outcomes are told apart. */
  function cellsOf(
    filter: AttemptFilter,
    span: SpanMs,
    stepSeconds: number | null,
    deletedMs: number,
  ): Cell[] {
    const { fromMs, toMs } = span;
    if (toMs <= fromMs) return [];
    const kinds = kindFilter(filter, hosts, 'k');
    if (filter.q !== undefined) return ofWords(filter.q, kinds, span, stepSeconds);
    const [firstHour, lastHour] = [Math.ceil(fromMs / hourMs), Math.floor(toMs / hourMs)];
    if (!kinds.isCounted || (stepSeconds !== null && stepSeconds < 3600) || firstHour > lastHour)
      return ofRows(kinds, span, stepSeconds);
    // Hours of which a part is asked for are counted from their rows; where those are gone, the hour stands for its part.
    const isGone = (hour: number) => hour * hourMs < deletedMs;
    const hours = {
      from: isGone(firstHour - 1) ? Math.floor(fromMs / hourMs) : firstHour,
      to: isGone(lastHour) ? Math.ceil(toMs / hourMs) : lastHour,
    };
    return [
      ...ofRows(kinds, { fromMs, toMs: hours.from * hourMs }, stepSeconds),
      ...ofHours(kindFilter(filter, hosts, 'h'), hours, stepSeconds),
      ...ofRows(kinds, { fromMs: hours.to * hourMs, toMs }, stepSeconds),
    ];
  }

  function ofHours(
    kinds: KindFilter,
    hours: { from: number; to: number },
    stepSeconds: number | null,
  ): Cell[] {
    const source = `FROM PullHour h WHERE h.hour >= @from AND h.hour < @to AND h.count > 0 AND ${kinds.sql}`;
    const values = { ...kinds.values, ...hours };
    if (stepSeconds !== null)
      return db
        .prepare<[unknown], Cell>(`SELECT h.hour / CAST(@stepHours AS INTEGER) AS step, h.hostId,
          nullif(h.registry, '') AS registry, h.outcome, nullif(h.cause, '') AS cause, sum(h.count) AS count
          ${source} GROUP BY 1, 2, 3, 4, 5`)
        .all({ ...values, stepHours: stepSeconds / 3600 });
    // Without groups nothing is sorted, which is most of the work.
    const counted = db
      .prepare<[unknown], { failed: number | null; others: number | null }>(
        `SELECT sum(h.count) FILTER (WHERE h.outcome = 'failed') AS failed,
           sum(h.count) FILTER (WHERE h.outcome <> 'failed') AS others ${source}`,
      )
      .get(values);
    const cell = { step: 0, hostId: '', registry: null, cause: null };
    return [
      { ...cell, outcome: 'failed', count: counted?.failed ?? 0 },
      { ...cell, outcome: 'others', count: counted?.others ?? 0 },
    ];
  }

  function ofRows(kinds: KindFilter, span: SpanMs, stepSeconds: number | null): Cell[] {
    if (span.toMs <= span.fromMs) return [];
    const values = { ...kinds.values, ...spanValues(span, stepSeconds) };
    // Whichever are fewer are gone through: the rows of the span, or the kinds, each of which is looked up in it.
    const from = areFewRows(kinds, span)
      ? 'PullAttempt a CROSS JOIN PullKind k ON k.id = a.kindId'
      : 'PullKind k CROSS JOIN PullAttempt a INDEXED BY PullAttempt_kindId_idx ON a.kindId = k.id';
    const counted = db
      .prepare<[unknown], { id: number; step: number; count: number }>(`
        SELECT k.id, a.seq / CAST(@perStep AS INTEGER) AS step, count(*) AS count
        FROM ${from} WHERE a.seq >= @from AND a.seq < @to AND ${kinds.sql} GROUP BY k.id, step`)
      .all(values);
    return withFacets(counted);
  }

  function areFewRows(kinds: KindFilter, { fromMs, toMs }: SpanMs): boolean {
    if (toMs - fromMs > countedAheadMs) return false;
    const looked = db
      .prepare<[unknown], number>(`SELECT count(*) FROM PullKind k WHERE ${kinds.sql}`)
      .pluck();
    return rowsIn(fromMs, toMs) < (looked.get(kinds.values) ?? 0);
  }

  function ofWords(words: string, kinds: KindFilter, span: SpanMs, stepSeconds: number | null): Cell[] {
    const ids = texts.find(words, gatheredMax);
    const values = { ...kinds.values, ...spanValues(span, stepSeconds) };
    const from = ids
      ? 'json_each(@ids) j CROSS JOIN PullAttempt a INDEXED BY PullAttempt_textId_idx ON a.textId = j.value'
      : 'PullAttempt a CROSS JOIN PullText t ON t.id = a.textId';
    const counted = db
      .prepare<[unknown], { id: number; step: number; count: number }>(`
        SELECT a.kindId AS id, a.seq / CAST(@perStep AS INTEGER) AS step, count(*) AS count
        FROM ${from} CROSS JOIN PullKind k ON k.id = a.kindId
        WHERE a.seq >= @from AND a.seq < @to AND ${kinds.sql} AND ${ids ? 'true' : hasWords} GROUP BY 1, 2`)
      .all({ ...values, ...(ids ? { ids: JSON.stringify(ids) } : { words }) });
    return withFacets(counted);
  }

  function withFacets(counted: { id: number; step: number; count: number }[]): Cell[] {
    const facets = db.prepare<[number], Omit<Cell, 'step' | 'count'>>(
      'SELECT hostId, registry, outcome, cause FROM PullKind WHERE id = ?',
    );
    const known = new Map<number, Omit<Cell, 'step' | 'count'> | undefined>();
    return counted.flatMap(({ id, step, count }) => {
      if (!known.has(id)) known.set(id, facets.get(id));
      const kind = known.get(id);
      return kind ? [{ ...kind, step, count }] : [];
    });
  }

  function totalOf(cells: Cell[]): AttemptStats['total'] {
    const failed = cells.filter(isFailed);
    const causes = groups(failed, ({ cause }) => cause ?? 'unknown').map(({ name, attempts }) => ({
      cause: name,
      count: attempts,
    }));
    return {
      attempts: sum(cells),
      pulled: sum(cells.filter(({ outcome }) => outcome === 'pulled')),
      failed: sum(failed),
      stopped: sum(cells.filter(({ outcome }) => outcome === 'stopped')),
      causes,
      registries: groups(cells, ({ registry }) => registry)
        .slice(0, listedMax)
        .map(({ name, ...counts }) => ({ registry: name, ...counts })),
      hosts: groups(cells, ({ hostId }) => hostId)
        .slice(0, listedMax)
        .map(({ name, ...counts }) => ({ host: hosts.nameOf(name), ...counts })),
    };
  }
}

function spanValues({ fromMs, toMs }: SpanMs, stepSeconds: number | null) {
  const perStep = (stepSeconds ?? longestStepSeconds) * 1000 * perMillisecond;
  return { from: firstSeqOf(fromMs), to: firstSeqOf(toMs), perStep };
}

function inSteps(cells: Cell[], { fromMs, toMs }: SpanMs, stepSeconds: number): AttemptStats['steps'] {
  const stepMs = stepSeconds * 1000;
  const first = Math.floor(fromMs / stepMs);
  const steps = Array.from({ length: Math.max(0, Math.ceil(toMs / stepMs) - first) }, (_, index) => ({
    at: new Date((first + index) * stepMs).toISOString(),
    pulled: 0,
    failed: {} as AttemptStats['steps'][number]['failed'],
  }));
  for (const { step, outcome, cause, count } of cells) {
    const one = steps[step - first];
    if (!one) continue;
    if (outcome === 'pulled') one.pulled += count;
    if (outcome !== 'failed') continue;
    const { family } = causeFacts[cause ?? 'unknown'];
    one.failed[family] = (one.failed[family] ?? 0) + count;
  }
  return steps;
}

/** Cells by a name, with the most attempts first; those without the name are left out. */
function groups<Name extends string>(
  cells: Cell[],
  nameOf: (cell: Cell) => Name | null,
): { name: Name; attempts: number; failed: number }[] {
  const found = new Map<Name, { attempts: number; failed: number }>();
  for (const cell of cells) {
    const name = nameOf(cell);
    if (name === null) continue;
    const one = found.get(name) ?? { attempts: 0, failed: 0 };
    one.attempts += cell.count;
    if (isFailed(cell)) one.failed += cell.count;
    found.set(name, one);
  }
  return [...found]
    .map(([name, counts]) => ({ name, ...counts }))
    .sort((one, other) => other.attempts - one.attempts || (one.name < other.name ? -1 : 1));
}

function countsOf(cells: Cell[]): AttemptStats['before'] {
  return { attempts: sum(cells), failed: sum(cells.filter(isFailed)) };
}

function isFailed({ outcome }: Cell): boolean {
  return outcome === 'failed';
}

function sum(cells: Cell[]): number {
  return cells.reduce((before, { count }) => before + count, 0);
}
