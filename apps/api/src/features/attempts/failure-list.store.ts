import type { AttemptFilter } from '@pull-doctor/contract/attempts';
import type { Cause, Certainty } from '@pull-doctor/contract/causes';
import type { failureStates, PullFailure } from '@pull-doctor/contract/failures';
import type { HistoryFile } from '@pull-doctor/database';
import type { HostNames } from './host-names.ts';
import { kindFilter } from './kind-filter.ts';
import { hasWords, type TextSearch } from './text-search.store.ts';
import { asStoredTime, msOfStored } from './time-order.ts';

export interface FailuresAsked {
  filter: Pick<AttemptFilter, 'from' | 'to' | 'host' | 'registry' | 'repository' | 'cause' | 'family' | 'q'>;
  states: readonly (typeof failureStates)[number][] | undefined;
  after: { lastSeenAt: string; fingerprint: string } | null;
  limit: number;
  nowMs: number;
}

interface FailureRow {
  fingerprint: string;
  hostId: string;
  registry: string | null;
  repository: string | null;
  cause: string;
  certainty: string | null;
  count: number;
  firstSeenAt: string;
  lastSeenAt: string;
  lastAttemptId: string;
  diagnosisId: string | null;
  fixedAt: string | null;
  fixedBy: string | null;
  fixedAttemptId: string | null;
  imageCount: number;
  state: PullFailure['state'];
  /** Lists, as JSON. */
  images: string;
  users: string;
  hours: string;
}

/** Reads failures: attempts of one cause for one repository on one host, as one entry. */
export interface FailureList {
  find(fingerprint: string, nowMs: number): PullFailure | null;
  /** The last seen first, and where the page ended; null: nothing follows. */
  page(asked: FailuresAsked): { items: PullFailure[]; end: FailuresAsked['after'] };
}

const hourMs = 3_600_000;
const shownMax = 5;
// As many attempts are looked up one by one in the time that a page may take.
const usualGathered = 20_000;
const state = `CASE WHEN f.fixedAt IS NOT NULL THEN 'fixed' WHEN f.lastSeenAt < @dayAgo THEN 'quiet'
  WHEN f.cameBack THEN 'came-back' ELSE 'open' END`;

const lastParts = (
  kind: string,
) => `(SELECT json_group_array(value) FROM (SELECT p.value FROM PullFailurePart p
  WHERE p.fingerprint = f.fingerprint AND p.kind = '${kind}' ORDER BY p.lastAt DESC, p.value LIMIT ${shownMax}))`;
// What belongs to a failure comes with it: a statement for each part of each would take longer than all of them.
const columns = `f.*, ${state} AS state, ${lastParts('image')} AS images, ${lastParts('user')} AS users,
  (SELECT json_group_array(json_array(h.hour, h.count)) FROM PullFailureHour h
   WHERE h.fingerprint = f.fingerprint AND h.hour >= @firstHour) AS hours`;
const amongTexts = `f.fingerprint IN (SELECT a.fingerprint FROM json_each(@ids) j
  CROSS JOIN PullAttempt a INDEXED BY PullAttempt_textId_idx ON a.textId = j.value)`;
const hasPart = `EXISTS (SELECT 1 FROM PullFailurePart p JOIN PullText t ON t.id = CAST(p.value AS INTEGER)
  WHERE p.fingerprint = f.fingerprint AND p.kind = 'text' AND ${hasWords})`;

