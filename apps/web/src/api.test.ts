import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readDiagnosis, startDiagnosis } from '@pull-doctor/contract/diagnoses';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiError, addressOf, call } from './api.ts';

const asked: { method: string | undefined; url: string | undefined; body: string }[] = [];
let answer = { status: 200, type: 'application/json', body: '{}' };
let server: Server;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push({ method: request.method, url: request.url, body });
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // a browser resolves addresses against its page; Node has none
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (address: string, init: RequestInit) =>
    fetch(new URL(address, `http://127.0.0.1:${port}`), init),
  );
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});

const failure = (promise: Promise<unknown>): Promise<ApiError> =>
  promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => {
      if (error instanceof ApiError) return error;
      throw error;
    },
  );

describe('a request', () => {
  it('takes method and path from the contract', async () => {
    answer = { status: 202, type: 'application/json', body: '{"id":"dx_1"}' };
    const started = await call(startDiagnosis, { body: { input: 'nginx' }, query: { wait: 0 } });
    expect(started.id).toBe('dx_1');
    expect(asked.at(-1)).toEqual({
      method: 'POST',
      url: '/api/v1/diagnoses?wait=0',
      body: '{"input":"nginx"}',
    });
  });

  it('encodes what is put into its address', () => {
    expect(addressOf('/api/v1/diagnoses/:id', { id: '../a?b' })).toBe('/api/v1/diagnoses/..%2Fa%3Fb');
    expect(addressOf('/list', {}, { cursor: 'a&b', limit: undefined })).toBe('/list?cursor=a%26b');
  });
});

describe('a request that fails', () => {
  it('has the code, the sentence and the way out of the problem', async () => {
    answer = {
      status: 404,
      type: 'application/problem+json',
      body: JSON.stringify({
        status: 404,
        code: 'no-such-diagnosis',
        detail: 'There is none.',
        todo: 'Look.',
      }),
    };
    const error = await failure(call(readDiagnosis, { params: { id: 'x' } }));
    expect(error).toMatchObject({
      status: 404,
      code: 'no-such-diagnosis',
      message: 'There is none.',
      todo: 'Look.',
    });
  });

  it('is not taken for an answer where a proxy sends a page of its own', async () => {
    answer = { status: 200, type: 'text/html', body: '<h1>Sign in to the company</h1>' };
    expect(await failure(call(readDiagnosis, { params: { id: 'x' } }))).toMatchObject({
      code: 'not-an-answer',
    });
  });

  it('says that the server is gone where nothing answers', async () => {
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', () => fetch('http://127.0.0.1:1/', {}));
    const error = await failure(call(readDiagnosis, { params: { id: 'x' } }));
    vi.stubGlobal('fetch', fetch);
    expect(error).toMatchObject({ status: 0, code: 'server-lost' });
  });

  it('stays an abort where it was aborted', async () => {
    const signal = AbortSignal.abort();
    await expect(call(readDiagnosis, { params: { id: 'x' }, signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
