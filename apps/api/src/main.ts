import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate, openDatabase } from '@pull-doctor/database';
import { pino } from 'pino';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { loadAdminToken } from './features/access/admin-token.ts';
import { describeSurroundings } from './start-lines.ts';

// Look-ups of names wait in libuv's thread pool and cannot be called back: silent name servers must not hold up files.
process.env.UV_THREADPOOL_SIZE ??= '16';

// dist/main.js and src/main.ts are equally deep, so one path serves both.
const root = path.resolve(import.meta.dirname, '../../..');

const read = readConfig(process.env);
if (!read.ok) {
  for (const complaint of read.complaints) console.error(complaint);
  console.error('Pull Doctor does not start with settings that it would have to guess.');
  process.exit(2);
}
const { config, unknown } = read;
for (const name of unknown) console.warn(`${name} is no setting of this version; the README lists them.`);
mkdirSync(config.dataFolder, { recursive: true });
const file = path.join(config.dataFolder, 'pull-doctor.db');
const { backup } = migrate(file, path.join(root, 'prisma/migrations'));
if (backup) console.log(`The database was brought up to date; a copy from before is ${backup}`);

const db = await openDatabase(file);
const logger = pino({ level: 'warn', redact: ['req.headers.authorization', 'req.headers.cookie'] });
const { app, codes, look, pulls, registries, doors, origin, warmUp } = await buildApp(
  {
    config,
    db,
    webFolder: path.join(root, 'apps/web/dist'),
    environment: () => process.env,
    homeFolder: os.homedir(),
    hostName: os.hostname(),
    now: () => new Date(),
  },
  loadAdminToken(config.adminToken, config.dataFolder),
  logger,
);

let isClosing = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    if (isClosing) return;
    isClosing = true;
    await app.close();
    await db.$disconnect();
    console.log('Pull Doctor stopped.');
    // Pooled sockets to a registry or the daemon must not keep an ended server alive.
    process.exit(0);
  });

try {
  await app.listen({ port: config.port, host: config.host });
} catch (error) {
  const { code } = error as NodeJS.ErrnoException;
  console.error(
    code === 'EADDRINUSE'
      ? `Port ${config.port} on ${config.host} is taken by another program. Stop it, or set PULL_DOCTOR_PORT.`
      : `Pull Doctor cannot listen on ${config.host}:${config.port}: ${(error as Error).message}`,
  );
  process.exit(1);
}
const { code } = codes.make();
console.log(`Pull Doctor is ready: ${origin()}/signin?code=${code} (signs you in once, within 30 minutes)`);
// After the address, since a daemon that is slow to answer must not hold it back.
for (const line of describeSurroundings(await look())) console.log(line);
await warmUp();
pulls.retention.start();
doors.start();
await registries.start();
