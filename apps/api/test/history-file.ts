import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type HistoryFile, migrate, openDatabase, openHistoryFile } from '@pull-doctor/database';
import { pino } from 'pino';
import { type History, openHistory } from '../src/features/attempts/history.ts';
import type { NewAttempt } from '../src/features/attempts/intake.ts';
import { openHostsStore } from '../src/features/host/hosts.store.ts';

const migrations = path.resolve(import.meta.dirname, '../../../prisma/migrations');

export interface TestHistory extends History {
  file: string;
  /** A second look at the file, for what the history does not show. */
  db: HistoryFile;
  /** The ids that were told of. */
  told: string[];
  end(): Promise<void>;
}

/** The real history on a file of its own. */
export async function startHistory(
  settings: { now?: () => Date; days?: number; megabytes?: number; hostName?: string } = {},
): Promise<TestHistory> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pull-doctor-'));
  const file = path.join(folder, 'test.db');
  migrate(file, migrations);
  const now = settings.now ?? (() => new Date());
  const prisma = await openDatabase(file);
  const host = await openHostsStore(
    prisma,
    settings.hostName ?? 'build-01',
    new Date('2026-01-01T00:00:00Z'),
  );
  await prisma.$disconnect();
  const told: string[] = [];
  const history = openHistory(openHistoryFile(file), {
    host,
    now,
    log: pino({ level: 'silent' }),
    changed: (id) => told.push(id),
    kept: { days: settings.days ?? 90, megabytes: settings.megabytes ?? 1000 },
  });
  const db = openHistoryFile(file);
  return {
    ...history,
    file,
    db,
    told,
    async end() {
      await history.close();
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** An attempt as the daemon's log tells of it, with what a test is about. */
export function attempt(about: Partial<NewAttempt> = {}): NewAttempt {
  return {
    reference: { registry: 'ghcr.io', repository: 'acme/api', tag: '1', digest: null },
    canonical: 'ghcr.io/acme/api:1',
    registry: 'ghcr.io',
    platform: null,
    user: null,
    client: null,
    digest: null,
    door: 'report',
    outcome: 'failed',
    message: 'Error response from daemon: denied',
    startedAt: new Date('2026-11-20T10:00:00Z'),
    tookMs: null,
    bytes: null,
    key: null,
    diagnosisId: null,
    ...about,
  };
}

/** An image by its parts. */
export function image(registry: string, repository: string, tag: string) {
  return {
    reference: { registry, repository, tag, digest: null },
    canonical: `${registry}/${repository}:${tag}`,
    registry,
  };
}
