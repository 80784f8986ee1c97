import { outcomes } from '@pull-doctor/contract/attempts';
import { type Cause, causeFacts, causes, type Family, families } from '@pull-doctor/contract/causes';
import { failureStates, type PullFailure } from '@pull-doctor/contract/failures';
import { dateText } from '../../ui/time-text.ts';
import type { HistoryKey, HistorySearch } from './search.ts';

const hourMs = 3_600_000;
export const presets = { '1h': hourMs, '24h': 24 * hourMs, '7d': 168 * hourMs, '30d': 720 * hourMs } as const;
export type Preset = keyof typeof presets;
export const presetNames = Object.keys(presets) as Preset[];
export const defaultPreset: Preset = '24h';

/** From an instant or a span before now, to an instant or now. */
export type Range = { preset: Preset } | { from: string; to: string | null };

export const lists = ['attempts', 'failures', 'diagnoses'] as const;
export type ListName = (typeof lists)[number];

type OutcomeName = (typeof outcomes)[number];
export const sorts = ['-time', 'time', '-took', 'took', 'image', '-image'] as const;
export type Sort = (typeof sorts)[number];

/** What an address asks of the history, read. */
export interface HistoryView {
  list: ListName;
  range: Range;
  host: string | null;
  registry: string | null;
  repository: string | null;
  causes: Cause[];
  families: Family[];
  outcomes: OutcomeName[];
  states: PullFailure['state'][];
  fingerprint: string | null;
  q: string;
  /** Repeats are one row. */
  isGrouped: boolean;
  sort: Sort;
  isChartTable: boolean;
  attempt: string | null;
  /** What the address holds and this page does not know, such as `cause=dns`. */
  unknown: string[];
}

/** Reads an address. Nothing in it is refused: what is not known is left out and named. */
export function viewOf(search: HistorySearch): HistoryView {
  const unknown: string[] = [];
  const one = <Value extends string>(key: HistoryKey, values: readonly Value[], otherwise: Value): Value => {
    const text = search[key];
    if (text === undefined) return otherwise;
    const known = values.find((value) => value === text);
    if (known === undefined) unknown.push(`${key}=${text}`);
    return known ?? otherwise;
  };
  const some = <Value extends string>(key: HistoryKey, values: readonly Value[]): Value[] => {
    const texts = (search[key] ?? '').split(',').filter(Boolean);
    const known = values.filter((value) => texts.includes(value));
    for (const text of texts) if (!known.some((value) => value === text)) unknown.push(`${key}=${text}`);
    return known;
  };
  const isGrouped = one('group', ['1', '0'], '1') === '1';
  const sort = one('sort', sorts, '-time');
  return {
    list: one('list', lists, 'attempts'),
    range: rangeOf(search, unknown),
    host: search.host || null,
    registry: search.registry || null,
    repository: search.repository || null,
    causes: some('cause', causes),
    families: some('family', families),
    outcomes: some('outcome', outcomes),
    states: some('state', failureStates),
    fingerprint: search.fingerprint || null,
    q: search.q ?? '',
    isGrouped,
    // repeats are what follows each other in time
    sort: isGrouped && sort !== 'time' ? '-time' : sort,
    isChartTable: one('chart', ['bars', 'table'], 'bars') === 'table',
    attempt: search.attempt || null,
    unknown,
  };
}

function rangeOf({ from, to }: HistorySearch, unknown: string[]): Range {
  const preset = presetNames.find((name) => name === from);
  if (preset) {
    if (to !== undefined) unknown.push(`to=${to}`);
    return { preset };
  }
  const start = instantOf(from);
  const end = instantOf(to);
  if (from !== undefined && start === null) unknown.push(`from=${from}`);
  const isBackwards = start !== null && end !== null && end <= start;
  if (to !== undefined && (end === null || start === null || isBackwards)) unknown.push(`to=${to}`);
  return start === null ? { preset: defaultPreset } : { from: start, to: isBackwards ? null : end };
}

