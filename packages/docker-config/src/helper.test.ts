import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { brokenHelpers, workingHelper, writeHelpers } from '@pull-doctor/testkit/helpers/credential-helpers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askHelper, type HelperQuestion } from './helper.ts';

const server = 'reg.example.com';
const secret = 'pl4nted-secret';
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'helpers-'));
  env = { PATH: `${folder}:/usr/bin:/bin`, HOME: folder };
  await writeHelpers(folder, {
    ...brokenHelpers,
    good: workingHelper({
      [server]: { username: 'alice', secret },
      'token.example.com': { username: '<token>', secret },
    }),
    env: {
      script: `#!/bin/sh\nenv > '${folder}/env'; pwd > '${folder}/pwd'; printf '%s' "$1" > '${folder}/argument'; cat > '${folder}/input'; echo '{"Username":"u","Secret":"s"}'\n`,
    },
    children: { script: `#!/bin/sh\nsleep 300 & echo $! > '${folder}/child'; wait\n` },
    leaves: {
      script: `#!/bin/sh\nsleep 300 & echo $! > '${folder}/left'; echo '{"Username":"u","Secret":"s"}'\n`,
    },
    floods: { script: '#!/bin/sh\nexec yes\n' },
    deaf: { script: '#!/bin/sh\nexec 0<&-; echo \'{"Username":"u","Secret":"s"}\'\n' },
    tells: { script: `#!/bin/sh\necho '{"Username":"u","Secret":"${secret}"}'; exit 1\n` },
    leaks: { script: `#!/bin/sh\necho 'https://alice:${secret}@${server} refused'; exit 1\n` },
    killed: { script: '#!/bin/sh\nkill -9 $$\n' },
    list: { script: '#!/bin/sh\necho \'["a"]\'\n' },
    plain: { script: 'echo \'{"Username":"u","Secret":"s"}\'\n' },
    'desktop.exe': { script: '#!/bin/sh\necho \'{"Username":"u","Secret":"s"}\'\n' },
  });
});
afterAll(() => rm(folder, { recursive: true }));

function ask(name: string, more: Partial<HelperQuestion> = {}) {
  return askHelper({
    name,
    server,
    env,
    signal: new AbortController().signal,
    elsewhere: false,
    timeoutMs: 500,
    ...more,
  });
}

describe('a helper', () => {
  it('that works gives user and secret, and the run shows neither', async () => {
    const { run, credential } = await ask('good');
    expect(run).toMatchObject({
      outcome: 'answered',
      exitStatus: 0,
      message: null,
      foundAt: path.join(folder, 'docker-credential-good'),
    });
    expect(credential?.user).toBe('alice');
    expect(credential?.secret.reveal()).toBe(secret);
    expect(JSON.stringify({ run, credential })).not.toContain(secret);
  });

  it.each([
    ['says that it has none', 'notfound', 'not-found', 1],
    ['is not installed', 'nowhere', 'missing', null],
    ['is named with its prefix', 'docker-credential-good', 'missing', null],
    ['may not be executed', 'notexecutable', 'not-executable', null],
    ['has no interpreter', 'nointerpreter', 'failed', null],
    ['is no program of this machine', 'wrongformat', 'failed', null],
    ['is a script without its first line, which only a shell would run', 'plain', 'failed', null],
    ['fails with a text', 'nodbus', 'failed', 1],
    ['crashes', 'crashes', 'failed', 2],
    ['is killed', 'killed', 'failed', null],
    ['prints garbage', 'garbage', 'garbage', 0],
    ['prints nothing', 'empty', 'garbage', 0],
    ['prints JSON of another shape', 'list', 'garbage', 0],
    ['prints without end', 'floods', 'garbage', null],
    ['hangs', 'hangs', 'timed-out', null],
    ['closes its input', 'deaf', 'answered', 0],
    ['is called desktop.exe', 'desktop.exe', 'answered', 0],
    ['would lie outside of PATH', '../../bin/sh', 'name-refused', null],
    ['has white space in its name', 'a b', 'name-refused', null],
    ['has an empty name', '', 'name-refused', null],
  ])('that %s', async (_, name, outcome, exitStatus) => {
    const { run, credential } = await ask(name);
    expect(run).toMatchObject({ outcome, exitStatus });
    if (outcome !== 'answered') expect(credential).toBeNull();
  });

  it('that is missing counts as elsewhere where docker runs in another place', async () => {
    expect((await ask('nowhere', { elsewhere: true })).run.outcome).toBe('elsewhere');
    expect((await ask('good', { elsewhere: true })).run.outcome).toBe('answered');
  });

  it('tells its own words when it fails, from standard output or else from standard error', async () => {
    expect((await ask('nodbus')).run.message).toContain('Cannot autolaunch D-Bus');
    expect((await ask('crashes')).run.message).toContain('panic');
  });

  it.each(['tells', 'leaks'])(
    'that fails and prints a secret (%s) does not get it into the evidence',
    async (name) => {
      const { run } = await ask(name);
      expect(run.outcome).toBe('failed');
      expect(JSON.stringify(run)).not.toContain(secret);
    },
  );

  it('gets the verb, the server, and a small environment', async () => {
    await ask('env', {
      env: {
        ...env,
        AWS_PROFILE: 'dev',
        HTTPS_PROXY: 'http://p',
        PULL_DOCTOR_ADMIN_TOKEN: 'x',
        LD_PRELOAD: 'x',
        DOCKER_AUTH_CONFIG: '{}',
      },
    });
    expect(await readFile(path.join(folder, 'argument'), 'utf8')).toBe('get');
    expect(await readFile(path.join(folder, 'input'), 'utf8')).toBe(server);
    const given = await readFile(path.join(folder, 'env'), 'utf8');
    expect(given).toContain('AWS_PROFILE=dev');
    expect(given).toContain('HTTPS_PROXY=http://p');
    expect(given).not.toMatch(/PULL_DOCTOR|LD_PRELOAD|DOCKER_AUTH_CONFIG/);
  });

  it('is ended with its children when time is up', async () => {
    expect((await ask('children')).run.outcome).toBe('timed-out');
    expect(await isRunning('child')).toBe(false);
  });

  it('that leaves a child with its output open is not waited for', async () => {
    const { run } = await ask('leaves', { timeoutMs: 5000 });
    expect(run.outcome).toBe('answered');
    expect(run.ms).toBeLessThan(2000);
    expect(await isRunning('left')).toBe(false);
  });

  it('is ended when the diagnosis is stopped', async () => {
    const { run } = await ask('hangs', { signal: AbortSignal.timeout(50), timeoutMs: 10_000 });
    expect(run.outcome).toBe('timed-out');
    expect(run.ms).toBeLessThan(5000);
  });

  it('is not looked for in relative folders of PATH', async () => {
    await writeFile(path.join(folder, 'x'), '');
    expect(
      (await ask('good', { env: { PATH: `.:${path.relative(process.cwd(), folder)}:` } })).run,
    ).toMatchObject({ outcome: 'missing', searched: [] });
  });
});

async function isRunning(file: string): Promise<boolean> {
  const pid = Number(await readFile(path.join(folder, file), 'utf8'));
  for (let turn = 0; turn < 20; turn++) {
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (state === null || / Z /.test(state)) return false;
    await wait(50);
  }
  return true;
}