export function failureList(
  db: HistoryFile,
  hosts: HostNames,
  texts: TextSearch,
  gatheredMax = usualGathered,
): FailureList {
  const byFingerprint = db.prepare<[unknown], FailureRow>(
    `SELECT ${columns} FROM PullFailure f WHERE f.fingerprint = @fingerprint`,
  );

  const asFailure = (row: FailureRow, nowMs: number): PullFailure => {
    const firstHour = firstHourOf(nowMs);
    const hourly = Array.from({ length: 24 }, () => 0);
    for (const [hour, count] of JSON.parse(row.hours) as [number, number][])
      if (hour - firstHour < hourly.length) hourly[hour - firstHour] = count;
    return {
      fingerprint: row.fingerprint,
      host: hosts.nameOf(row.hostId),
      registry: row.registry,
      repository: row.repository,
      // Written by the store alone, so the narrower types hold.
      cause: row.cause as Cause,
      certainty: row.certainty as Certainty | null,
      state: row.state,
      count: row.count,
      firstSeenAt: asAnswered(row.firstSeenAt),
      lastSeenAt: asAnswered(row.lastSeenAt),
      images: JSON.parse(row.images),
      imageCount: row.imageCount,
      users: JSON.parse(row.users),
      hourly,
      fixed:
        row.fixedAt === null
          ? null
          : { at: asAnswered(row.fixedAt), by: row.fixedBy ?? 'a pull', attemptId: row.fixedAttemptId },
      lastAttemptId: row.lastAttemptId,
      diagnosisId: row.diagnosisId,
    };
  };

  return {
    find(fingerprint, nowMs) {
      const row = byFingerprint.get({ fingerprint, ...timesOf(nowMs) });
      return row ? asFailure(row, nowMs) : null;
    },

    page({ filter, states, after, limit, nowMs }) {
      const { sql, values } = kindFilter(filter, hosts, 'f');
      const conditions = [sql];
      const given: Record<string, unknown> = {
        ...values,
        limit: limit + 1,
        ...timesOf(nowMs),
      };
      if (filter.from !== undefined || filter.to !== undefined) {
        // Of a failure that stretches over the span, one of its hours must lie in it.
        const [fromMs, toMs] = [
          Date.parse(filter.from ?? '1970-01-01T00:00:00Z'),
          Date.parse(filter.to ?? '9999-01-01T00:00:00Z'),
        ];
        conditions.push(`f.lastSeenAt >= @from AND f.firstSeenAt < @to AND EXISTS (SELECT 1 FROM PullFailureHour h
          WHERE h.fingerprint = f.fingerprint AND h.hour >= @fromHour AND h.hour < @toHour AND h.count > 0)`);
        given.from = asStoredTime(fromMs);
        given.to = asStoredTime(toMs);
        given.fromHour = Math.floor(fromMs / hourMs);
        given.toHour = Math.ceil(toMs / hourMs);
      }
      if (filter.q !== undefined) {
        // Rare words are looked for in the attempts that have them; of others the first failures have one.
        const ids = texts.find(filter.q, gatheredMax);
        conditions.push(ids ? amongTexts : hasPart);
        given.ids = JSON.stringify(ids ?? []);
        given.words = filter.q;
      }
      if (states) conditions.push(`${state} IN (SELECT value FROM json_each(@states))`);
      if (states) given.states = JSON.stringify(states);
      if (after) {
        conditions.push('(f.lastSeenAt, f.fingerprint) < (@lastSeenAt, @fingerprint)');
        Object.assign(given, after);
      }
      const rows = db
        .prepare<
          [unknown],
          FailureRow
        >(`SELECT ${columns} FROM PullFailure f INDEXED BY PullFailure_lastSeenAt_idx
          WHERE ${conditions.join(' AND ')} ORDER BY f.lastSeenAt DESC, f.fingerprint DESC LIMIT @limit`)
        .all(given);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map((row) => asFailure(row, nowMs)),
        end:
          last && rows.length > limit ? { lastSeenAt: last.lastSeenAt, fingerprint: last.fingerprint } : null,
      };
    },
  };
}

function asAnswered(time: string): string {
  return new Date(msOfStored(time)).toISOString();
}

function firstHourOf(nowMs: number): number {
  return Math.floor(nowMs / hourMs) - 23;
}

function timesOf(nowMs: number): { dayAgo: string; firstHour: number } {
  return { dayAgo: asStoredTime(nowMs - 24 * hourMs), firstHour: firstHourOf(nowMs) };
}
