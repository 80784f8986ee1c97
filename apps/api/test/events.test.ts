import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventHub } from '../src/features/live/hub.ts';
import { startApplication, type TestApplication } from './application.ts';

let application: TestApplication;
let origin: string;
beforeAll(async () => {
  application = await startApplication(() => ({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' }));
  origin = await application.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => application.close());

async function readUntil(last: string | null, wanted: RegExp): Promise<string> {
  const stop = new AbortController();
  const headers = { ...application.headers, ...(last ? { 'last-event-id': last } : {}) };
  const response = await fetch(`${origin}/api/v1/events`, { headers, signal: stop.signal });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (wanted.test(text)) break;
  }
  stop.abort();
  return text;
}

it('begins with the server’s time and tells of a diagnosis by its id alone', async () => {
  const reading = readUntil(null, /diagnosis-changed/);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { diagnosis } = await application.diagnose({ input: 'NOT AN IMAGE' });
  const text = await reading;
  expect(text).toMatch(/event: heartbeat\ndata: {"now":"\d{4}-/);
  expect(text).toMatch(
    new RegExp(`event: diagnosis-changed\ndata: {"kind":"diagnosis-changed","id":"${diagnosis.id}"}`),
  );
});

it('resumes behind the last event that was seen', async () => {
  const reading = readUntil(null, /id: \S+/);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await application.diagnose({ input: 'NOT AN IMAGE' });
  const last = /id: (\S+)/.exec(await reading)?.[1] ?? '';
  const { diagnosis } = await application.diagnose({ input: 'ALSO NONE' });
  const resumed = await readUntil(last, new RegExp(diagnosis.id));
  expect(resumed).not.toContain(`id: ${last}\n`);
  expect(resumed).not.toContain('missed-events');
});

it('says that events were missed where it cannot tell which', async () => {
  expect(await readUntil('another-epoch.3', /missed-events/)).toMatch(/event: missed-events/);
});

it('keeps the last events, by their number', () => {
  const hub = eventHub('e');
  for (const id of ['a', 'b', 'c']) hub.publish({ kind: 'diagnosis-changed', id });
  expect(hub.since('e.1')?.map(({ id }) => id)).toEqual(['b', 'c']);
  expect(hub.since('e.3')).toEqual([]);
  expect(hub.since('e.9')).toBeNull();
  expect(hub.since('old.1')).toBeNull();
  for (let count = 0; count < 600; count += 1) hub.publish({ kind: 'diagnosis-changed', id: 'x' });
  expect(hub.since('e.1')).toBeNull();
});
