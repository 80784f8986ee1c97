import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { stepNames } from '@pull-doctor/contract/steps';
import { diagnose } from '@pull-doctor/diagnosis/engine';
import { headline } from '@pull-doctor/diagnosis/progress/headline';
import type { FastifyBaseLogger } from 'fastify';
import { ulid } from 'ulid';
import type { PullProgress } from '../../daemon/pull-progress.ts';
import type { Edges } from '../../edges.ts';
import { Fault } from '../../fault.ts';
import type { Intake } from '../attempts/intake.ts';
import type { Hub } from '../live/hub.ts';
import type { DiagnosesStore } from './diagnoses.store.ts';
import { examine } from './examine.ts';
import { type Question, readQuestion } from './question.ts';
import { attachEvidence, type StepLog, stepLog } from './step-log.ts';
import type { DaemonPool } from './surroundings.ts';

/** Starts diagnoses, keeps the running ones, and stores the finished ones. */
export interface Examiner {
  start(request: {
    input: string;
    image?: string | undefined;
    platform?: string | undefined;
    pull: boolean;
    /** The caller waits for the end for a while. */
    waits: boolean;
  }): Promise<{ id: string; stored: () => Promise<void>; finished: Promise<Diagnosis> }>;
  find(id: string): Promise<Diagnosis | null>;
  /** Stops a running diagnosis and waits until what was seen is stored. */
  stop(id: string): Promise<void>;
  stopAll(): Promise<void>;
}

interface Running {
  read(): Diagnosis;
  /** Writes its first row, once: from then on it survives a crash as "stopped". */
  store(): Promise<void>;
  stop: AbortController;
  finished: Promise<Diagnosis>;
}

// Two cores and a dozen sockets each: more at once would only make each of them slower than its deadline.
const runningMax = 10;
// A diagnosis that takes longer is written while it runs, so that a crash leaves a trace of it.
const firstRowMs = 200;
// A real pull reports many times a second; a page needs a few.
const progressEventMsMin = 250;

