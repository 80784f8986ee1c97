import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../src/child-process.ts';
import { configFiles } from '../src/faults/config-files.ts';
import { configKeys } from '../src/faults/config-keys.ts';
import { helpers } from '../src/faults/helpers.ts';
import { isInsideNamespace, outsideVariable } from '../src/namespace.ts';
import { type Stage, startStage } from '../src/stage.ts';

const docker = findProgram('docker');
const reason = !isInsideNamespace()
  ? (process.env[outsideVariable] ?? 'run it through src/bin/in-namespace.ts')
  : docker
    ? undefined
    : 'docker is not installed: apt-get install docker.io';

// A hanging helper hangs the command line for good, and DOCKER_AUTH_CONFIG is read since 28.3 only.
const rows = [...configFiles, ...configKeys, ...helpers].filter(
  ({ slow, needs, config }) => !slow && !needs && config?.authConfigVariable === undefined,
);

/** The rows whose fault lies in the client's configuration: here docker itself reads it, and decides what to send. */
describe.skipIf(reason !== undefined)(
  `docker pull with the row's configuration${reason ? ` (${reason})` : ''}`,
  () => {
    let stage: Stage;
    let host: string;
    beforeAll(async () => {
      stage = await startStage({ rows });
      const dockerd = await stage.startDaemon('plain');
      if (!dockerd.ok) throw new Error(dockerd.why);
      host = dockerd.host;
    });
    afterAll(() => stage?.stop());

    it.concurrent.each(
      rows.map(({ name, expect: { cause } }) => [cause === null ? 'works' : 'fails', name] as const),
    )('%s: %s', async (outcome, name) => {
      const { image, environment } = stage.row(name);
      const isOk = await new Promise<boolean>((resolve) => {
        const env = { ...environment, DOCKER_HOST: host };
        execFile(docker ?? '', ['pull', image], { env, timeout: 30_000 }, (error) => resolve(error === null));
      });
      expect(isOk ? 'works' : 'fails').toBe(outcome);
    });
  },
);
