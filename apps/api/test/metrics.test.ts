import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startRegistry } from '@pull-doctor/testkit/registry-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoardApplication, loginsFor, startBoard } from './registries-board.ts';

const password = 'a-password-of-the-test';
const scrapeToken = 'a-scrape-token-of-the-test-that-is-long';
const folder = mkdtempSync(path.join(os.tmpdir(), 'pdm-'));
let application: BoardApplication;
let registry: Awaited<ReturnType<typeof startRegistry>>;

beforeAll(async () => {
  registry = await startRegistry({ auth: { kind: 'basic', realm: 'metrics', users: { alice: password } } });
  application = await startBoard(
    path.join(folder, 'home'),
    loginsFor([registry.host, '127.0.0.1:1'], password),
    {
      PULL_DOCTOR_METRICS_TOKEN: scrapeToken,
      PULL_DOCTOR_BADGES: '1',
    },
  );
  await application.check(registry.host);
  await application.check('127.0.0.1:1');
});
afterAll(async () => {
  await application?.close();
  await registry?.close();
  rmSync(folder, { recursive: true, force: true });
});

const scrape = (headers: Record<string, string>) => application.app.inject({ url: '/metrics', headers });

describe('GET /metrics', () => {
  it('is for its own token and the admin token, and nobody else', async () => {
    expect((await scrape({ authorization: `Bearer ${scrapeToken}` })).statusCode).toBe(200);
    expect((await scrape(application.headers)).statusCode).toBe(200);
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: `Basic ${scrapeToken}` },
    ]) {
      const refused = await scrape(headers);
      expect(refused.statusCode).toBe(401);
      expect(refused.json()).toMatchObject({ code: 'not-signed-in' });
    }
  });

  it('is all that the scrape token opens', async () => {
    const headers = { authorization: `Bearer ${scrapeToken}` };
    for (const url of ['/api/v1/registries', '/api/v1/host', '/api/v1/events', '/api/docs'])
      expect((await application.app.inject({ url, headers })).statusCode).toBe(401);
  });

  it('tells state, end, durations and failures of registries, and of the process', async () => {
    const { body, headers } = await scrape(application.headers);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    const value = (name: string, labels: Record<string, string>) =>
      body
        .split('\n')
        .find(
          (line) =>
            line.startsWith(`${name}{`) &&
            Object.entries(labels).every(([label, text]) => line.includes(`${label}="${text}"`)),
        )
        ?.split(' ')
        .at(-1);
    const state = 'pulldoctor_registry_login_state';
    expect(value(state, { registry: registry.host, state: 'ok' })).toBe('1');
    expect(value(state, { registry: registry.host, state: 'expired' })).toBe('0');
    expect(value(state, { registry: '127.0.0.1:1', state: 'unreachable' })).toBe('1');
    expect(value('pulldoctor_check_failures_total', { registry: '127.0.0.1:1' })).toBe('1');
    expect(value('pulldoctor_check_failures_total', { registry: registry.host })).toBeUndefined();
    expect(Number(value('pulldoctor_probe_duration_seconds_count', { layer: 'ping' }))).toBe(1);
    expect(Number(value('pulldoctor_probe_duration_seconds_count', { layer: 'tcp' }))).toBe(2);
    // A password tells no end, and then there is no number.
    expect(body).not.toMatch(/^pulldoctor_credential_expiry_timestamp_seconds\{/m);
    expect(body).toMatch(/^process_resident_memory_bytes \d/m);
    expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    expect(body).not.toContain(password);
  });

  it('has the end that is known', async () => {
    const endsAt = '2031-02-03T04:05:06.000Z';
    await application.send('POST', '/registries', { host: registry.host, endsAt });
    const { body } = await scrape(application.headers);
    const line = body
      .split('\n')
      .find((one) => one.startsWith('pulldoctor_credential_expiry_timestamp_seconds{'));
    expect(line).toContain(`registry="${registry.host}"`);
    expect(Number(line?.split(' ').at(-1))).toBe(Date.parse(endsAt) / 1000);
  });
});

describe('a badge', () => {
  const badgeOf = (host: string) =>
    application.app.inject({ url: `/api/v1/registries/${encodeURIComponent(host)}/badge.svg` });

  it('shows host and status to everybody, and may stand on other pages', async () => {
    const { statusCode, headers, body } = await badgeOf(registry.host);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect([...body.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words)).toEqual([
      registry.host,
      'Signed in',
    ]);
    expect(body).not.toMatch(/alice|config\.json|127\.0\.0\.1:1[^\d]/);
  });

  it.each(['nowhere.example', '"><script>alert(1)</script>', '\u0000', '&', '</svg>'])(
    'of %j, which nobody watches, says so and holds no mark-up of it',
    async (host) => {
      const { statusCode, body } = await badgeOf(host);
      expect(statusCode).toBe(404);
      expect(body).toMatch(/^<svg [^<]*>.*Not watched/s);
      expect(body).not.toMatch(/<script/);
    },
  );

  it('is not there unless the operator wants it', async () => {
    const off = await startBoard(path.join(folder, 'off'), {});
    const url = '/api/v1/registries/docker.io/badge.svg';
    expect((await off.app.inject({ url })).statusCode).toBe(401);
    expect((await off.app.inject({ url, headers: off.headers })).statusCode).toBe(404);
    expect((await off.app.inject({ url: '/metrics' })).json().todo).toMatch(/Set PULL_DOCTOR_METRICS_TOKEN/);
    await off.close();
  });
});
