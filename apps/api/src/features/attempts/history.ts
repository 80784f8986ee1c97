import type { HistoryState } from '@pull-doctor/contract/history';
import type { HistoryFile } from '@pull-doctor/database';
import type { FastifyBaseLogger } from 'fastify';
import { announcer } from './announce.ts';
import { attemptWriter } from './attempt-writer.store.ts';
import { type AttemptsStore, attemptsStore } from './attempts.store.ts';
import { type FailureList, failureList } from './failure-list.store.ts';
import { hostNames } from './host-names.ts';
import { type Intake, intake } from './intake.ts';
import { type RegistryUse, registryUse } from './registry-use.store.ts';
import { historySize } from './retention.store.ts';
import { type Retention, retention } from './retention.ts';
import { statsStore } from './stats.store.ts';
import { textSearch } from './text-search.store.ts';
import { readTrouble } from './trouble.ts';

/** The pull history: one way in, and what can be asked of it. */
export interface History {
  intake: Intake;
  attempts: AttemptsStore;
  failures: FailureList;
  stats: ReturnType<typeof statsStore>;
  registryUse: RegistryUse;
  retention: Retention;
  kept(): HistoryState['kept'];
  close(): Promise<void>;
}

/** @param changed is told of the newest attempt, at most four times a second. */
export function openHistory(
  db: HistoryFile,
  parts: {
    host: { id: string; name(): string };
    now: () => Date;
    log: FastifyBaseLogger;
    changed: (id: string) => void;
    /** Is told of the first attempt of each failure, once it is on disk. */
    newFailure?: (attemptId: string) => void;
    kept: { days: number; megabytes: number };
  },
): History {
  const { host, now, log } = parts;
  const hosts = hostNames(db, host);
  const writer = attemptWriter(db, hosts);
  const size = historySize(db);
  const texts = textSearch(db);
  const { announce, stop } = announcer(parts.changed);
  const read = attemptsStore(db, hosts, texts);
  const failures = failureList(db, hosts, texts);
  const failed = (id: string) => {
    const print = read.find(id)?.fingerprint;
    if (print && failures.find(print, now().getTime())?.count === 1) parts.newFailure?.(id);
  };
  const into = intake(writer, { now, announce, log, ...(parts.newFailure && { failed }) });
  const deleting = retention({ writer, size, now, log }, parts.kept);
  try {
    writer.explainUnread();
  } catch (error) {
    // A locked file or a full disk must not keep the page from what can be read; the next start tries again.
    if (!readTrouble(error, now())) throw error;
    log.warn({ err: error }, 'failed pulls of an earlier version stay without a cause for now');
  }
  return {
    intake: into,
    attempts: read,
    failures,
    stats: statsStore(db, hosts, texts),
    registryUse: registryUse(db, host),
    retention: deleting,
    kept: () => ({ ...parts.kept, ...size.kept() }),
    async close() {
      await Promise.all([into.close(), deleting.stop()]);
      stop();
      db.close();
    },
  };
}
