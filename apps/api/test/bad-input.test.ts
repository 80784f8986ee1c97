import { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { Classification } from '@pull-doctor/contract/message';
import { Problem } from '@pull-doctor/contract/problem';
import { Recognition } from '@pull-doctor/contract/recognition';
import fc from 'fast-check';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultCodes } from '../src/fault-codes.ts';
import { startApplication, type TestApplication } from './application.ts';

// Whatever is sent, the answer is clear and comes soon. Names that are valid lead to a closed port of loopback.
const closed = '127.0.0.1:1';
const answerMsMax = 1_000;

let application: TestApplication;
beforeAll(async () => {
  application = await startApplication(() => ({
    DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    HTTPS_PROXY: `http://${closed}`,
  }));
});
afterAll(() => application.close());

interface Sent {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  payload?: string | Buffer;
  contentType?: string;
}

async function send({ url, method = 'GET', payload, contentType }: Sent): Promise<LightMyRequestResponse> {
  const begun = performance.now();
  const answer = await application.app.inject({
    method,
    url,
    headers: {
      ...application.headers,
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    },
    ...(payload === undefined ? {} : { payload }),
  });
  expect(performance.now() - begun).toBeLessThan(answerMsMax);
  return answer;
}

const post = (url: string, payload: string | Buffer, contentType = 'application/json') =>
  send({ url, method: 'POST', payload, contentType });
const ask = (url: string, input: string) => post(url, JSON.stringify({ input }));

/** A problem as RFC 9457 has it, with a code that the documentation lists and sentences that a person can read. */
function expectProblem(answer: LightMyRequestResponse, status: number, code?: keyof typeof faultCodes): void {
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = Problem.parse(answer.json());
  expect(problem.status).toBe(status);
  expect(Object.keys(faultCodes)).toContain(problem.code);
  if (code) expect(problem.code).toBe(code);
  expect(problem.detail).toMatch(/^\S.{10,}\.$/s);
  expect(problem.todo).toMatch(/^\S.{10,}\.$/s);
  expect(answer.body.length).toBeLessThan(2_000);
}

/** The diagnosis is there, says what is wrong with the name, and reads the same afterwards. */
async function expectFinished(answer: LightMyRequestResponse): Promise<Diagnosis> {
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
  const diagnosis = Diagnosis.parse(answer.json());
  expect(diagnosis).toMatchObject({ state: 'finished' });
  const again = await send({ url: `/api/v1/diagnoses/${diagnosis.id}` });
  expect(again.json().findings).toEqual(diagnosis.findings);
  return diagnosis;
}

