import type { AttemptReceipt, AttemptReport } from '@pull-doctor/contract/attempts';
import { canonical } from '@pull-doctor/diagnosis/reference/names';
import { parseReference } from '@pull-doctor/diagnosis/reference/parse-reference';
import type { Intake, NewAttempt } from './intake.ts';

type Result = AttemptReceipt['results'][number];
export type Read = { ok: true; attempt: NewAttempt } | { ok: false; what: string };

/** What a program tells of a pull, as an attempt; or why it is refused. A failed pull of what is no image is an attempt. */
export function readReport(report: AttemptReport, now: Date): Read {
  const { startedAt, outcome } = report;
  const text = report.reference.trim();
  const parsed = parseReference(text);
  if (!parsed.ok && outcome !== 'failed')
    return { ok: false, what: `No image of that name can be ${outcome}: ${parsed.fault.what}` };
  const reference = parsed.ok ? parsed.reference : null;
  return {
    ok: true,
    attempt: {
      reference,
      canonical: parsed.ok ? canonical(parsed.reference) : text,
      registry: null,
      platform: report.platform ?? null,
      user: report.user || null,
      client: report.client || null,
      digest: report.digest ?? null,
      door: 'report',
      outcome,
      message: report.message || null,
      startedAt: startedAt === undefined ? began(now, report.tookMs) : new Date(startedAt),
      tookMs: report.tookMs ?? null,
      bytes: report.bytes ?? null,
      key: report.key ?? null,
      diagnosisId: null,
      host: report.host,
    },
  };
}

/** Records what can be recorded, and tells of each report what became of it, in their order. */
export async function takeReports(
  intake: Pick<Intake, 'record'>,
  reports: readonly AttemptReport[],
  now: Date,
): Promise<Result[]> {
  const read = reports.map((report) => readReport(report, now));
  const recorded = await intake.record(read.flatMap((one) => (one.ok ? [one.attempt] : [])));
  let next = 0;
  return read.map((one, index): Result => {
    const key = reports[index]?.key ?? null;
    if (!one.ok) return { state: 'refused', id: null, key, what: one.what };
    const { id, state } = recorded[next++] as (typeof recorded)[number];
    // Another door's row of the same pull is where it is recorded.
    return { state: state === 'known' ? 'known' : 'recorded', id, key, what: null };
  });
}

/** A report comes when the pull has ended. */
function began(now: Date, tookMs: number | undefined): Date {
  return new Date(now.getTime() - (tookMs ?? 0));
}
