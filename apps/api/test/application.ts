import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { migrate, openDatabase, type PrismaClient } from '@pull-doctor/database';
import { pino } from 'pino';
import { type Application, buildApp } from '../src/app.ts';
import { type Config, readConfig } from '../src/config.ts';
import type { Edges } from '../src/edges.ts';
import { loadAdminToken } from '../src/features/access/admin-token.ts';

const root = path.resolve(import.meta.dirname, '../../..');
export const adminToken = 'a-token-for-tests-that-is-long-enough';

export interface TestApplication extends Application {
  edges: Edges;
  folder: string;
  db: PrismaClient;
  headers: { authorization: string };
  diagnose(body: object): Promise<{ status: number; diagnosis: Diagnosis }>;
  close(): Promise<void>;
}

/**
 * The real application on a database of its own in a temporary folder.
 *
 * @param environment Docker's variables; read at each diagnosis, so a test may give another object each time.
 */
export async function startApplication(
  environment: () => Record<string, string | undefined>,
  settings: Record<string, string> = {},
): Promise<TestApplication> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pull-doctor-'));
  const read = readConfig({
    PULL_DOCTOR_DATA: folder,
    PULL_DOCTOR_DAEMON_LOG: 'none',
    // A test that counts diagnoses, or requests, starts them by itself.
    PULL_DOCTOR_DIAGNOSE_NEW: '0',
    ...settings,
  });
  if (!read.ok) throw new Error(read.complaints.join(' '));
  const config: Config = read.config;
  const file = path.join(folder, 'test.db');
  migrate(file, path.join(root, 'prisma/migrations'));
  const db = await openDatabase(file);
  const edges: Edges = {
    config,
    db,
    webFolder: path.join(root, 'apps/web/dist'),
    environment,
    homeFolder: folder,
    hostName: 'build-01',
    now: () => new Date(),
  };
  const built = await buildApp(
    edges,
    loadAdminToken(adminToken, folder),
    pino({ level: 'error' }, pino.destination(2)),
  );
  const headers = { authorization: `Bearer ${adminToken}` };
  return {
    ...built,
    edges,
    folder,
    db,
    headers,
    async diagnose(body) {
      const answer = await built.app.inject({
        method: 'POST',
        url: '/api/v1/diagnoses?wait=60',
        headers,
        payload: body,
      });
      return { status: answer.statusCode, diagnosis: answer.json() };
    },
    async close() {
      await built.app.close();
      await db.$disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
