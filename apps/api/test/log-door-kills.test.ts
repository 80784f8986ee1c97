import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PullAttempt } from '@pull-doctor/contract/attempts';
import { afterEach, expect, it } from 'vitest';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const kills = 15;
let folder: string;
let server: ServerProcess | null = null;
afterEach(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The server itself, its database and a log that is rotated: what the log held is there afterwards, once. */
it(`every pull of the log is recorded once over ${kills} kills at random`, { timeout: 180_000 }, async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdk-'));
  const file = path.join(folder, 'docker.log');
  writeFileSync(file, '');
  const start = () =>
    startServerProcess(
      { PATH: process.env.PATH ?? '', DOCKER_HOST: 'unix:///nonexistent/docker.sock', DOCKER_CONFIG: folder },
      {
        PULL_DOCTOR_DATA: path.join(folder, 'data'),
        PULL_DOCTOR_DAEMON_LOG: file,
      },
    );
  const written: string[] = [];
  const fail = () => {
    const name = `team/app-${written.length}`;
    written.push(`registry.example.com/${name}:1`);
    const error = `Head "https://registry.example.com/v2/${name}/manifests/1": no basic auth credentials`;
    const line = (level: string, msg: string) =>
      `time="${new Date().toISOString()}" level=${level} msg=${JSON.stringify(msg)}\n`;
    appendFileSync(file, line('info', `Attempting next endpoint for pull after error: ${error}`));
    appendFileSync(file, line('error', `Handler for POST /v1.41/images/create returned error: ${error}`));
  };
  let rotations = 0;
  const rotate = () => {
    rotations += 1;
    for (let at = rotations - 1; at >= 1; at--) renameSync(`${file}.${at}`, `${file}.${at + 1}`);
    if (rotations % 2 === 0) {
      copyFileSync(file, `${file}.1`);
      truncateSync(file);
    } else {
      renameSync(file, `${file}.1`);
      writeFileSync(file, '');
    }
  };
  const images = async () => {
    const { origin, headers } = server as ServerProcess;
    const found: PullAttempt[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer: { items: PullAttempt[]; nextCursor: string | null } = await fetch(
        `${origin}/api/v1/attempts?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        { headers },
      ).then((got) => got.json() as never);
      found.push(...answer.items);
      cursor = answer.nextCursor;
    }
    return found.map(({ reference }) => reference);
  };

  server = await start();
  fail();
  await expect.poll(images, { timeout: 5_000 }).toEqual(written);
  for (let round = 0; round < kills; round++) {
    const lives = Math.random() * 1_500;
    for (const end = performance.now() + lives; performance.now() < end; ) {
      if (Math.random() < 0.5) fail();
      await new Promise((resume) => setTimeout(resume, Math.random() * 80));
      if (Math.random() < 0.03) rotate();
    }
    process.kill(server.pid, 'SIGKILL');
    for (let more = 0; more < 3; more++) fail();
    if (round % 3 === 1) rotate();
    fail();
    server = await start();
  }
  await expect.poll(async () => new Set(await images()).size, { timeout: 20_000 }).toBe(written.length);
  await new Promise((resume) => setTimeout(resume, 3_000));
  expect((await images()).toSorted()).toEqual(written.toSorted());
  expect(rotations).toBeGreaterThan(4);
});
