import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Classification } from '@pull-doctor/contract/message';
import { redacted } from '@pull-doctor/contract/redact';
import { startRegistry } from '@pull-doctor/testkit/registry-server';
import { startStandInDaemon } from '@pull-doctor/testkit/stand-in-daemon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';

let application: TestApplication;
const open: { close(): Promise<unknown> }[] = [];
const keep = <T extends { close(): Promise<unknown> }>(one: T): T => {
  open.push(one);
  return one;
};
beforeAll(async () => {
  application = keep(await startApplication(() => ({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' })));
});
afterAll(() => Promise.all(open.map((one) => one.close())));

const post = (payload: unknown, on = application) =>
  on.app.inject({
    method: 'POST',
    url: '/api/v1/classify',
    headers: on.headers,
    payload: payload as object,
  });
const classify = async (text: string) => {
  const answer = await post({ text });
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
  return Classification.parse(answer.json());
};

const noLogin =
  'Failed to pull image "ghcr.io/acme/app:1": failed to resolve reference "ghcr.io/acme/app:1": pull access denied, repository does not exist or may require authorization: server message: no basic auth credentials';

describe('a text that is classified', () => {
  it('is answered with what it proves, of what, and by whom', async () => {
    const answer = await classify(noLogin);
    expect(answer).toMatchObject({
      image: 'ghcr.io/acme/app:1',
      registry: 'ghcr.io',
      client: 'kubelet',
      text: noLogin,
      secretsHidden: 0,
    });
    const [first] = answer.causes;
    expect(first?.cause).toBe('credentials-missing');
    const [sign] = first?.signs ?? [];
    expect(noLogin.slice(sign?.start, sign?.end)).toBe('no basic auth credentials');
    const { start, end } = answer.imageAt ?? { start: 0, end: 0 };
    expect(noLogin.slice(start, end)).toBe('ghcr.io/acme/app:1');
    expect(answer.groups).toHaveLength(1);
  });

  it('tells of each failure in it, the root one first', async () => {
    const { image, groups } = await classify(
      'Failed to pull image "ghcr.io/acme/app:1": manifest unknown\nFailed to pull image "quay.io/acme/job:2": toomanyrequests: too many requests',
    );
    expect(image).toBe('ghcr.io/acme/app:1');
    expect(groups.map((group) => [group.image, group.causes[0]?.cause])).toEqual([
      ['ghcr.io/acme/app:1', 'tag-not-found'],
      ['quay.io/acme/job:2', 'rate-limited'],
    ]);
  });

  it('is unknown where no words are known', async () => {
    for (const text of ['', ' ', '\n', 'the gremlins are in', '\u0000', '\ud83d'])
      expect((await classify(text)).causes).toMatchObject([{ cause: 'unknown', signs: [] }]);
  });

  it('has its secrets hidden first: they are counted, and offsets count in what is answered', async () => {
    const text = `docker login -u me -p hunter2-hunter2 ghcr.io\nAuthorization: Bearer abcdef0123456789\n${noLogin}`;
    const answer = await classify(text);
    expect(answer.secretsHidden).toBe(2);
    expect(JSON.stringify(answer)).not.toMatch(/hunter2|abcdef0123456789/);
    expect(answer.text).toContain(`-p ${redacted} ghcr.io`);
    const { start, end } = answer.imageAt ?? { start: 0, end: 0 };
    expect(answer.text.slice(start, end)).toBe('ghcr.io/acme/app:1');
    const sign = answer.causes[0]?.signs[0];
    expect(answer.text.slice(sign?.start, sign?.end)).toBe('no basic auth credentials');
  });

  it('may have 64 KB, and is read at once', async () => {
    const text = `${'Pulling fs layer\n'.repeat(3_800)}${noLogin}`.slice(-65_536);
    const begun = performance.now();
    const { causes, image } = await classify(text.padStart(65_536, 'x'));
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(causes[0]?.cause).toBe('credentials-missing');
    expect(image).toBe('ghcr.io/acme/app:1');
  });
});

describe('classifying', () => {
  it('stores nothing and asks nobody', async () => {
    const registry = keep(await startRegistry());
    const socket = path.join(application.folder, 'd.sock');
    const daemon = keep(await startStandInDaemon({ socket }));
    const quiet = keep(await startApplication(() => ({ DOCKER_HOST: daemon.host })));
    const before = await quiet.db.diagnosis.count();
    const answer = await post({ text: noLogin.replaceAll('ghcr.io', registry.host) }, quiet);
    expect(answer.json()).toMatchObject({ registry: registry.host });
    expect(registry.requests).toEqual([]);
    expect(await quiet.db.diagnosis.count()).toBe(before);
    const kept = readdirSync(quiet.folder)
      .filter((name) => name.startsWith('test.db'))
      .map((name) => readFileSync(path.join(quiet.folder, name), 'latin1'));
    expect(kept.join()).not.toContain('acme/app');
  });

  it('is for who is signed in', async () => {
    const answer = await application.app.inject({
      method: 'POST',
      url: '/api/v1/classify',
      payload: { text: noLogin },
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.body).not.toContain('acme');
  });
});