export function examiner(
  edges: Edges,
  daemons: DaemonPool,
  parts: {
    diagnoses: DiagnosesStore;
    attempts: Pick<Intake, 'record' | 'explain'>;
    hub: Hub;
    log: FastifyBaseLogger;
  },
): Examiner {
  const running = new Map<string, Running>();

  return {
    async start(request) {
      if (running.size >= runningMax)
        throw new Fault(
          'too-many-diagnoses',
          429,
          `${runningMax} diagnoses are running, which is as many as run at once.`,
          'Wait until one ends, or stop one: DELETE /api/v1/diagnoses/ID.',
        );
      const question = readQuestion(request);
      const startedAt = edges.now();
      const id = ulid(startedAt.getTime());
      const one = begin(id, question, startedAt);
      running.set(id, one);
      // Who is told the id before the end must find it after a crash; who waits is answered from the last row.
      if (!request.waits) await one.store();
      return { id, stored: one.store, finished: one.finished };
    },
    async find(id) {
      return running.get(id)?.read() ?? parts.diagnoses.find(id);
    },
    async stop(id) {
      running.get(id)?.stop.abort();
      await running.get(id)?.finished;
    },
    async stopAll() {
      for (const { stop } of running.values()) stop.abort();
      await Promise.allSettled([...running.values()].map(({ finished }) => finished));
    },
  };

  function begin(id: string, question: Question, startedAt: Date): Running {
    const begun = performance.now();
    const evidence: Evidence = {
      version: 1,
      now: startedAt.toISOString(),
      input: question.input,
      vantage: { from: 'pull-doctor', notes: [] },
      notSeen: {},
    };
    const changed = () => parts.hub.publish({ kind: 'diagnosis-changed', id });
    const log = stepLog(evidence, () => performance.now() - begun, changed);
    const stop = new AbortController();
    let progress: Diagnosis['progress'] = null;
    let progressAt = 0;
    const onProgress = ({ digest: _, upToDate: __, ...seen }: PullProgress) => {
      progress = seen;
      if (performance.now() - progressAt < progressEventMsMin) return;
      progressAt = performance.now();
      changed();
    };
    let end: Pick<Diagnosis, 'state' | 'finishedAt'> | null = null;

    const run = async () => {
      try {
        await examine(
          { id, question, log, stop: stop.signal, progress: onProgress, beforePull: store },
          edges,
          daemons,
          parts.attempts,
        );
      } catch (error) {
        parts.log.error({ err: error, diagnosis: id }, 'a diagnosis was cut off');
        log.skipRest(stepNames, {
          code: 'crashed',
          why: 'the diagnosis was cut off by a fault of Pull Doctor',
        });
      }
      end = { state: stop.signal.aborted ? 'stopped' : 'finished', finishedAt: edges.now().toISOString() };
      const last = read();
      try {
        await persist(last);
        await explainAttempt(last);
        return last;
      } finally {
        running.delete(id);
        changed();
      }
    };
    const read = (): Diagnosis => ({
      ...judged(log, end),
      id,
      input: question.input,
      secretsHidden: question.secretsHidden,
      reference: question.reference?.reference ?? null,
      platform: question.platform,
      pull: question.pull,
      startedAt: startedAt.toISOString(),
      steps: attachEvidence(log.records(), log.evidence),
      progress: end ? null : progress,
      attemptId: log.evidence.pull?.attemptId ?? null,
      vantageNotes: log.evidence.vantage.notes,
    });
    const asStored = (diagnosis: Diagnosis) => ({
      ...withoutSteps(diagnosis),
      evidence: log.evidence,
      steps: log.records(),
    });
    let firstRow: Promise<void> | null = null;
    const store = () => {
      firstRow ??= orFault(parts.diagnoses.begin(asStored(read())), null);
      return firstRow;
    };
    const persist = async (last: Diagnosis) => {
      clearTimeout(soon);
      // A first row that could not be written is no reason not to try the last one.
      const hasRow = firstRow !== null && (await firstRow.then(yes, no));
      const write = hasRow ? parts.diagnoses.finish : parts.diagnoses.begin;
      await orFault(write(asStored(last)), last.verdict);
    };
    // Most end before this and are written once. What fails here is tried again, and told, at the end.
    const soon = setTimeout(() => store().catch(no), firstRowMs);
    const finished = run();
    finished.catch((error: unknown) =>
      parts.log.error({ err: error, diagnosis: id }, 'a diagnosis was not stored'),
    );
    return { read, store, stop, finished };
  }

  async function explainAttempt({ attemptId, findings: [first], pullable }: Diagnosis): Promise<void> {
    if (attemptId && pullable !== 'yes' && first)
      await parts.attempts.explain(attemptId, first.cause, first.certainty);
  }
}

const yes = () => true;
const no = () => false;

async function orFault(writing: Promise<void>, verdict: string | null): Promise<void> {
  try {
    await writing;
  } catch (cause) {
    throw new Fault(
      'not-stored',
      503,
      `The diagnosis could not be written to the database.${verdict ? ` It found: ${verdict}` : ''}`,
      'See whether the disk of the data folder is full, and diagnose again; the log has the reason.',
      { cause },
    );
  }
}

type Judged = Pick<
  Diagnosis,
  'state' | 'finishedAt' | 'verdict' | 'pullable' | 'findings' | 'ruledOut' | 'open'
>;

/** While it runs nothing is judged: the first line says what is settled so far. */
function judged({ evidence }: StepLog, end: Pick<Diagnosis, 'state' | 'finishedAt'> | null): Judged {
  if (!end)
    return {
      state: 'running',
      finishedAt: null,
      verdict: headline(evidence),
      pullable: 'unknown',
      findings: [],
      ruledOut: [],
      open: [],
    };
  return { ...end, ...diagnose(evidence) };
}

function withoutSteps({ steps: _, progress: __, attemptId: ___, vantageNotes: ____, ...rest }: Diagnosis) {
  return rest;
}