// No image name is in these.
const nonsense: [string, string][] = [
  ['nothing', ''],
  ['blanks', '   '],
  ['line breaks', '\n'.repeat(65_536)],
  ['64 KB of one letter', 'a'.repeat(65_536)],
  ['64 KB of brackets', '('.repeat(65_536)],
  ['64 KB of quotes after a command', `docker pull ${'"'.repeat(65_000)}`],
  ['64 KB of options', `docker pull ${'-e '.repeat(20_000)}`],
  ['NUL', '\u0000'],
  ['NUL before a name', '\u0000alpine'],
  ['a bell in a name', 'al\u0007pine'],
  ['an escape sequence', '\u001b[2J\u001b]0;x\u0007'],
  ['a bidirectional override', `${closed}/a\u202egnp.exe`],
  ['an emoji', '😀'],
  ['an emoji after a host', `${closed}/😀`],
  ['half an emoji', '\ud83d'],
  ['the other half', `${closed}/\ude00`],
  ['an option', '--privileged'],
  ['a command with an option and no image', 'docker run --privileged'],
  ['one dash', '-'],
  ['two dashes', '--'],
  ['a name of 300 parts', `${closed}/${'a/'.repeat(299)}a`],
  ['10,000 slashes', '/'.repeat(10_000)],
  ['a tag of 60,000 characters', `${closed}/a:${'b'.repeat(60_000)}`],
  ['a port of 60,000 digits', `127.0.0.1:${'9'.repeat(60_000)}/a`],
  ['10,000 at signs', '@'.repeat(10_000)],
  ['10,000 colons', ':'.repeat(10_000)],
  ['nested quotes', `docker run ${`'"`.repeat(20_000)}`],
  ['image: nine thousand times', 'image: '.repeat(9_000)],
  ['a path out of the folder', '../../../../etc/passwd'],
  ['a template', '{{7*7}}<%=7*7%>'],
];

describe('text that is no image name', () => {
  it.each(nonsense)('%s: is not recognised as one', async (_, input) => {
    const answer = await ask('/api/v1/recognize', input);
    expect(answer.statusCode).toBe(200);
    const { reference, problems } = Recognition.parse(answer.json());
    expect(reference).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
    for (const { what, at } of problems) {
      expect(what).toMatch(/^\S.{5,}\.$/s);
      expect(at).toBeLessThanOrEqual(input.length);
    }
  });

  it.each(nonsense)('%s: is diagnosed as one', async (_, input) => {
    const diagnosis = await expectFinished(await ask('/api/v1/diagnoses?wait=20', input));
    expect(diagnosis).toMatchObject({ pullable: 'no', findings: [{ cause: 'invalid-reference' }] });
    expect(diagnosis.verdict.length).toBeLessThan(2_000);
  });
});

describe('SQL', () => {
  it.each(["'; DROP TABLE Diagnosis; --", "' OR 1=1 --", `${closed}/a' UNION SELECT * FROM Session --`])(
    '%s is text like any other',
    async (input) => {
      const { id } = await expectFinished(await ask('/api/v1/diagnoses?wait=20', input));
      const list = await send({ url: '/api/v1/diagnoses?limit=1' });
      expect(list.json().items).toMatchObject([{ id, input }]);
    },
  );
});

// Each address that takes a text, and the name of its field.
const takers: [string, string][] = [
  ['/api/v1/recognize', 'input'],
  ['/api/v1/classify', 'text'],
  ['/api/v1/diagnoses', 'input'],
];

describe.each(takers)('POST %s', (url, field) => {
  const send = (text: unknown, query = '') => post(`${url}${query}`, JSON.stringify({ [field]: text }));

  it('takes 64 KB of text, and one character more is too much', async () => {
    expect((await send('ö'.repeat(65_536), '?wait=20')).statusCode).toBe(200);
    expectProblem(await send('ö'.repeat(65_537)), 400, 'invalid-request');
  });

  it('takes 64 KB of text in which every character is escaped', async () => {
    const payload = `{"${field}":"${'\\u0041'.repeat(65_536)}"}`;
    expect((await post(`${url}?wait=20`, payload)).statusCode).toBe(200);
  });

  it.each<[string, string | Buffer]>([
    ['half an object', '{'],
    ['nothing', ''],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe])],
    ['200,000 brackets', '['.repeat(200_000)],
    ['a prototype', `{"${field}":"${closed}/a","__proto__":{"admin":true}}`],
    ['a constructor', `{"${field}":"${closed}/a","constructor":{"prototype":{"admin":true}}}`],
  ])('%s is no JSON that is read', async (_, payload) => {
    expectProblem(await post(url, payload), 400, 'invalid-json');
  });

  it.each(['null', '[]', '"x"', '7', '{}'])('%s has not the right form', async (payload) => {
    expectProblem(await post(url, payload), 400, 'invalid-request');
  });

  it.each([[1], [null], [['a']], [{}]])('%j is no text', async (value) => {
    expectProblem(await send(value), 400, 'invalid-request');
  });

  it('a body of 1 MB is not read', async () => {
    expectProblem(await send('a'.repeat(1024 * 1024)), 413, 'too-large');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/xml',
    'x',
  ])('a body of the type %s is not read', async (contentType) => {
    const payload = JSON.stringify({ [field]: `${closed}/a` });
    expectProblem(await post(url, payload, contentType), 415, 'wrong-content-type');
  });

  it('passes over fields that it does not know', async () => {
    const payload = JSON.stringify({ [field]: 'NO IMAGE', more: 1, id: 'mine', state: 'finished' });
    const answer = await post(`${url}?wait=20`, payload);
    expect(answer.statusCode).toBe(200);
    expect(answer.json().id).not.toBe('mine');
  });
});

describe('the rest of a request for a diagnosis', () => {
  it.each([
    { platform: 'x' },
    { platform: '' },
    { platform: 7 },
    { platform: 'linux/arm64; rm -rf /' },
    { platform: `linux/${'a'.repeat(100)}` },
    { platform: null },
    { pull: 'yes' },
    { pull: 1 },
    { image: 7 },
    { image: null },
    { image: 'a'.repeat(4097) },
  ])('%j is refused', async (more) => {
    const payload = JSON.stringify({ input: `${closed}/a`, ...more });
    expectProblem(await post('/api/v1/diagnoses', payload), 400, 'invalid-request');
  });

  it.each(['abc', '-1', '61', '1e9', 'NaN', 'Infinity', '1&wait=2', '%00', '0x1g'])(
    'wait=%s is refused',
    async (wait) => {
      expectProblem(await ask(`/api/v1/diagnoses?wait=${wait}`, 'NO IMAGE'), 400, 'invalid-request');
    },
  );
});