// with a zone: an address means the same to the next person
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function instantOf(text: string | undefined): string | null {
  if (text === undefined || !instant.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** An instant as it stands in an address: `2026-11-24T10:00Z`. */
export const shortInstant = (ms: number): string => new Date(ms).toISOString().replace(/(:00)?\.000Z$/, 'Z');

/** Where a range begins and ends, at a given moment; an end of null is open. */
export function spanOf(range: Range, nowMs: number): { from: string; to: string | null } {
  if ('from' in range) return range;
  return { from: new Date(nowMs - presets[range.preset]).toISOString(), to: null };
}

/** A change of the address: what becomes of it. A default, and what is empty, is left out. */
export function changed(search: HistorySearch, change: HistorySearch): HistorySearch {
  const next = { ...search, ...change };
  const defaults: HistorySearch = {
    list: 'attempts',
    from: defaultPreset,
    group: '1',
    sort: '-time',
    chart: 'bars',
  };
  for (const [key, value] of Object.entries(next))
    if (!value || defaults[key as HistoryKey] === value) delete next[key as HistoryKey];
  return next;
}

/** The filters of a view as the API takes them. `to` is left out where the range is open. */
export function queryOf(view: HistoryView, nowMs: number) {
  const { from, to } = spanOf(view.range, nowMs);
  return {
    from,
    ...(to === null ? {} : { to }),
    ...(view.host === null ? {} : { host: view.host }),
    ...(view.registry === null ? {} : { registry: view.registry }),
    ...(view.repository === null ? {} : { repository: view.repository }),
    ...(view.causes.length === 0 ? {} : { cause: view.causes.join(',') }),
    ...(view.families.length === 0 ? {} : { family: view.families.join(',') }),
    ...(view.outcomes.length === 0 ? {} : { outcome: view.outcomes.join(',') }),
    ...(view.fingerprint === null ? {} : { fingerprint: view.fingerprint }),
    ...(view.q.trim() === '' ? {} : { q: view.q.trim() }),
  };
}

export const familyNames: Record<Family, string> = {
  credentials: 'Credentials',
  access: 'Access and limits',
  reference: 'Image name',
  network: 'Network',
  registry: 'Registry',
  host: 'This host',
  none: 'Cause unknown',
};

/** The filters that are set, besides the range: which keys of the address, and how each is named. */
export function filtersOf(view: HistoryView): { keys: HistoryKey[]; says: string }[] {
  const found: { keys: HistoryKey[]; says: string }[] = [];
  const add = (key: HistoryKey, says: string | null) => {
    if (says) found.push({ keys: [key], says });
  };
  add('host', view.host && `host ${view.host}`);
  add('registry', view.registry && `registry ${view.registry}`);
  add('repository', view.repository && `repository ${view.repository}`);
  add('cause', view.causes.map((cause) => causeFacts[cause].badge).join(' or '));
  add('family', view.families.map((family) => familyNames[family]).join(' or '));
  add('outcome', view.outcomes.join(' or '));
  add('state', view.list === 'failures' ? view.states.join(' or ') : null);
  add('fingerprint', view.fingerprint && 'one kind of failure');
  add('q', view.q.trim() && `“${view.q.trim()}”`);
  return found;
}

/** The presets in words. */
export const presetWords: Record<Preset, string> = {
  '1h': 'the last hour',
  '24h': 'the last 24 h',
  '7d': 'the last 7 days',
  '30d': 'the last 30 days',
};

const dayMonth = (at: string): string => dateText(at).replace(/\u00a0\d{4}$/, '');
const hourMinute = (at: string): string => at.slice(11, 16);

/** A range between two instants, in UTC: `24 Nov 10:00 to 12:00`, `24 Nov 10:00 to 25 Nov 10:00`, `… to now`. */
export function instantsText({ from, to }: Extract<Range, { from: string }>): string {
  const start = `${dayMonth(from)} ${hourMinute(from)}`;
  if (to === null) return `${start} to now`;
  const isSameDay = from.slice(0, 10) === to.slice(0, 10);
  return `${start} to ${isSameDay ? '' : `${dayMonth(to)} `}${hourMinute(to)}`;
}
