import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '@pull-doctor/testkit/child-process';
import { type Stage, type StagedFault, startStage } from '@pull-doctor/testkit/stage';
import { type Figure, median } from './figures.ts';
import { startServer } from './server.ts';

const runs = 40;
const rows = [
  'open registry over plain http on loopback',
  'multi-platform image (OCI index)',
  'Basic registry with the right password',
  'token registry with the right password',
  'Basic registry by name over TLS',
  'token registry by name over TLS',
];

/**
 * A diagnosis of a healthy image, as a program asks for it at the running server, against `skopeo inspect --raw` of the
 * same image at the same registry: what a person would type to see whether an image can be read. Both in turn, whole.
 */
export async function diagnosisAgainstSkopeo(): Promise<Figure[]> {
  if (!findProgram('skopeo')) {
    console.log('skipped: skopeo is not installed: apt-get install skopeo');
    return [];
  }
  const stage = await startStage();
  try {
    const figures: Figure[] = [];
    for (const name of rows) figures.push(await measure(stage, stage.row(name)));
    return figures;
  } finally {
    await stage.stop();
  }
}

async function measure(stage: Stage, row: StagedFault): Promise<Figure> {
  const daemon = await stage.startDaemon(row.daemon);
  const environment = { ...row.environment, ...(daemon.ok ? { DOCKER_HOST: daemon.host } : {}) };
  const server = await startServer(environment);
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let run = 0; run < runs + 3; run += 1) {
      const seen = await timed(() => server.post('/api/v1/diagnoses?wait=30', { input: row.image }));
      const { pullable, verdict } = seen.result as { pullable: string; verdict: string };
      if (pullable !== 'yes') throw new Error(`${row.image} does not work: ${verdict}`);
      const raw = await timed(() => skopeo(row, environment));
      // The first runs warm both: the server's code, and the files that skopeo is loaded from.
      if (run < 3) continue;
      ours.push(seen.ms);
      theirs.push(raw.ms);
    }
  } finally {
    await server.stop();
  }
  const detail = `${median(ours).toFixed(1)} ms against ${median(theirs).toFixed(1)} ms, medians of ${runs}${daemon.ok ? ', real daemon' : ''}`;
  return {
    what: `diagnosis / skopeo, ${row.fault.name}`,
    measured: median(ours) / median(theirs),
    limit: 1,
    unit: '',
    detail,
  };
}

async function skopeo(
  { image, environment: { DOCKER_CONFIG: folder = '' } }: StagedFault,
  environment: Record<string, string>,
) {
  const plain = image.startsWith('127.') ? ['--tls-verify=false'] : [];
  const args = ['inspect', '--raw', '--authfile', `${folder}/config.json`, ...plain, `docker://${image}`];
  return promisify(execFile)('skopeo', args, { env: environment });
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const begun = performance.now();
  const result = await work();
  return { ms: performance.now() - begun, result };
}
