import { afterAll, beforeAll, expect, it } from 'vitest';
import { registriesStore, rowKey, type StoredLogin } from '../src/features/registries/registries.store.ts';
import { startApplication, type TestApplication } from './application.ts';

let application: TestApplication;
beforeAll(async () => {
  application = await startApplication(() => ({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' }));
});
afterAll(() => application.close());

const hour = 3_600_000;
const now = new Date('2026-11-27T12:00:00Z');
const login = (registry: string, checkedAt: Date, folder = '/home/alice/.docker'): StoredLogin => ({
  folder,
  registry,
  status: 'ok',
  since: checkedAt,
  checkedAt,
  checkMs: 12.5,
  evidence: { version: 1, now: checkedAt.toISOString(), registry },
});

it('keeps the last evidence once, and each check as a small row', async () => {
  const { db } = application;
  const host = await db.dockerHost.findFirstOrThrow();
  const store = registriesStore(db, host);
  for (let minute = 0; minute < 5; minute += 1)
    await store.record(login('ghcr.io', new Date(now.getTime() + minute * 60_000)), `Check ${minute}.`);
  await store.record(login('ghcr.io', now, '/root/.docker'), 'Of another user.');
  const logins = await store.logins();
  expect(logins.map(({ folder, checkedAt }) => [folder, checkedAt.getTime() - now.getTime()])).toEqual([
    ['/home/alice/.docker', 240_000],
    ['/root/.docker', 0],
  ]);
  const checks = await store.checksOf('/home/alice/.docker', 'ghcr.io', now);
  expect(checks.map(({ why }) => why)).toEqual(['Check 0.', 'Check 1.', 'Check 2.', 'Check 3.', 'Check 4.']);
  await db.registryLogin.deleteMany();
  expect(await db.registryCheck.count()).toBe(0);
});

it('forgets what is older, some at a time, but not the last word on what is watched', async () => {
  const { db } = application;
  const host = await db.dockerHost.findFirstOrThrow();
  const store = registriesStore(db, host);
  const old = new Date(now.getTime() - 40 * hour);
  for (const registry of ['ghcr.io', 'gone.example']) await store.record(login(registry, old), 'Old.');
  const { id: loginId } = await db.registryLogin.findFirstOrThrow({ where: { registry: 'ghcr.io' } });
  const row = (at: Date) => ({ loginId, at, ms: 1, status: 'ok', why: 'Fine.' });
  await db.registryCheck.createMany({ data: Array.from({ length: 1_200 }, () => row(old)) });
  await db.registryCheck.create({ data: row(new Date(now.getTime() - hour)) });

  const watched = new Set([rowKey('/home/alice/.docker', 'ghcr.io')]);
  const before = new Date(now.getTime() - 36 * hour);
  const counts: number[] = [];
  while (await store.prune(before, watched)) counts.push(await db.registryCheck.count());
  expect(counts).toEqual([703, 203]);
  expect(await db.registryCheck.count()).toBe(1);
  expect((await store.logins()).map(({ registry }) => registry)).toEqual(['ghcr.io']);
});

it('passes over evidence that another version wrote', async () => {
  const { db } = application;
  const host = await db.dockerHost.findFirstOrThrow();
  const store = registriesStore(db, host);
  await db.registryLogin.updateMany({ data: { evidence: { version: 99 } } });
  expect(await store.logins()).toEqual([]);
});
