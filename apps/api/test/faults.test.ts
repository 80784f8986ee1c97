import { certainties } from '@pull-doctor/contract/causes';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { findProgram } from '@pull-doctor/testkit/child-process';
import type { Fault } from '@pull-doctor/testkit/faults/fault';
import { faults } from '@pull-doctor/testkit/faults/table';
import { isInsideNamespace, outsideVariable } from '@pull-doctor/testkit/namespace';
import { type Stage, type StagedFault, startStage } from '@pull-doctor/testkit/stage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';

// Every row of the testkit's table, through the API. Rows of a namespace are skipped by name where none can be made.
const outside = isInsideNamespace()
  ? null
  : (process.env[outsideVariable] ?? 'run it through in-namespace.ts');
const isRoot = process.getuid?.() === 0;
const daemonHere = isRoot && findProgram('dockerd') !== undefined;
const whySkipped = ({ place, needs, pull }: Fault) => {
  if (place === 'namespace' && outside) return outside;
  if (pull && !daemonHere) return 'a real pull needs root and dockerd: apt-get install docker.io';
  // Root takes the place of another user for these; somebody else already is one.
  return needs === 'not root' && process.platform === 'win32' ? 'Windows has no such permissions' : null;
};

describe('every staged fault is diagnosed through the API', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage?.stop());

  for (const fault of faults) {
    const skipped = whySkipped(fault);
    it.skipIf(skipped !== null)(
      `${fault.name}: ${fault.expect.cause ?? 'works'}${skipped ? ` (${skipped})` : ''}`,
      { concurrent: fault.needs !== 'not root', timeout: 40_000 },
      async () => {
        const row = stage.row(fault.name);
        const environment = fault.pull ? await withDaemon(stage, row) : row.environment;
        const application = await startApplication(() => environment);
        try {
          const { status, diagnosis } = await diagnose(application, row);
          expect(status).toBe(200);
          expect(complaints(row.fault, diagnosis), told(diagnosis)).toEqual([]);
        } finally {
          await application.close();
        }
      },
    );
  }
});

/** The real daemon in place of the stand-in: only it can show what a pull runs into. */
async function withDaemon(
  stage: Stage,
  { daemon, environment }: StagedFault,
): Promise<Record<string, string>> {
  const dockerd = await stage.startDaemon(daemon);
  if (!dockerd.ok) throw new Error(dockerd.why);
  return { ...environment, DOCKER_HOST: dockerd.host };
}

async function diagnose(application: TestApplication, { fault, image }: StagedFault) {
  const body = {
    input: image,
    ...(fault.platform ? { platform: fault.platform } : {}),
    ...(fault.pull ? { pull: true } : {}),
  };
  if (fault.needs !== 'not root' || !isRoot) return application.diagnose(body);
  const nobody = 65_534;
  process.seteuid?.(nobody);
  try {
    return await application.diagnose(body);
  } finally {
    process.seteuid?.(0);
  }
}

/** In which way the diagnosis is not what the row expects; an honest "either A or B" passes where the row allows it. */
function complaints({ expect: want }: Fault, { findings: [first], steps, pullable }: Diagnosis): string[] {
  const cause = first?.cause ?? null;
  const isRight = cause === want.cause || (want.oneOf ?? []).some((one) => one === cause);
  const states = new Map<string, string>(steps.map(({ step, state }) => [step, state]));
  const wrongSteps = Object.entries(want.steps ?? {}).filter(([step, state]) => states.get(step) !== state);
  const rank = (certainty: (typeof certainties)[number]) => certainties.indexOf(certainty);
  return [
    ...(isRight ? [] : [`the first finding is ${cause ?? 'none'}, not ${want.cause ?? 'none'}`]),
    ...(want.cause === null && pullable !== 'yes' ? [`pullable is ${pullable}`] : []),
    ...(want.cause !== null && pullable === 'yes' ? ['it is said to work'] : []),
    ...wrongSteps.map(([step, state]) => `${step} is ${states.get(step)}, not ${state}`),
    ...(first && want.notConfident && first.certainty === 'confirmed' ? ['it claims to be confirmed'] : []),
    ...(first && want.certaintyAtLeast && rank(first.certainty) > rank(want.certaintyAtLeast)
      ? [`${first.certainty} is less sure than ${want.certaintyAtLeast}`]
      : []),
  ];
}

/** For a person who reads the failure. */
function told({ verdict, findings, steps }: Diagnosis): string {
  const lines = steps.map(
    ({ step, state, summary, ms }) => `${step} ${state} ${Math.round(ms ?? 0)} ms: ${summary}`,
  );
  return [
    verdict,
    ...findings.map(({ cause, certainty, why }) => `${cause} (${certainty}): ${why}`),
    ...lines,
  ].join('\n');
}
