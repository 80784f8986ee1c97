import { createHash } from 'node:crypto';
import { doors } from '@pull-doctor/contract/attempts';
import type { Cause, Certainty } from '@pull-doctor/contract/causes';
import type { HistoryFile } from '@pull-doctor/database';
import { readMessage } from '@pull-doctor/diagnosis/message/read-message';
import { attemptId } from './attempt-id.ts';
import { failureKeeper } from './failures.store.ts';
import { fingerprint } from './fingerprint.ts';
import type { HostNames } from './host-names.ts';
import type { Recorded } from './intake.ts';
import type { PreparedAttempt } from './prepare-attempt.ts';
import type { AttemptRow } from './stored-attempt.ts';
import { asStoredTime, firstSeqOf, msOfSeq, perMillisecond } from './time-order.ts';

/** One call of record: all of it is written, or nothing. */
export interface Batch {
  attempts: readonly PreparedAttempt[];
  readUpTo: { source: string; cursor: string } | undefined;
}

/** The only code that changes attempts and what is counted of them. Each function is one transaction. */
export interface AttemptWriter {
  write(batches: readonly Batch[], nowMs: number): Recorded[][];
  /** False where there is no such attempt, or it did not fail. */
  explain(id: string, cause: Cause, certainty: Certainty | null): boolean;
  /** Gives a failed attempt, and its failure, the diagnosis that was made of it; false where there is no such attempt. */
  link(id: string, diagnosisId: string): boolean;
  /** Reads the cause of failed attempts that an earlier version recorded without one. */
  explainUnread(): void;
  /** Deletes the oldest attempts, those before a time only where one is given; what was counted by hour stays. */
  deleteOldest(limit: number, beforeMs: number | null): number;
  /** Deletes what was counted in hours before that one. */
  deleteHours(limit: number, beforeHour: number): number;
  cursorOf(source: string): string | null;
  /** Writes and removes something of some size: throws where nothing can be written. */
  probe(): void;
}

/** Two doors tell of one pull when their spans are this close. */
const togetherMs = 5_000;
/** Pulls that take longer are told of once more where two doors saw them. */
const longestPullMs = 3_600_000;
const twinsLookedAt = 200;
const kindsRemembered = 20_000;
const probeBytes = 256 * 1024;
const hourMs = 3_600_000;
/** Until when attempts were deleted, in HistoryMark. */
export const deletedBefore = 'deleted-before';

/** The doors by which a pull is heard of when it happens; a text that was pasted may tell of any time. */
const liveDoors = doors.filter((door) => door !== 'pasted');

type Facets = Pick<
  AttemptRow,
  'hostId' | 'registry' | 'repository' | 'outcome' | 'cause' | 'door' | 'user' | 'client' | 'fingerprint'
>;

const columns = [
  ...[
    'seq',
    'id',
    'hostId',
    'reference',
    'registry',
    'repository',
    'tag',
    'digest',
    'platform',
    'user',
    'client',
  ],
  ...[
    'door',
    'doors',
    'outcome',
    'cause',
    'certainty',
    'message',
    'startedAt',
    'tookMs',
    'bytes',
    'fingerprint',
  ],
  ...['key', 'diagnosisId', 'kindId', 'textId'],
];
const updated = columns.filter((name) => name !== 'seq' && name !== 'id');

