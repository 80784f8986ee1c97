import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readMessage } from '@pull-doctor/diagnosis/message/read-message';
import { canonical } from '@pull-doctor/diagnosis/reference/names';
import { parseReference } from '@pull-doctor/diagnosis/reference/parse-reference';
import { findProgram } from '@pull-doctor/testkit/child-process';
import type { Dockerd } from '@pull-doctor/testkit/dockerd';
import type { Fault } from '@pull-doctor/testkit/faults/fault';
import { faults } from '@pull-doctor/testkit/faults/table';
import { isInsideNamespace, outsideVariable } from '@pull-doctor/testkit/namespace';
import { type Stage, type StagedFault, startStage } from '@pull-doctor/testkit/stage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';

/*
 * Every staged fault, pulled by the real docker CLI through a real dockerd, whose log goes to a file: what its log tells
 * is in the history within two seconds, once, with the right image and cause.
 */
const docker = findProgram('docker');
const outside = isInsideNamespace()
  ? null
  : (process.env[outsideVariable] ?? 'run it through in-namespace.ts');
const whyNone = !docker
  ? 'docker is not installed: apt-get install docker.io'
  : !findProgram('dockerd')
    ? 'dockerd is not installed: apt-get install docker.io'
    : process.getuid?.() !== 0
      ? 'dockerd needs root'
      : null;

// A daemon that cannot be reached writes nothing, and helpers that hang, hang the CLI for good.
const rows = faults.filter(
  ({ daemon, slow, needs }) =>
    (daemon === undefined || daemon === 'present' || daemon === 'disk full') && !slow && !needs,
);
const whySkipped = ({ place }: Fault) => whyNone ?? (place === 'namespace' ? outside : null);

interface Place {
  dockerd: Dockerd;
  application: TestApplication;
  close(): Promise<void>;
}

describe('what is heard of a pull', () => {
  let stage: Stage;
  let folder: string;
  const places = new Map<string, Promise<Place>>();
  /** Pulls through one daemon come one after the other, so that it is known whose lines are whose. */
  const turns = new Map<string, Promise<unknown>>();

  beforeAll(async () => {
    if (whyNone) return;
    folder = mkdtempSync(path.join(os.tmpdir(), 'pdh-'));
    stage = await startStage({ rows });
  });
  afterAll(async () => {
    for (const place of places.values()) await (await place).close();
    await stage?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const placeOf = ({ daemon }: StagedFault) => {
    const known = places.get(daemon) ?? openPlace(daemon);
    places.set(daemon, known);
    return known;
  };

  async function openPlace(variant: StagedFault['daemon']): Promise<Place> {
    const dockerd = await stage.startDaemon(variant);
    if (!dockerd.ok) throw new Error(dockerd.why);
    const file = path.join(folder, `${variant.replaceAll(' ', '-')}.log`);
    writeFileSync(file, '');
    let written = 0;
    const timer = setInterval(() => {
      const fresh = dockerd.lines.slice(written);
      written += fresh.length;
      if (fresh.length > 0) appendFileSync(file, fresh.map((line) => `${line}\n`).join(''));
    }, 10);
    const application = await startApplication(() => ({ DOCKER_HOST: dockerd.host, DOCKER_CONFIG: folder }), {
      PULL_DOCTOR_DAEMON_LOG: file,
    });
    application.doors.start();
    const end = performance.now() + 5_000;
    while (application.doors.read().some(({ state }) => state !== 'open') && performance.now() < end)
      await new Promise((resume) => setTimeout(resume, 10));
    expect(application.doors.read().map(({ state }) => state)).toEqual(Array(5).fill('open'));
    return {
      dockerd,
      application,
      async close() {
        clearInterval(timer);
        await application.close();
      },
    };
  }

  for (const fault of rows) {
    const skipped = whySkipped(fault);
    it.skipIf(skipped !== null)(
      `${fault.name}${skipped ? ` (${skipped})` : ''}`,
      { concurrent: true, timeout: 180_000 },
      async ({ skip }) => {
        const row = stage.row(fault.name);
        if (row.unavailable) return skip(row.unavailable);
        const before = turns.get(row.daemon) ?? Promise.resolve();
        const mine = before.then(() => pullAndListen(row));
        turns.set(
          row.daemon,
          mine.catch(() => {}),
        );
        await mine;
      },
    );
  }

  async function pullAndListen(row: StagedFault): Promise<void> {
    const { dockerd, application } = await placeOf(row);
    const all = () =>
      application.pulls.attempts.page({ filter: {}, order: '-time', after: null, limit: 1_000 }).items;
    const known = new Set(all().map(({ id }) => id));
    const fresh = () => all().filter(({ id }) => !known.has(id));
    const linesBefore = dockerd.lines.length;
    const platform = row.fault.platform ? ['--platform', row.fault.platform] : [];
    const { isPulled, output } = await pull([...platform, row.image], {
      ...row.environment,
      DOCKER_HOST: dockerd.host,
    });
    const isTold = () =>
      isPulled || dockerd.lines.slice(linesBefore).some((line) => tellsOfFailure.test(line));
    const ended = performance.now();
    while (
      performance.now() - ended < heardMsMax &&
      fresh().length === 0 &&
      (isTold() || dockerd.lines.length === linesBefore)
    )
      await new Promise((resume) => setTimeout(resume, 10));
    const [heard, ...more] = fresh();
    expect(more, output).toEqual([]);
    if (!isTold()) {
      expect(heard, output).toBe(undefined);
      return;
    }
    expect(heard, output).toMatchObject({ outcome: isPulled ? 'pulled' : 'failed' });
    if (!heard) return;
    const parsed = parseReference(row.image);
    const { reference, registry, tag, digest } = parsed.ok
      ? { ...parsed.reference, reference: canonical(parsed.reference) }
      : { reference: row.image, registry: null, tag: null, digest: null };
    // Of an image by tag and digest the daemon tells the digest.
    const names = [reference, ...(tag && digest ? [reference.replace(`:${tag}@`, '@')] : [])];
    if (heard.reference === null) expect([null, registry]).toContain(heard.registry);
    else expect(names).toContain(heard.reference);
    if (isPulled) {
      // dockerd tried this registry over TLS first and said so, but not which image it then pulled: a line without a
      // name, of the next pull, may be taken for one of this within two seconds.
      if (dockerd.lines.length > linesBefore) await new Promise((resume) => setTimeout(resume, 2_000));
      return;
    }
    // The log tells what docker printed: so is the cause, whether or not these words can tell the true one.
    const { cause, oneOf = [] } = row.fault.expect;
    const printed = output.slice(output.indexOf(answerPrefix));
    const read = readMessage(printed).causes[0]?.cause;
    // Sometimes the client is told more than the log; then the log alone may leave the cause open.
    const isLess = heard.message !== null && printed.length > heard.message.length + answerPrefix.length + 1;
    expect([cause, ...oneOf, read, ...(isLess ? ['unknown'] : [])]).toContain(heard.cause);
  }
});

const answerPrefix = 'Error response from daemon: ';
const heardMsMax = 2_000;
const tellsOfFailure =
  /trying next host|fetch failed|for pull after error|Not continuing with pull|images\/create returned error/;

function pull(args: string[], env: Record<string, string>): Promise<{ isPulled: boolean; output: string }> {
  return new Promise((resolve) => {
    execFile(docker ?? '', ['pull', ...args], { env, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ isPulled: error === null, output: stdout + stderr }),
    );
  });
}
