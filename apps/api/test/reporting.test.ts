import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PullAttempt } from '@pull-doctor/contract/attempts';
import { findProgram } from '@pull-doctor/testkit/child-process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { processAdminToken, type ServerProcess, startServerProcess } from './server-process.ts';

/*
 * The recipes of docs/REPORTING.md as they stand there, run by the real sh and curl against the real server. `docker` is a
 * stand-in: a script that prints what docker prints, and ends as it ends.
 */
const root = path.resolve(import.meta.dirname, '../../..');
const document = readFileSync(path.join(root, 'docs/REPORTING.md'), 'utf8');
const blocks = [...document.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const block = (part: string) => blocks.find(({ text }) => text.includes(part))?.text ?? '';
const whySkipped = findProgram('curl') ? null : 'curl is not installed: apt-get install curl';

const denied =
  'Error response from daemon: Head "https://ghcr.io/v2/acme/app/manifests/1.42.0": denied: "quoted" \\ and\ttab';

let server: ServerProcess;
let folder: string;
let bin: string;
beforeAll(async () => {
  if (whySkipped) return;
  folder = mkdtempSync(path.join(os.tmpdir(), 'pdr-'));
  server = await startServerProcess({
    PATH: process.env.PATH ?? '',
    DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    DOCKER_CONFIG: folder,
  });
  bin = path.join(folder, 'bin');
  mkdirSync(path.join(folder, 'ci'), { recursive: true });
  mkdirSync(bin);
  for (const name of ['report-pull.sh', 'forward-docker-log.sh'])
    copyFileSync(path.join(root, 'deploy', name), path.join(folder, 'ci', name));
  copyFileSync(path.join(root, 'deploy/report-pull.sh'), path.join(bin, 'report-pull.sh'));
  // Notes what curl was started with: the token must not be there.
  writeFileSync(
    path.join(bin, 'curl'),
    `#!/bin/sh\nprintf '%s\\n' "$*" >>"${folder}/curl.args"\nexec ${findProgram('curl')} "$@"\n`,
    { mode: 0o755 },
  );
});
afterAll(async () => {
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});
let before = new Set<string>();
beforeEach(async () => {
  if (whySkipped) return;
  docker('exit 0');
  before = new Set((await all()).map(({ id }) => id));
});

function docker(script: string): void {
  writeFileSync(path.join(bin, 'docker'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}
const all = async () =>
  (
    (await (
      await fetch(`${server.origin}/api/v1/attempts?limit=200`, { headers: server.headers })
    ).json()) as {
      items: PullAttempt[];
    }
  ).items;
const reported = async () => (await all()).filter(({ id }) => !before.has(id));

function sh(
  script: string,
  more: Record<string, string> = {},
  input = '',
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = {
      PATH: `${bin}:/usr/bin:/bin`,
      PULL_DOCTOR_URL: server.origin,
      PULL_DOCTOR_TOKEN: processAdminToken,
      ...more,
    };
    const child = execFile('sh', ['-c', script], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
    // A script that reads nothing may have ended already.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** The lines of a block scalar (`|`) of YAML, without their indentation. */
function scalar(yaml: string, key: RegExp): string {
  const lines = yaml.split('\n');
  const at = lines.findIndex((line) => key.test(line));
  const indent = /^ */.exec(lines[at + 1] ?? '')?.[0] ?? '';
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line !== '' && !line.startsWith(indent));
  return rest
    .slice(0, end === -1 ? rest.length : end)
    .map((line) => line.slice(indent.length))
    .join('\n');
}

describe.skipIf(whySkipped !== null)(
  `the recipes for reporting${whySkipped ? ` (${whySkipped})` : ''}`,
  { timeout: 30_000 },
  () => {
    describe('GitHub Actions', () => {
      const step = scalar(block('GITHUB_RUN_ID'), /run: \|/);
      const runner = {
        IMAGE: 'ghcr.io/acme/app:1.42.0',
        GITHUB_ACTOR: 'mira',
        RUNNER_NAME: 'runner-7',
        GITHUB_RUN_ID: '77',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_JOB: 'deploy',
      };

      it('reports a pull that failed, with its words, and fails as docker did', async () => {
        docker(`printf '%s\\n' '${denied}' >&2; exit 1`);
        const { code, stdout } = await sh(step, runner);
        expect(code).toBe(1);
        expect(stdout).toContain(denied);
        expect(await reported()).toMatchObject([
          {
            reference: 'ghcr.io/acme/app:1.42.0',
            outcome: 'failed',
            client: 'GitHub Actions',
            user: 'mira',
            host: 'runner-7',
            door: 'report',
            message: denied,
          },
        ]);
        const [{ startedAt = '' } = {}] = await reported();
        expect(Math.abs(Date.now() - Date.parse(startedAt))).toBeLessThan(10_000);
      });

      it('reports a pull that worked, and the same run once', async () => {
        const run = { ...runner, GITHUB_RUN_ID: '78' };
        expect((await sh(step, run)).code).toBe(0);
        expect((await sh(step, run)).code).toBe(0);
        expect(await reported()).toMatchObject([{ outcome: 'pulled', message: null }]);
      });

      it('fails nothing where the report cannot be sent, and says so', async () => {
        for (const more of [
          { PULL_DOCTOR_URL: 'http://127.0.0.1:9' },
          { PULL_DOCTOR_TOKEN: 'not-the-token' },
        ]) {
          const { code, stderr } = await sh(step, { ...runner, ...more, GITHUB_RUN_ID: '79' });
          expect(code).toBe(0);
          expect(stderr).toContain('report-pull: the pull of ghcr.io/acme/app:1.42.0 was not reported');
        }
        expect(await reported()).toEqual([]);
      });
    });

    describe('GitLab', () => {
      const yaml = block('CI_JOB_ID');
      const script = [...yaml.matchAll(/^ {4}- (docker pull.*|echo.*|cat.*)$/gm)]
        .map(([, line]) => line)
        .join('\n');
      const after = scalar(yaml, /^ {4}- \|$/);
      const job = {
        IMAGE: 'registry.gitlab.com/acme/app:1.42.0',
        GITLAB_USER_LOGIN: 'mira',
        CI_RUNNER_DESCRIPTION: 'runner-9',
        CI_JOB_ID: '501',
      };

      it.each([
        ['failed', `printf '%s\\n' '${denied}' >&2; exit 1`, 1],
        ['pulled', 'echo done', 0],
      ])('reports a pull that %s', async (outcome, does, status) => {
        docker(does);
        const inJob = { ...job, CI_JOB_ID: outcome };
        const { code } = await sh(`set -e\n${script}`, inJob);
        expect(code).toBe(status);
        expect((await sh(after, inJob)).code).toBe(0);
        expect(await reported()).toMatchObject([
          {
            reference: 'registry.gitlab.com/acme/app:1.42.0',
            outcome,
            client: 'GitLab',
            user: 'mira',
            host: 'runner-9',
            message: outcome === 'failed' ? denied : null,
          },
        ]);
      });
    });

    it('the wrapper of docker compose pull reports each image, and fails where one fails', async () => {
      writeFileSync(path.join(bin, 'compose-pull'), block('compose-pull [SERVICE...]'), { mode: 0o755 });
      docker(`
case "$*" in
  'compose config --services') printf 'web\\ndb\\nbuilt\\n' ;;
  'compose config web') printf 'services:\\n  web:\\n    image: ghcr.io/acme/web:1\\n    depends_on:\\n      db: {}\\n  db:\\n    image: postgres:17\\nnetworks: {}\\n' ;;
  'compose config db') printf 'services:\\n  db:\\n    image: postgres:17\\nnetworks: {}\\n' ;;
  'compose config built') printf 'services:\\n  built:\\n    build: .\\n' ;;
  'compose pull web') echo '${denied}' >&2; exit 18 ;;
  'compose pull db') echo pulled ;;
  *) exit 99 ;;
esac`);
      const { code } = await sh('compose-pull');
      expect(code).toBe(1);
      const found = (await reported()).toSorted((a, b) => a.outcome.localeCompare(b.outcome));
      expect(found).toMatchObject([
        { reference: 'ghcr.io/acme/web:1', outcome: 'failed', client: 'docker compose' },
        { reference: 'docker.io/library/postgres:17', outcome: 'pulled', client: 'docker compose' },
      ]);
    });

    it('the forwarder of a journal reports the failed pulls whose image is named, each once', async () => {
      const at = (second: number) => `time="2026-05-04T10:11:${second}.131415926Z"`;
      const head =
        'Head \\"https://basic.example.com/v2/team/app/manifests/1.0\\": no basic auth credentials';
      const log = [
        `${at(10)} level=info msg="Loading containers: done."`,
        `${at(12)} level=info msg="Attempting next endpoint for pull after error: ${head}"`,
        `${at(12)} level=error msg="Handler for POST /v1.41/images/create returned error: ${head}"`,
        `${at(13)} level=error msg="Not continuing with pull after error" error="manifest for example.com/team/gone:2 not found: manifest unknown"`,
        `${at(14)} level=error msg="Handler for POST /images/create returned error" error-response="pull rate limit" method=POST request-url="/v1.52/images/create?fromImage=ghcr.io%2Facme%2Fapp&tag=1.42.0" status=500`,
        `${at(15)} level=error msg="Handler for POST /images/create returned error: failed to resolve reference \\"closed.example.com/team/app:1.0\\": connection refused" spanID=8 traceID=9`,
        `${at(16)} level=error msg="Handler for POST /v1.41/images/create returned error: Get \\"https://down.example.com/v2/\\": connection refused"`,
        '',
      ].join('\n');
      const forward = () => sh('ci/forward-docker-log.sh', { PULL_HOST: 'docker-2' }, log);
      expect((await forward()).code).toBe(0);
      // the same lines again, as after a restart
      expect((await forward()).code).toBe(0);
      const found = (await reported()).toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
      expect(found.map(({ reference, message }) => [reference, message])).toEqual([
        [
          'basic.example.com/team/app:1.0',
          'Head "https://basic.example.com/v2/team/app/manifests/1.0": no basic auth credentials',
        ],
        ['example.com/team/gone:2', 'manifest for example.com/team/gone:2 not found: manifest unknown'],
        ['ghcr.io/acme/app:1.42.0', 'pull rate limit'],
        [
          'closed.example.com/team/app:1.0',
          'failed to resolve reference "closed.example.com/team/app:1.0": connection refused',
        ],
      ]);
      expect(found[0]).toMatchObject({
        host: 'docker-2',
        client: 'dockerd',
        outcome: 'failed',
        startedAt: '2026-05-04T10:11:12.000Z',
        cause: 'credentials-missing',
      });
      // the unit runs what was just run
      expect(block('[Service]')).toContain(
        "/bin/sh -c 'journalctl -f -n 0 -o cat -u docker.service | /usr/local/lib/pull-doctor/forward-docker-log.sh'",
      );
    });

    it('no token is ever an argument', () => {
      const args = readFileSync(path.join(folder, 'curl.args'), 'utf8');
      expect(args).toContain('/api/v1/attempts');
      expect(args).not.toContain(processAdminToken);
      expect(args).not.toMatch(/authorization/i);
    });
  },
);