describe.each(['diagnoses', 'attempts'])('GET /api/v1/%s', (list) => {
  it.each([
    '?limit=0',
    '?limit=-1',
    '?limit=201',
    '?limit=x',
    '?limit=1.5',
    '?limit=1&limit=2',
    `?cursor=${'z'.repeat(201)}`,
    '?cursor=a&cursor=b',
  ])('%s is refused', async (query) => {
    expectProblem(await send({ url: `/api/v1/${list}${query}` }), 400, 'invalid-request');
  });

  it.each([
    '?cursor=%00',
    "?cursor=';DROP TABLE Diagnosis",
    '?cursor=%E0%A4%A',
    '?cursor=%F0%9F%98%80',
    '?cursor=-',
  ])('%s is no way into the database', async (query) => {
    const answer = await send({ url: `/api/v1/${list}${query}` });
    // A diagnosis's cursor is its id, and any text is before or after one; the place of an attempt is not a text.
    if (list === 'attempts') return expectProblem(answer, 400, 'invalid-request');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toHaveProperty('items');
  });

  it.each(['..%2f..%2fetc%2fpasswd', '%00', "'%20OR%201=1%20--", '%F0%9F%98%80', 'a'.repeat(64), 'null'])(
    'there is nothing with the id %s',
    async (id) => {
      const code = list === 'diagnoses' ? 'no-such-diagnosis' : 'no-such-attempt';
      expectProblem(await send({ url: `/api/v1/${list}/${id}` }), 404, code);
    },
  );

  it.each(['%ff', '%E0%A4%A', '%', '%zz'])('the address of %s cannot be read', async (id) => {
    expectProblem(await send({ url: `/api/v1/${list}/${id}` }), 400, 'bad-request');
  });

  it.each(['/', '/%2e%2e/%2e%2e/x', `/${'a'.repeat(300)}`, '/x/y'])(
    'there is no address ending in %s',
    async (end) => {
      expectProblem(await send({ url: `/api/v1/${list}/${end}` }), 404, 'no-such-address');
    },
  );

  it.each(['PUT', 'PATCH', 'OPTIONS'] as const)('there is no %s', async (method) => {
    expectProblem(await send({ url: `/api/v1/${list}`, method }), 404, 'no-such-address');
  });
});

describe('files of the server', () => {
  it.each([
    '/../../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/.vite/manifest.json/../../../package.json',
  ])('%s leads to the page at most', async (url) => {
    const answer = await send({ url });
    expect(answer.body).not.toMatch(/root:|"dependencies"/);
    expect([200, 404]).toContain(answer.statusCode);
  });
});

describe('any text at all', () => {
  // Words and signs of commands and names among anything that is text: what a parser has branches for.
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom(
      'docker',
      'pull',
      'run',
      ' ',
      '\n',
      '\t',
      '--platform',
      'linux/arm64',
      '-',
      '--',
      '=',
      '/',
      ':',
      '@',
      'image:',
      'FROM',
      'AS',
      '"',
      "'",
      '\\',
      'sha256:',
      '127.0.0.1:1',
      'a',
      'latest',
      '$(',
      '`',
      '#',
      '{',
      '[',
      '\ud800',
      '\u0000',
      '\r\n',
      'crictl',
      'podman',
      'https://',
      'user:pw@',
      'Error response from daemon:',
    ),
  );
  const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));

  it('is read, whatever it is', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        const answer = await ask('/api/v1/recognize', input);
        expect(answer.statusCode).toBe(200);
        Recognition.parse(answer.json());
      }),
      { numRuns: 1_000 },
    );
  });

  it('is classified, whatever it is', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        const answer = await post('/api/v1/classify', JSON.stringify({ text: input }));
        expect(answer.statusCode).toBe(200);
        const read = Classification.parse(answer.json());
        for (const { start, end } of read.causes.flatMap(({ signs }) => signs))
          expect(start >= 0 && start <= end && end <= read.text.length).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is diagnosed, whatever it is', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        // A name of another registry would be looked up outside this machine.
        const { reference } = (await ask('/api/v1/recognize', input)).json<Recognition>();
        fc.pre(reference === null || reference.registry === closed);
        await expectFinished(await ask('/api/v1/diagnoses?wait=20', input));
      }),
      { numRuns: 200 },
    );
  });

  it('as any JSON body, it is answered or refused', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (payload) => {
        const answer = await post('/api/v1/recognize', payload);
        if (answer.statusCode !== 200) expectProblem(answer, 400);
      }),
      { numRuns: 300 },
    );
  });

  it('as any id, cursor or wait, it is answered or refused', { timeout: 60_000 }, async () => {
    const part = fc.string({ unit: 'grapheme', maxLength: 80 }).map(encodeURIComponent);
    await fc.assert(
      fc.asyncProperty(part, async (value) => {
        for (const url of [
          `/api/v1/diagnoses/x${value}`,
          `/api/v1/attempts?cursor=${value}`,
          `/api/v1/diagnoses?limit=${value}`,
        ]) {
          const answer = await send({ url });
          if (answer.statusCode !== 200) expectProblem(answer, answer.statusCode);
          expect([200, 400, 404]).toContain(answer.statusCode);
        }
      }),
      { numRuns: 200 },
    );
  });
});
