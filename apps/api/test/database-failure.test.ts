import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';

let application: TestApplication;
beforeAll(async () => {
  application = await startApplication(() => ({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' }));
});
afterAll(() => application.close());

const ask = (wait: number) =>
  application.app.inject({
    method: 'POST',
    url: `/api/v1/diagnoses?wait=${wait}`,
    headers: application.headers,
    payload: { input: 'NOT AN IMAGE' },
  });

// A table that is away makes every write fail, as a full disk does. Rejections that nobody handles end the process, and
// fail this file.
describe('while the database takes no writes', () => {
  it('a diagnosis is refused with what it found, the server lives on, and nothing is left running', async () => {
    await application.db.$executeRawUnsafe('ALTER TABLE "Diagnosis" RENAME TO "Away"');
    for (let times = 0; times < 12; times += 1) {
      const waited = await ask(5);
      expect(waited.statusCode).toBe(503);
      expect(waited.json()).toMatchObject({
        code: 'not-stored',
        detail: expect.stringContaining('It found: '),
      });
    }
    for (let times = 0; times < 12; times += 1) {
      const told = await ask(0);
      expect(told.json()).toMatchObject({ code: 'not-stored' });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await application.app.inject('/healthz')).statusCode).toBe(200);

    await application.db.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "Diagnosis"');
    const again = await ask(5);
    expect(again.statusCode).toBe(200);
    const kept = `/api/v1/diagnoses/${again.json().id}`;
    expect((await application.app.inject({ url: kept, headers: application.headers })).statusCode).toBe(200);
  });

  it('a registry is checked all the same, and told as it stands', async () => {
    const host = encodeURIComponent('127.0.0.1:1');
    const send = (method: 'GET' | 'POST', url: string, payload?: object) =>
      application.app.inject({
        method,
        url: `/api/v1/registries${url}`,
        headers: application.headers,
        ...(payload && { payload }),
      });
    expect((await send('POST', '', { host: '127.0.0.1:1' })).statusCode).toBe(200);
    await application.db.$executeRawUnsafe('ALTER TABLE "RegistryLogin" RENAME TO "Away"');
    const checked = await send('POST', `/${host}/check`);
    expect(checked.statusCode).toBe(500);
    const board = await send('GET', '');
    expect(board.json().items).toMatchObject([{ host: '127.0.0.1:1', status: 'unreachable' }]);
    await application.db.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "RegistryLogin"');
    expect((await send('POST', `/${host}/check`)).json().row).toMatchObject({ status: 'unreachable' });
  });
});
