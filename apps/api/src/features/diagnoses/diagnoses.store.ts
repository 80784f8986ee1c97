import type { Diagnosis, DiagnosisLine } from '@pull-doctor/contract/diagnoses';
import { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Prisma, PrismaClient } from '@pull-doctor/database';
import { attachEvidence, type StepRecord } from './step-log.ts';

/** A diagnosis with its evidence in one piece, as it is stored. */
export interface StoredDiagnosis
  extends Omit<Diagnosis, 'steps' | 'progress' | 'attemptId' | 'vantageNotes'> {
  evidence: Evidence;
  steps: StepRecord[];
}

export interface DiagnosesStore {
  /** Writes one that begins. */
  begin(diagnosis: StoredDiagnosis): Promise<void>;
  /** Writes how it ended. */
  finish(diagnosis: StoredDiagnosis): Promise<void>;
  find(id: string): Promise<Diagnosis | null>;
  list(page: { limit: number; before: string | null }): Promise<DiagnosisLine[]>;
  /** Diagnoses that a crash or kill left "running" are stopped ones. */
  stopUnfinished(now: Date): Promise<number>;
}

export function diagnosesStore(db: PrismaClient, host: { id: string }): DiagnosesStore {
  return {
    async begin({ id, ...diagnosis }) {
      // createMany, unlike create, does not read the row back, which is mostly evidence.
      await db.diagnosis.createMany({ data: [{ id, hostId: host.id, ...asRow(diagnosis) }] });
    },

    async finish({ id, ...diagnosis }) {
      await db.diagnosis.updateMany({ where: { id }, data: asRow(diagnosis) });
    },

    async find(id) {
      const row = await db.diagnosis.findFirst({
        where: { id, hostId: host.id },
        include: { attempts: { select: { id: true }, take: 1 } },
      });
      if (!row) return null;
      const evidence = Evidence.parse(row.evidence);
      return {
        ...asLine(row),
        secretsHidden: row.secretsHidden,
        platform: row.platform,
        pull: row.pull,
        steps: attachEvidence(row.steps as unknown as StepRecord[], evidence),
        findings: row.findings as unknown as Diagnosis['findings'],
        ruledOut: row.ruledOut as unknown as Diagnosis['ruledOut'],
        open: row.open as unknown as Diagnosis['open'],
        progress: null,
        attemptId: row.attempts[0]?.id ?? null,
        vantageNotes: evidence.vantage.notes,
      };
    },

    async list({ limit, before }) {
      const rows = await db.diagnosis.findMany({
        where: { hostId: host.id, ...(before && { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: limit,
        omit: { evidence: true, steps: true, findings: true, ruledOut: true, open: true },
      });
      return rows.map((row) => ({
        ...asLine(row),
        input: shortened(row.input),
        cause: row.cause as DiagnosisLine['cause'],
        certainty: row.certainty as DiagnosisLine['certainty'],
      }));
    },

    async stopUnfinished(now) {
      const { count } = await db.diagnosis.updateMany({
        where: { hostId: host.id, state: 'running' },
        data: {
          state: 'stopped',
          finishedAt: now,
          verdict: 'Pull Doctor was stopped before this diagnosis ended.',
        },
      });
      return count;
    },
  };
}

function asRow({
  reference,
  evidence,
  steps,
  findings,
  ruledOut,
  open,
  startedAt,
  finishedAt,
  ...rest
}: Omit<StoredDiagnosis, 'id'>) {
  return {
    ...rest,
    registry: reference?.registry ?? null,
    repository: reference?.repository ?? null,
    tag: reference?.tag ?? null,
    digest: reference?.digest ?? null,
    startedAt: new Date(startedAt),
    finishedAt: finishedAt === null ? null : new Date(finishedAt),
    cause: findings[0]?.cause ?? null,
    certainty: findings[0]?.certainty ?? null,
    evidence: asJson(evidence),
    steps: asJson(steps),
    findings: asJson(findings),
    ruledOut: asJson(ruledOut),
    open: asJson(open),
  };
}

interface LineRow {
  id: string;
  state: string;
  input: string;
  registry: string | null;
  repository: string | null;
  tag: string | null;
  digest: string | null;
  startedAt: Date;
  finishedAt: Date | null;
  verdict: string;
  pullable: string;
}

function asLine(row: LineRow): Omit<DiagnosisLine, 'cause' | 'certainty'> {
  return {
    id: row.id,
    state: row.state as DiagnosisLine['state'],
    input: row.input,
    reference:
      row.registry !== null && row.repository !== null
        ? { registry: row.registry, repository: row.repository, tag: row.tag, digest: row.digest }
        : null,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    verdict: row.verdict,
    pullable: row.pullable as DiagnosisLine['pullable'],
  };
}

// An error text may have 64 KB, and a page of the list 200 lines.
const lineInputCharactersMax = 500;

function shortened(input: string): string {
  const text = input.trim();
  return text.length > lineInputCharactersMax ? `${text.slice(0, lineInputCharactersMax - 1)}…` : input;
}

/** Prisma's JSON input type knows no optional fields; what goes in is JSON by the contract's schemas. */
function asJson(value: object): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}
