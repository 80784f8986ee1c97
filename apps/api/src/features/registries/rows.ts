import type { CredentialsEvidence } from '@pull-doctor/contract/evidence/credentials';
import type {
  CheckEvidence,
  LoginStatus,
  RegistryRow,
  RegistrySource,
} from '@pull-doctor/contract/registries';
import { groupOf } from '@pull-doctor/diagnosis/board/board';
import { type Judged, judgeLogin } from '@pull-doctor/diagnosis/board/judge-login';
import { nameOf } from '@pull-doctor/diagnosis/board/registry-name';
import { resultCountsForMs } from '@pull-doctor/diagnosis/board/result-age';

/** What is known of one registry with one user's credential. Kept in memory; what has to outlive it is stored. */
export interface Row {
  key: string;
  folder: string;
  host: string;
  sources: RegistrySource[];
  deadKeys: RegistryRow['deadKeys'];
  /** The credential as the files and helpers have it now. */
  login: FoundLogin | null;
  last: LastCheck | null;
  status: LoginStatus;
  since: Date | null;
  /** What was last told of it, so that an event is sent only for something new. */
  told: string;
}

export interface LastCheck {
  evidence: CheckEvidence;
  at: Date;
  ms: number;
  /** Of the credential that was sent; null after a restart, since it is not stored. */
  print: string | null;
}

/** What a credential lookup gives. Its secret is not kept: the print tells when it changes. */
export interface FoundLogin {
  evidence: CredentialsEvidence;
  print: string;
}

export function newRow(key: string, folder: string, host: string): Row {
  return {
    key,
    folder,
    host,
    sources: [],
    deadKeys: [],
    login: null,
    last: null,
    status: 'unknown',
    since: null,
    told: '',
  };
}

/** What stands around a row at one moment. */
export interface Moment {
  now: Date;
  everySeconds: number | null;
  enteredEnd: Date | null;
}

// What was measured with one credential says nothing of another; what is so whatever the credential, stays.
const ofTheCredential: readonly LoginStatus[] = ['ok', 'expiring', 'invalid', 'missing'];

/** How a registry stands, by what was measured and the time that it is. */
export function judge(row: Row, moment: Moment): Judged {
  const judged = judgeMeasured(row, moment);
  const { last, login } = row;
  // The judgement sees lengths and places; another secret of the same form only the print tells.
  const isOther = last?.print != null && login !== null && last.print !== login.print;
  if (!isOther || !ofTheCredential.includes(judged.status)) return judged;
  const why = 'The credential was changed since the last check.';
  return { ...judged, status: 'unknown', login: 'unknown', cause: null, why };
}

function judgeMeasured({ last, login }: Row, { now, everySeconds, enteredEnd }: Moment): Judged {
  return judgeLogin({
    evidence: last?.evidence ?? null,
    credentials: login?.evidence ?? null,
    now,
    enteredEnd: enteredEnd?.toISOString() ?? null,
    checks: { everySeconds, lastAt: last?.at.toISOString() ?? null },
  });
}

export interface RowAround {
  user: string;
  failedPulls24h: number;
  nextCheckAt: Date | null;
  checking: boolean;
}

/** The row as the contract has it. */
export function asRegistryRow(row: Row, judged: Judged, around: RowAround): RegistryRow {
  const { host, last, sources, deadKeys, since } = row;
  const isFirst = last === null && around.checking;
  const told: Omit<RegistryRow, 'group'> = {
    host,
    ...nameOf(host, last?.evidence.ping?.provider ?? undefined),
    ...judged,
    ...(isFirst ? { status: 'running' as const, why: 'The first check is running.' } : {}),
    user: around.user,
    since: last === null ? null : (since?.toISOString() ?? null),
    failedPulls24h: around.failedPulls24h,
    checkedAt: last?.at.toISOString() ?? null,
    nextCheckAt: around.nextCheckAt?.toISOString() ?? null,
    checking: around.checking,
    checkMs: last?.ms ?? null,
    addedByHand: sources.some(({ kind }) => kind === 'by-hand'),
    sources,
    deadKeys,
  };
  return { ...told, group: groupOf(told) };
}

// The words of a countdown, and with them a status, can turn at these distances from the end (DESIGN section 5).
const turnsBeforeEndMs = [600_000, 300_000, 0];

/** When, with nothing but time passing, this row may stand otherwise: the next such moments after `now`. */
export function turnsAt({ end }: Judged, row: Row, { now, everySeconds }: Moment): number[] {
  const endsAt = end.endsAt === null ? null : Date.parse(end.endsAt);
  const certificateEnds = row.last?.evidence.tls?.chain.map(({ notAfter }) => Date.parse(notAfter)) ?? [];
  const moments = [
    ...(endsAt === null ? [] : turnsBeforeEndMs.map((before) => endsAt - before)),
    ...(endsAt === null || end.thresholdSeconds === null ? [] : [endsAt - end.thresholdSeconds * 1000]),
    ...certificateEnds,
    ...(row.last ? [row.last.at.getTime() + resultCountsForMs(everySeconds)] : []),
  ];
  return moments.filter((at) => at > now.getTime());
}
