import { certainties } from '@pull-doctor/contract/causes';
import type { HistoryFile } from '@pull-doctor/database';
import { familiar } from '@pull-doctor/diagnosis/reference/names';
import type { AttemptRow } from './stored-attempt.ts';
import { firstSeqOf, msOfSeq } from './time-order.ts';

interface FailureRow {
  fingerprint: string;
  certainty: string | null;
  count: number;
  firstSeenAt: string;
  lastSeenAt: string;
  lastAttemptId: string;
  diagnosisId: string | null;
  fixedAt: string | null;
  cameBack: number;
}

/** Keeps PullFailure what its attempts make of it, inside of the transaction that changes them. */
export interface FailureKeeper {
  /** Counts a failed attempt, whose row is written; of a pull that worked, sees what it fixed. */
  add(row: AttemptRow): void;
  /** Takes a failed attempt out, whose row is gone or has become one of another failure. */
  remove(row: AttemptRow, why: 'moved' | 'deleted'): void;
}

type Success = Pick<AttemptRow, 'id' | 'startedAt' | 'registry' | 'repository' | 'tag' | 'digest'>;

const hourMs = 3_600_000;

export function failureKeeper(db: HistoryFile): FailureKeeper {
  const find = db.prepare<[string], FailureRow>('SELECT * FROM PullFailure WHERE fingerprint = ?');
  const insert =
    db.prepare(`INSERT INTO PullFailure (fingerprint, hostId, registry, repository, cause, certainty, count,
    firstSeenAt, lastSeenAt, lastAttemptId, diagnosisId, cameBack, imageCount) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, 0, 0)`);
  const update =
    db.prepare(`UPDATE PullFailure SET count = count + 1, certainty = ?, firstSeenAt = ?, lastSeenAt = ?,
    lastAttemptId = ?, diagnosisId = ?, cameBack = ? WHERE fingerprint = ?`);
  const setFix = db.prepare(
    'UPDATE PullFailure SET fixedAt = ?, fixedBy = ?, fixedAttemptId = ? WHERE fingerprint = ?',
  );
  const comeBack = db.prepare('UPDATE PullFailure SET cameBack = 1 WHERE fingerprint = ?');
  const ofRepository = db.prepare<[string, string, string], FailureRow>(
    'SELECT * FROM PullFailure WHERE hostId = ? AND registry = ? AND repository = ?',
  );
  const firstSuccess = db.prepare<[number, string, string, string], Success>(`
    SELECT a.* FROM PullAttempt a WHERE a.seq = (
      SELECT min((SELECT b.seq FROM PullAttempt b WHERE b.kindId = k.id AND b.seq >= ? ORDER BY b.seq LIMIT 1))
      FROM PullKind k WHERE k.hostId = ? AND k.registry = ? AND k.repository = ? AND k.outcome = 'pulled')`);
  const addPart = db
    .prepare<
      [string, string, string, string],
      number
    >(`INSERT INTO PullFailurePart (fingerprint, kind, value, count, lastAt)
      VALUES (?, ?, ?, 1, ?) ON CONFLICT DO UPDATE SET count = count + 1, lastAt = max(lastAt, excluded.lastAt) RETURNING count`)
    .pluck();
  const takePart = db
    .prepare<[string, string, string], number>(
      'UPDATE PullFailurePart SET count = count - 1 WHERE fingerprint = ? AND kind = ? AND value = ? RETURNING count',
    )
    .pluck();
  const dropPart = db.prepare('DELETE FROM PullFailurePart WHERE fingerprint = ? AND kind = ? AND value = ?');
  const countImages = db.prepare('UPDATE PullFailure SET imageCount = imageCount + ? WHERE fingerprint = ?');
  const addHour = db.prepare(
    'INSERT INTO PullFailureHour (fingerprint, hour, count) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1',
  );
  const takeHour = db.prepare(
    'UPDATE PullFailureHour SET count = count - 1 WHERE fingerprint = ? AND hour = ?',
  );
  const take = db
    .prepare<[string], number>(
      'UPDATE PullFailure SET count = count - 1 WHERE fingerprint = ? RETURNING count',
    )
    .pluck();
  const drop = db.prepare('DELETE FROM PullFailure WHERE fingerprint = ?');
  const edge = (direction: 'ASC' | 'DESC') =>
    db.prepare<[string], AttemptRow>(`SELECT a.* FROM PullKind k CROSS JOIN PullAttempt a
      ON a.seq = (SELECT b.seq FROM PullAttempt b WHERE b.kindId = k.id ORDER BY b.seq ${direction} LIMIT 1)
      WHERE k.fingerprint = ? ORDER BY a.seq ${direction} LIMIT 1`);
  const [oldest, newest] = [edge('ASC'), edge('DESC')];
  const setEdges = db.prepare(
    'UPDATE PullFailure SET firstSeenAt = ?, lastSeenAt = ?, lastAttemptId = ? WHERE fingerprint = ?',
  );

  const partsOf = ({ reference, user, textId }: AttemptRow): [string, string][] => [
    ...(reference === null ? [] : ([['image', reference]] as [string, string][])),
    ...(user === null ? [] : ([['user', user]] as [string, string][])),
    ['text', String(textId)],
  ];
  const successAfter = ({ hostId, registry, repository }: AttemptRow, time: string) =>
    registry === null || repository === null
      ? undefined
      : firstSuccess.get(firstSeqOf(Date.parse(time) + 1), hostId, registry, repository);
  const fix = (fingerprint: string, by: Success | undefined) =>
    setFix.run(by?.startedAt ?? null, by ? words(by) : null, by?.id ?? null, fingerprint);

  function addFailed(row: AttemptRow, fingerprint: string): void {
    const { startedAt: at } = row;
    const known = find.get(fingerprint);
    if (known) {
      const isLast = at >= known.lastSeenAt;
      const isFirst = at < known.firstSeenAt;
      const workedBetween =
        (isLast && known.fixedAt !== null && known.fixedAt < at) ||
        (isFirst && (successAfter(row, at)?.startedAt ?? known.firstSeenAt) < known.firstSeenAt);
      update.run(
        surer(row.certainty, known.certainty),
        isFirst ? at : known.firstSeenAt,
        isLast ? at : known.lastSeenAt,
        isLast ? row.id : known.lastAttemptId,
        isLast ? (row.diagnosisId ?? known.diagnosisId) : (known.diagnosisId ?? row.diagnosisId),
        known.cameBack || workedBetween ? 1 : 0,
        fingerprint,
      );
      if (isLast) fix(fingerprint, successAfter(row, at));
    } else {
      const { hostId, registry, repository, cause, certainty, id, diagnosisId } = row;
      insert.run(fingerprint, hostId, registry, repository, cause, certainty, at, at, id, diagnosisId);
      fix(fingerprint, successAfter(row, at));
    }
    for (const [kind, value] of partsOf(row))
      if (addPart.get(fingerprint, kind, value, at) === 1 && kind === 'image')
        countImages.run(1, fingerprint);
    addHour.run(fingerprint, hourOf(row));
  }

  return {
    add(row) {
      if (row.fingerprint !== null) return addFailed(row, row.fingerprint);
      const { outcome, hostId, registry, repository, startedAt: at } = row;
      if (outcome !== 'pulled' || registry === null || repository === null) return;
      for (const failure of ofRepository.all(hostId, registry, repository)) {
        if (at > failure.lastSeenAt) {
          if (failure.fixedAt === null || at < failure.fixedAt) fix(failure.fingerprint, row);
        } else if (at > failure.firstSeenAt && at < failure.lastSeenAt) comeBack.run(failure.fingerprint);
      }
    },

    remove(row, why) {
      const { fingerprint } = row;
      if (fingerprint === null) return;
      const left = take.get(fingerprint);
      if (left === undefined) return;
      if (left <= 0) {
        drop.run(fingerprint);
        return;
      }
      for (const [kind, value] of partsOf(row)) {
        if (takePart.get(fingerprint, kind, value) !== 0) continue;
        dropPart.run(fingerprint, kind, value);
        if (kind === 'image') countImages.run(-1, fingerprint);
      }
      // What was deleted by age is still when it was first seen, and a failure of that hour.
      if (why === 'deleted') return;
      takeHour.run(fingerprint, hourOf(row));
      const [first, last] = [oldest.get(fingerprint), newest.get(fingerprint)];
      if (!first || !last) return;
      setEdges.run(first.startedAt, last.startedAt, last.id, fingerprint);
      fix(fingerprint, successAfter(last, last.startedAt));
    },
  };
}

function hourOf({ seq }: AttemptRow): number {
  return Math.floor(msOfSeq(seq) / hourMs);
}

function words({
  registry,
  repository,
  tag,
  digest,
}: Pick<Success, 'registry' | 'repository' | 'tag' | 'digest'>) {
  return `a pull of ${familiar({ registry: registry ?? '', repository: repository ?? '', tag, digest })}`;
}
function surer(one: string | null, other: string | null): string | null {
  const sure = certainties.find((certainty) => certainty === one || certainty === other);
  return sure ?? null;
}