export function attemptWriter(db: HistoryFile, hosts: HostNames): AttemptWriter {
  const failures = failureKeeper(db);
  const byKey = db
    .prepare<[string, string], string>(
      'SELECT id FROM PullAttempt WHERE key = ? UNION ALL SELECT attemptId FROM MergedKey WHERE key = ? LIMIT 1',
    )
    .pluck();
  const lastSeq = db
    .prepare<[number, number], number | null>('SELECT max(seq) FROM PullAttempt WHERE seq >= ? AND seq < ?')
    .pluck();
  const byId = db.prepare<[string], AttemptRow>('SELECT * FROM PullAttempt WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO PullAttempt (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  );
  const update = db.prepare(
    `UPDATE PullAttempt SET ${updated.map((name) => `${name} = @${name}`).join(', ')} WHERE seq = @seq`,
  );
  const remove = db.prepare('DELETE FROM PullAttempt WHERE seq = ?');
  const useKind = db
    .prepare<
      unknown[],
      number
    >(`INSERT INTO PullKind (hostId, registry, repository, outcome, cause, door, user, client,
      fingerprint, print, uses) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT(print) DO UPDATE SET uses = uses + 1 RETURNING id`)
    .pluck();
  const useKnownKind = db.prepare('UPDATE PullKind SET uses = uses + 1 WHERE id = ?');
  // A kind that was deleted has no row any more, and its number is never given again.
  const kindIds = new Map<string, number>();
  const leaveKind = db
    .prepare<[number], number>('UPDATE PullKind SET uses = uses - 1 WHERE id = ? RETURNING uses')
    .pluck();
  const dropKind = db.prepare('DELETE FROM PullKind WHERE id = ?');
  const useText = db.prepare<[string, Buffer], { id: number; uses: number }>(
    'INSERT INTO PullText (text, print, uses) VALUES (?, ?, 1) ON CONFLICT(print) DO UPDATE SET uses = uses + 1 RETURNING id, uses',
  );
  const leaveText = db
    .prepare<[number], number>('UPDATE PullText SET uses = uses - 1 WHERE id = ? RETURNING uses')
    .pluck();
  const indexText = db.prepare('INSERT INTO PullTextIndex (rowid, text) VALUES (?, ?)');
  const unindexText = db.prepare(
    "INSERT INTO PullTextIndex (PullTextIndex, rowid, text) SELECT 'delete', id, text FROM PullText WHERE id = ?",
  );
  const dropText = db.prepare('DELETE FROM PullText WHERE id = ?');
  const countHour = db.prepare(`INSERT INTO PullHour (hour, hostId, registry, outcome, cause, door, count)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  const keepKey = db.prepare('INSERT INTO MergedKey (key, attemptId) VALUES (?, ?)');
  const dropKeys = db.prepare('DELETE FROM MergedKey WHERE attemptId = ?');
  const setCursor = db.prepare(
    'INSERT INTO LogCursor (source, cursor, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET cursor = excluded.cursor, at = excluded.at',
  );
  const cursor = db.prepare<[string], string>('SELECT cursor FROM LogCursor WHERE source = ?').pluck();
  const kindsWhere = (image: string) =>
    db
      .prepare<unknown[], number>(
        `SELECT id FROM PullKind WHERE hostId = ? AND ${image} AND outcome = ? AND door IN (?, ?, ?)`,
      )
      .pluck();
  const kindsOfImage = kindsWhere('registry = ? AND repository = ?');
  const kindsOfRegistry = kindsWhere('registry = ? AND repository IS NULL');
  const kindsOfNothing = kindsWhere('registry IS NULL AND repository IS NULL');
  const kindsOfAnyImage = kindsWhere('registry = ?');
  const kindsOfAny = kindsWhere('true');
  const inSpan = db.prepare<[number, number, number], AttemptRow>(
    `SELECT * FROM PullAttempt WHERE kindId = ? AND seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ${twinsLookedAt}`,
  );
  const oldest = db.prepare<[number, number], AttemptRow>(
    'SELECT * FROM PullAttempt WHERE seq < ? ORDER BY seq LIMIT ?',
  );
  const setMark = db.prepare(
    'INSERT INTO HistoryMark (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)',
  );
  const dropMark = db.prepare('DELETE FROM HistoryMark WHERE name = ?');
  const unread = db.prepare<[], AttemptRow>(`SELECT a.* FROM PullKind k
    CROSS JOIN PullAttempt a INDEXED BY PullAttempt_kindId_idx ON a.kindId = k.id
    WHERE k.outcome = 'failed' AND k.fingerprint IS NULL`);
  const dropHours = db.prepare(`DELETE FROM PullHour WHERE (hour, hostId, registry, outcome, cause, door) IN
    (SELECT hour, hostId, registry, outcome, cause, door FROM PullHour WHERE hour < ? ORDER BY hour LIMIT ?)`);

  const nextSeq = (ms: number): number => {
    for (let at = ms; ; at += 1) {
      const first = firstSeqOf(at);
      const next = (lastSeq.get(first, first + perMillisecond) ?? first - 1) + 1;
      if (next < first + perMillisecond) return next;
    }
  };
  const kindOf = (row: Facets): number => {
    const facets = [row.hostId, row.registry, row.repository, row.outcome, row.cause, row.door] as const;
    const all = [...facets, row.user, row.client, row.fingerprint];
    const name = JSON.stringify(all);
    const known = kindIds.get(name);
    if (known !== undefined && useKnownKind.run(known).changes === 1) return known;
    const id = useKind.get(...all, printOf(name)) as number;
    if (kindIds.size >= kindsRemembered) kindIds.clear();
    kindIds.set(name, id);
    return id;
  };
  const textOf = (row: Pick<AttemptRow, 'reference' | 'user' | 'message'>): number => {
    const text = [row.reference, row.user, row.message].map((part) => part ?? '').join('\u0001');
    const { id, uses } = useText.get(text, printOf(text)) as { id: number; uses: number };
    if (uses === 1) indexText.run(id, text);
    return id;
  };
  const leave = ({ kindId, textId }: AttemptRow) => {
    if (leaveKind.get(kindId) === 0) dropKind.run(kindId);
    if (leaveText.get(textId) !== 0) return;
    unindexText.run(textId);
    dropText.run(textId);
  };
  const count = ({ seq, hostId, registry, outcome, cause, door }: AttemptRow, by: 1 | -1) =>
    countHour.run(Math.floor(msOfSeq(seq) / hourMs), hostId, registry ?? '', outcome, cause ?? '', door, by);

  /** Writes a changed row, and moves what is counted of it from what it was to what it is. */
  const rewrite = (before: AttemptRow, changed: AttemptRow) => {
    const marked = { ...changed, fingerprint: fingerprintOf(changed) };
    const after = { ...marked, kindId: kindOf(marked), textId: textOf(marked) };
    update.run(after);
    count(before, -1);
    count(after, 1);
    // First in, then out: a failure of which this is the only attempt must not be forgotten in between.
    failures.add(after);
    failures.remove(before, 'moved');
    leave(before);
  };

  const rowOf = (attempt: PreparedAttempt, nowMs: number): AttemptRow => {
    const { host, startedAtMs, door, ...rest } = attempt;
    const facets = { ...rest, door, hostId: hosts.idOf(host, nowMs) };
    const marked = { ...facets, fingerprint: fingerprintOf(facets) };
    return {
      ...marked,
      seq: 0,
      id: attemptId(startedAtMs),
      doors: door,
      startedAt: asStoredTime(startedAtMs),
      kindId: 0,
      textId: 0,
    };
  };

  function recordOne(attempt: PreparedAttempt, nowMs: number): Recorded {
    const { key } = attempt;
    const known = key === null ? undefined : byKey.get(key, key);
    if (known !== undefined) return { id: known, state: 'known' };
    const row = rowOf(attempt, nowMs);
    const twin = twinOf(row, attempt.startedAtMs);
    if (twin) {
      if (key !== null && twin.key !== null) keepKey.run(key, twin.id);
      rewrite(twin, completed(twin, row));
      return { id: twin.id, state: 'merged' };
    }
    const written = {
      ...row,
      seq: nextSeq(attempt.startedAtMs),
      kindId: kindOf(row),
      textId: textOf(row),
    };
    insert.run(written);
    count(written, 1);
    failures.add(written);
    return { id: written.id, state: 'recorded' };
  }

  /** Kinds of other doors, of the same image or of one that was not named. */
  function twinKinds({ hostId, registry, repository, outcome, door }: AttemptRow): number[] {
    const others = [outcome, ...liveDoors.filter((one) => one !== door)];
    if (registry === null) return kindsOfAny.all(hostId, ...others);
    if (repository === null)
      return [...kindsOfAnyImage.all(hostId, registry, ...others), ...kindsOfNothing.all(hostId, ...others)];
    return [
      ...kindsOfImage.all(hostId, registry, repository, ...others),
      ...kindsOfRegistry.all(hostId, registry, ...others),
      ...kindsOfNothing.all(hostId, ...others),
    ];
  }

  /** The row that another door made of the same pull: the closest in time of those of which this door has not told. */
  function twinOf(row: AttemptRow, startMs: number): AttemptRow | null {
    if (row.door === 'pasted') return null;
    const endMs = startMs + (row.tookMs ?? 0);
    const from = firstSeqOf(startMs - longestPullMs);
    const to = firstSeqOf(endMs + togetherMs + 1);
    const found = twinKinds(row).flatMap((kind) => inSpan.all(kind, from, to));
    let best: AttemptRow | null = null;
    let bestMs = togetherMs;
    for (const other of found) {
      if (other.doors.split(',').includes(row.door) || !isSameImage(row, other)) continue;
      const otherStart = msOfSeq(other.seq);
      const apart = Math.max(otherStart - endMs, startMs - (otherStart + (other.tookMs ?? 0)), 0);
      if (apart > bestMs || (best && apart === bestMs)) continue;
      best = other;
      bestMs = apart;
    }
    return best;
  }

  /** One transaction. What was rolled back gave out numbers that are given again. */
  const whole = <Given extends unknown[], Result>(work: (...given: Given) => Result) => {
    const run = db.transaction(work).immediate;
    return (...given: Given): Result => {
      try {
        return run(...given) as Result;
      } catch (error) {
        kindIds.clear();
        throw error;
      }
    };
  };
  const write = whole((batches: readonly Batch[], nowMs: number) =>
    batches.map(({ attempts, readUpTo }) => {
      const results = attempts.map((attempt) => recordOne(attempt, nowMs));
      if (readUpTo) setCursor.run(readUpTo.source, readUpTo.cursor, asStoredTime(nowMs));
      return results;
    }),
  );
  const explain = whole((id: string, cause: Cause, certainty: Certainty | null) => {
    const row = byId.get(id);
    if (row?.outcome !== 'failed') return false;
    rewrite(row, { ...row, cause, certainty });
    return true;
  });
  const link = whole((id: string, diagnosisId: string) => {
    const row = byId.get(id);
    if (row?.outcome !== 'failed') return false;
    rewrite(row, { ...row, diagnosisId });
    return true;
  });
  const explainUnread = whole(() => {
    for (const row of unread.all()) {
      const [first] = row.message === null ? [] : readMessage(row.message).causes;
      const read = { cause: first?.cause ?? 'unknown', certainty: first?.certainty ?? 'guess' } as const;
      rewrite(row, row.cause === null ? { ...row, ...read } : row);
    }
  });
  const deleteOldest = whole((limit: number, beforeMs: number | null) => {
    const rows = oldest.all(beforeMs === null ? Number.MAX_SAFE_INTEGER : firstSeqOf(beforeMs), limit);
    for (const row of rows) {
      remove.run(row.seq);
      failures.remove(row, 'deleted');
      leave(row);
      dropKeys.run(row.id);
    }
    const last = rows.at(-1);
    if (last) setMark.run(deletedBefore, asStoredTime(msOfSeq(last.seq) + 1));
    return rows.length;
  });

  return {
    write,
    explain,
    link,
    explainUnread,
    deleteOldest,
    deleteHours: (limit, beforeHour) => dropHours.run(beforeHour, limit).changes,
    cursorOf: (source) => cursor.get(source) ?? null,
    probe() {
      setMark.run('probe', 'x'.repeat(probeBytes));
      dropMark.run('probe');
    },
  };
}

function fingerprintOf(row: Pick<AttemptRow, 'outcome' | 'cause' | 'registry' | 'repository' | 'hostId'>) {
  const { outcome, cause, registry, repository, hostId } = row;
  return outcome === 'failed' && cause !== null ? fingerprint({ cause, registry, repository, hostId }) : null;
}

/** The same image, or one of the two told only of its registry, or of nothing. */
function isSameImage(one: AttemptRow, other: AttemptRow): boolean {
  if (one.reference !== null && other.reference !== null) return one.reference === other.reference;
  return one.registry === null || other.registry === null || one.registry === other.registry;
}

/** A row with what another door knew better: what is null is filled in, and a cause where none was known. */
function completed(row: AttemptRow, other: AttemptRow): AttemptRow {
  const image = row.reference === null ? other : row;
  const teller = (row.cause ?? 'unknown') === 'unknown' && other.cause !== null ? other : row;
  return {
    ...row,
    reference: image.reference,
    registry: image.registry ?? row.registry,
    repository: image.repository,
    tag: image.tag,
    digest: row.digest ?? other.digest,
    platform: row.platform ?? other.platform,
    user: row.user ?? other.user,
    client: row.client ?? other.client,
    doors: `${row.doors},${other.door}`,
    // The words that tell the cause stay with it.
    message: teller.message ?? row.message ?? other.message,
    cause: teller.cause,
    certainty: teller.certainty,
    tookMs: row.tookMs ?? other.tookMs,
    bytes: row.bytes ?? other.bytes,
    key: row.key ?? other.key,
    diagnosisId: row.diagnosisId ?? other.diagnosisId,
  };
}

function printOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}
