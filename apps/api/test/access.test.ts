import { statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAdminToken } from '../src/features/access/admin-token.ts';
import { adminToken, startApplication, type TestApplication } from './application.ts';

let application: TestApplication;
beforeAll(async () => {
  application = await startApplication(() => ({}));
});
afterAll(() => application.close());

const get = (url: string, headers: Record<string, string> = {}) => application.app.inject({ url, headers });

describe('without a credential', () => {
  it.each([
    '/api',
    '/api/docs',
    '/api/v1/openapi.json',
    '/api/v1/diagnoses',
    '/api/v1/attempts',
    '/api/v1/host',
    '/api/v1/events',
    '/api/v1/session',
    '/api/v1/nothing-here',
    '/api/v1/diagnoses/../diagnoses',
  ])('%s answers 401 as problem+json', async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toMatch(/problem\+json/);
    expect(answer.json()).toMatchObject({ code: 'not-signed-in' });
  });

  it.each(['/healthz', '/readyz', '/signin'])('%s is open', async (url) => {
    expect((await get(url)).statusCode).toBe(200);
  });

  it('a wrong token is refused, even beside a good cookie', async () => {
    const cookie = await signIn();
    expect((await get('/api/v1/session', { authorization: 'Bearer wrong', cookie })).statusCode).toBe(401);
  });
});

describe('the sign-in link', () => {
  it('sets an HttpOnly, SameSite=Strict cookie once, and then no more', async () => {
    const { code } = application.codes.make();
    const first = await get(`/signin?code=${code}`);
    expect(first.statusCode).toBe(303);
    expect(first.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Strict/);
    expect(
      (await get('/api/v1/session', { cookie: cookieOf(first.headers['set-cookie']) })).json(),
    ).toMatchObject({ by: 'cookie' });
    const second = await get(`/signin?code=${code}`);
    expect(second.headers.location).toBe('/signin?problem=link');
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it('is made anew with the admin token', async () => {
    const made = await application.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in-links',
      headers: application.headers,
    });
    expect(made.statusCode).toBe(201);
    const link = new URL(made.json().link);
    expect((await get(link.pathname + link.search)).statusCode).toBe(303);
  });
});

describe('a signed-in browser', () => {
  it('can end its session', async () => {
    const cookie = await signIn();
    const ended = await application.app.inject({
      method: 'DELETE',
      url: '/api/v1/session',
      headers: { cookie },
    });
    expect(ended.json()).toEqual({ ended: true });
    expect((await get('/api/v1/session', { cookie })).statusCode).toBe(401);
  });

  it('is not made to write by a page of another site', async () => {
    const cookie = await signIn();
    const payload = { input: 'alpine' };
    const headers = { cookie, 'sec-fetch-site': 'cross-site' };
    const answer = await application.app.inject({
      method: 'POST',
      url: '/api/v1/recognize',
      headers,
      payload,
    });
    expect(answer.json()).toMatchObject({ code: 'cross-site' });
  });

  it('gets a page with a strict content security policy and its theme', async () => {
    const page = await get('/diagnose', { cookie: 'theme=dark' });
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self'; style-src 'self'/);
    expect(page.body).toContain('<html data-theme="dark"');
    expect((await get('/diagnose', { cookie: 'theme="><script>' })).body).not.toContain('><script>"');
  });

  it('gets a page that knows whether there is a session', async () => {
    expect((await get('/causes', {})).body).toContain('<html lang=');
    expect((await get('/causes', { cookie: 'pull_doctor_session=nobody' })).body).toContain('<html lang=');
    expect((await get('/causes', { cookie: await signIn() })).body).toContain('<html data-signed-in lang=');
  });
});

describe('the admin token', () => {
  it('is made once, with mode 0600, and kept', () => {
    const made = loadAdminToken('', application.folder);
    expect(made.file).toBe(path.join(application.folder, 'admin-token'));
    expect(statSync(made.file ?? '').mode & 0o777).toBe(0o600);
    expect(loadAdminToken('', application.folder).matches('x')).toBe(false);
  });
});

async function signIn(): Promise<string> {
  const answer = await application.app.inject({
    method: 'POST',
    url: '/signin',
    payload: { token: adminToken },
  });
  expect(answer.statusCode).toBe(200);
  return cookieOf(answer.headers['set-cookie']);
}

const cookieOf = (header: unknown) => String(header).split(';')[0] ?? '';
