import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../src/child-process.ts';
import type { PullResult } from '../src/docker-api.ts';
import { faults } from '../src/faults/table.ts';
import { isInsideNamespace, outsideVariable } from '../src/namespace.ts';
import { type Stage, startStage } from '../src/stage.ts';

/** Why real daemons cannot be tried here; the tests are skipped by this name. */
const reason = !isInsideNamespace()
  ? (process.env[outsideVariable] ?? 'run it through src/bin/in-namespace.ts')
  : findProgram('dockerd')
    ? undefined
    : 'dockerd is not installed: apt-get install docker.io';

const canShow = faults.filter(({ daemonPull }) => daemonPull !== 'cannot-show');
// those that wait for a time-out begin first, and the others pass beside them
const inOrder = canShow.toSorted((a, b) => Number(b.slow ?? false) - Number(a.slow ?? false));

describe.skipIf(reason !== undefined)(`a real dockerd${reason ? ` (${reason})` : ''}`, () => {
  let stage: Stage;
  const said: Record<string, PullResult> = {};
  beforeAll(async () => {
    stage = await startStage();
    const variants = new Set(stage.rows.map(({ daemon }) => daemon));
    await Promise.all([...variants].map((variant) => stage.startDaemon(variant)));
  });
  afterAll(async () => {
    // what the daemon said to each row: material for signs and fixtures
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/daemon-messages.json', JSON.stringify(said, null, 1));
    await stage?.stop();
  });

  it.concurrent.each(inOrder.map((fault) => [fault.daemonPull, fault.name] as const))(
    '%s: %s',
    async (outcome, name) => {
      const { image, daemon, login, fault } = stage.row(name);
      const dockerd = await stage.startDaemon(daemon);
      if (!dockerd.ok) throw new Error(dockerd.why);
      const { platform } = fault;
      const result = await dockerd.pull(image, {
        ...(login ? { login } : {}),
        ...(platform ? { platform } : {}),
      });
      said[name] = result;
      expect(result).toMatchObject({ ok: outcome === 'works' });
    },
  );
});
