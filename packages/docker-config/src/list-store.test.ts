import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brokenHelpers, writeHelpers } from '@pull-doctor/testkit/helpers/credential-helpers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listStore } from './list-store.ts';

const secret = 'pl4nted-secret';
const prints = (text: string, status = 0) => ({
  script: `#!/bin/sh\ncat <<'END'\n${text}\nEND\nexit ${status}\n`,
});
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stores-'));
  await writeHelpers(folder, {
    ...brokenHelpers,
    good: {
      script: `#!/bin/sh\nprintf '%s' "$1" > '${folder}/verb'; env > '${folder}/env'; cat > '${folder}/input'\necho '{"https://index.docker.io/v1/":"alice","ghcr.io":"bob"}'\n`,
    },
    one: prints('{"ghcr.io":"bob"}'),
    nobody: prints('{}'),
    null: prints('null'),
    more: prints('{"ghcr.io":"bob"}\nA new version is available!'),
    list: prints('["ghcr.io"]'),
    numbers: prints('{"ghcr.io":1}'),
    'ecr-login': prints('not implemented', 1),
    'acr-env': prints('error: list is unimplemented', 1),
    older: prints('Usage: docker-credential-older <store|get|erase>: unknown credential action `list`', 1),
    gcloud: prints('{"https://gcr.io":"_dcgcloud_token","https://us.gcr.io":"_dcgcloud_token"}'),
    locked: prints('User interaction is not allowed. (-25308)', 1),
    multiline: prints('gpg: decryption failed:\n\tNo secret key\u0007', 2),
    leaks: prints(`https://alice:${secret}@reg.example.com is locked`, 1),
    silent: { script: '#!/bin/sh\nexit 3\n' },
    killed: { script: '#!/bin/sh\nkill -9 $$\n' },
    floods: { script: '#!/bin/sh\nexec yes\n' },
  });
});
afterAll(() => rm(folder, { recursive: true }));

function ask(name: string, more: Partial<Parameters<typeof listStore>[0]> = {}) {
  return listStore({
    name,
    env: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder },
    signal: new AbortController().signal,
    elsewhere: false,
    timeoutMs: 2000,
    ...more,
  });
}

describe('the list of a credential store', () => {
  it('holds its keys', async () => {
    expect(await ask('good', { env: { PATH: `${folder}:/bin`, SECRET_OF_OURS: secret } })).toEqual({
      state: 'listed',
      says: 'docker-credential-good holds 2 logins.',
      servers: ['https://index.docker.io/v1/', 'ghcr.io'],
    });
    expect(await readFile(path.join(folder, 'verb'), 'utf8')).toBe('list');
    expect(await readFile(path.join(folder, 'input'), 'utf8')).toBe('');
    expect(await readFile(path.join(folder, 'env'), 'utf8')).not.toContain(secret);
  });

  it.each([
    ['one login', 'one', 'listed', ['ghcr.io'], 'docker-credential-one holds 1 login.'],
    ['nothing', 'nobody', 'listed', [], 'docker-credential-nobody holds no login.'],
    ['null, which Go takes for an empty map', 'null', 'listed', [], 'holds no login.'],
    ['not found, as some helpers say it', 'notfound', 'listed', [], 'holds no login.'],
    ['more after the list', 'more', 'listed', ['ghcr.io'], 'holds 1 login.'],
    [
      'not implemented',
      'ecr-login',
      'no-list',
      [],
      'docker-credential-ecr-login has no list of what it holds.',
    ],
    ['not implemented, in other words', 'acr-env', 'no-list', [], 'has no list'],
    ['that it does not know the word', 'older', 'no-list', [], 'has no list'],
    ['all that it can serve', 'gcloud', 'no-list', [], 'lists what it can serve, not what is used.'],
    ['that it is locked', 'locked', 'failed', [], 'User interaction is not allowed. (-25308).'],
    ['why in several lines', 'multiline', 'failed', [], 'gpg: decryption failed: No secret key.'],
    ['why on standard error', 'crashes', 'failed', [], 'panic: runtime error'],
    ['nothing and fails', 'silent', 'failed', [], 'it ended with status 3.'],
    ['nothing and ends well', 'empty', 'failed', [], 'it printed something else.'],
    ['garbage', 'garbage', 'failed', [], 'it printed something else.'],
    ['JSON of another shape', 'list', 'failed', [], 'it printed something else.'],
    ['numbers for users', 'numbers', 'failed', [], 'it printed something else.'],
    ['text without end', 'floods', 'failed', [], 'it printed more than 1 MiB.'],
    ['nothing, since it was killed', 'killed', 'failed', [], 'it was killed.'],
    ['nothing, since it is missing', 'nowhere', 'failed', [], 'it is in no folder of PATH.'],
    ['nothing, since it may not run', 'notexecutable', 'failed', [], 'it may not be executed.'],
    ['nothing, since it has no interpreter', 'nointerpreter', 'failed', [], 'is not installed'],
    ['nothing, since it is no program', 'wrongformat', 'failed', [], 'it is no program for this machine.'],
    ['nothing, since its name leads elsewhere', '../../bin/sh', 'failed', [], 'was not run.'],
  ])('is told where it says %s', async (_, name, state, servers, says) => {
    const answer = await ask(name);
    expect(answer).toMatchObject({ state, servers });
    expect(answer.says).toContain(says);
    expect(answer.says).toMatch(/^docker-credential-\P{C}+\.$/u);
  });

  it('is not waited for without end', async () => {
    const answer = await ask('hangs', { timeoutMs: 300 });
    expect(answer).toMatchObject({ state: 'failed', servers: [] });
    expect(answer.says).toContain('did not answer within 0.3 s.');
  });

  it('is given up when whoever asked stops', async () => {
    const start = performance.now();
    const answer = await ask('hangs', { signal: AbortSignal.timeout(50), timeoutMs: 20_000 });
    expect(answer.says).toContain('was stopped');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('is not asked for where docker runs elsewhere, although there is such a program', async () => {
    await rm(path.join(folder, 'verb'), { force: true });
    expect(await ask('good', { elsewhere: true })).toMatchObject({ state: 'elsewhere', servers: [] });
    await expect(readFile(path.join(folder, 'verb'))).rejects.toThrow('ENOENT');
  });

  it('that fails with a login in its text shows none of it', async () => {
    const { says } = await ask('leaks');
    expect(says).toContain('reg.example.com is locked');
    expect(says).not.toContain(secret);
  });
});
