import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecorded } from '../../test/daemon-log/recorded.ts';
import type { DaemonRegistries } from './next-endpoint.ts';
import { type HeardPull, pullsInLog } from './pulls-in-log.ts';

const plain: DaemonRegistries = { mirrors: [], insecureRegistries: ['127.0.0.0/8'] };
const mirrored: DaemonRegistries = {
  mirrors: ['https://mirror.lab.test/'],
  insecureRegistries: ['127.0.0.0/8'],
};

/** A line as logrus writes it, `ms` after the first. */
function line(ms: number, msg: string, fields: Record<string, string> = {}, level = 'info'): string {
  const time = new Date(Date.parse('2026-05-04T10:00:00Z') + ms).toISOString();
  const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  return `time="${time}" level=${level} msg=${JSON.stringify(msg)}${rest.join('')}`;
}

const passedOver = (ms: number, error: string, fields = {}) =>
  line(ms, `Attempting next endpoint for pull after error: ${error}`, fields);
const notContinuing = (ms: number, error: string, fields = {}) =>
  line(ms, 'Not continuing with pull after error', { error, ...fields }, 'error');
const handler = (ms: number, error: string, fields = {}) =>
  line(ms, `Handler for POST /v1.47/images/create returned error: ${error}`, fields, 'error');
const nextHost = (ms: number, error: string, fields: Record<string, string>) =>
  line(ms, 'trying next host', { error, ...fields });

function heardIn(lines: readonly string[], daemon = plain): HeardPull[] {
  const log = pullsInLog(daemon);
  return [...lines.flatMap((text) => log.add({ at: null, text }, 0)), ...log.settle(1_500)];
}

const shown = (pulls: HeardPull[]) =>
  pulls.map(({ outcome, reference, registry }) => [outcome, reference ?? registry]);

const noHost = (host: string) => `Get "https://${host}/v2/": dial tcp: lookup ${host}: no such host`;

describe('a mirror', () => {
  const failure = 'Head "https://mirror.lab.test/v2/library/nginx/manifests/1": no basic auth credentials';

  it('that fails before Docker Hub gives the image is no failed pull', () => {
    expect(heardIn([passedOver(0, failure)], mirrored)).toEqual([]);
    expect(heardIn([passedOver(0, failure, { traceID: 'a' })], mirrored)).toEqual([]);
    expect(heardIn([passedOver(0, 'manifest unknown: manifest unknown')], mirrored)).toEqual([]);
  });

  it('that fails before Docker Hub fails is one failed pull of Docker Hub’s image', () => {
    const hub = 'Head "https://registry-1.docker.io/v2/library/nginx/manifests/1": toomanyrequests';
    const pulls = heardIn([passedOver(0, failure), passedOver(300, hub), handler(302, hub)], mirrored);
    expect(shown(pulls)).toEqual([['failed', 'docker.io/library/nginx:1']]);
    expect(pulls[0]?.message).toBe(hub);
    expect(pulls[0]?.lines).toHaveLength(3);
  });

  it('is joined by its trace to what fails at Docker Hub much later', () => {
    const hub = 'Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout';
    const trace = { traceID: 'a' };
    const pulls = heardIn([passedOver(0, failure, trace), passedOver(15_000, hub, trace)], mirrored);
    expect(shown(pulls)).toEqual([['failed', 'docker.io/library/nginx:1']]);
  });

  it('of containerd’s store is told by the success that follows', () => {
    const trace = { traceID: 'a' };
    const mirror = nextHost(0, 'failed to do request: i/o timeout', { host: 'mirror.lab.test', ...trace });
    const pulled = line(40_000, 'image pulled', {
      digest: `sha256:${'1'.repeat(64)}`,
      remote: 'docker.io/library/nginx:1',
      ...trace,
    });
    expect(heardIn([mirror, pulled], mirrored)).toMatchObject([
      { outcome: 'pulled', reference: 'docker.io/library/nginx:1', digest: `sha256:${'1'.repeat(64)}` },
    ]);
  });
});

describe('an insecure registry', () => {
  const daemon = { mirrors: [], insecureRegistries: ['127.0.0.0/8', 'plain.lab.test:5000', '10.0.0.0/8'] };
  const https = 'Get "https://plain.lab.test:5000/v2/": http: server gave HTTP response to HTTPS client';

  it('that answers over plain http is no failed pull', () => {
    expect(heardIn([passedOver(0, https)], daemon)).toEqual([]);
    expect(heardIn([passedOver(0, https.replace('plain.lab.test', 'localhost'))], plain)).toEqual([]);
    expect(heardIn([passedOver(0, https.replace('plain.lab.test', '10.1.2.3'))], daemon)).toEqual([]);
  });

  it('that fails over both is one failed pull', () => {
    const http = 'Get "http://plain.lab.test:5000/v2/": dial tcp 10.0.0.1:5000: connect: connection refused';
    const pulls = heardIn([passedOver(0, https), passedOver(10, http), handler(12, http)], daemon);
    expect(shown(pulls)).toEqual([['failed', 'plain.lab.test:5000']]);
  });

  it('that is none fails with the first line', () => {
    expect(shown(heardIn([passedOver(0, https)], plain))).toEqual([['failed', 'plain.lab.test:5000']]);
    const outside = passedOver(0, https.replace('plain.lab.test', '11.1.2.3'));
    expect(shown(heardIn([outside], { mirrors: [], insecureRegistries: ['10.0.0.0/8'] }))).toEqual([
      ['failed', '11.1.2.3:5000'],
    ]);
  });

  it('that answered over TLS is not asked over plain http', () => {
    const refused = 'Head "https://plain.lab.test:5000/v2/app/manifests/1": denied';
    expect(shown(heardIn([passedOver(0, refused)], daemon))).toEqual([
      ['failed', 'plain.lab.test:5000/app:1'],
    ]);
  });
});

describe('several pulls at once', () => {
  it('of different images stay apart without a trace', () => {
    const [a, b] = [noHost('a.lab.test'), noHost('b.lab.test')];
    const log = [
      line(0, `Error getting v2 registry: ${a}`, {}, 'warning'),
      line(1, `Error getting v2 registry: ${b}`, {}, 'warning'),
      passedOver(2, a),
      passedOver(2, b),
      handler(3, b),
      handler(4, a),
    ];
    const pulls = heardIn(log);
    expect(shown(pulls)).toEqual([
      ['failed', 'b.lab.test'],
      ['failed', 'a.lab.test'],
    ]);
    expect(pulls.map(({ lines }) => lines.length)).toEqual([3, 3]);
  });

  it('that fail in the same words stay as many', () => {
    const error = 'unauthorized: authentication required';
    expect(
      heardIn([passedOver(0, error), passedOver(1, error), handler(2, error), handler(3, error)]),
    ).toHaveLength(2);
    expect(heardIn([0, 1, 2].map((ms) => notContinuing(ms, error)))).toHaveLength(3);
  });

  it('of which one asks no further endpoint stay apart', () => {
    expect(heardIn([notContinuing(0, 'denied: no'), passedOver(300, 'denied: no')])).toHaveLength(2);
  });

  it('of the same image stay as many as there are traces', () => {
    const error = 'Head "https://ghcr.io/v2/acme/app/manifests/1": denied';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.infiniteStream(fc.nat(1_000)), (count, order) => {
        const steps = Array.from({ length: count }, (_, pull) => [
          passedOver(1, error, { traceID: `t${pull}`, spanID: 's' }),
          handler(2, error, { traceID: `t${pull}`, spanID: 's' }),
        ]);
        // Any interleaving in which each pull's own lines keep their order.
        const mixed: string[] = [];
        while (steps.some((rest) => rest.length > 0)) {
          const left = steps.filter((rest) => rest.length > 0);
          const next = left[(order.next().value ?? 0) % left.length]?.shift();
          if (next) mixed.push(next);
        }
        const pulls = heardIn(mixed);
        expect(pulls).toHaveLength(count);
        expect(new Set(pulls.map(({ reference }) => reference))).toEqual(new Set(['ghcr.io/acme/app:1']));
      }),
    );
  });

  it('under one trace of the client stay apart by their names', () => {
    const trace = { traceID: 'a' };
    const failed = (ms: number, name: string) =>
      handler(ms, `failed to resolve reference "ghcr.io/${name}": not found`, trace);
    expect(shown(heardIn([failed(0, 'acme/a:1'), failed(5, 'acme/b:1'), failed(9, 'acme/b:1')]))).toEqual([
      ['failed', 'ghcr.io/acme/a:1'],
      ['failed', 'ghcr.io/acme/b:1'],
      ['failed', 'ghcr.io/acme/b:1'],
    ]);
  });
});

describe('the answer of newer versions', () => {
  const newer = (error: string, url: string, status = '500') =>
    line(
      5,
      'Handler for POST /images/create returned error',
      { 'error-response': error, method: 'POST', 'request-url': url, status },
      'error',
    );

  it.each([
    ['/v1.52/images/create?fromImage=nginx&tag=1.27', 'docker.io/library/nginx:1.27'],
    [
      '/v1.52/images/create?fromImage=docker.io%2Flibrary%2Fnginx&tag=latest',
      'docker.io/library/nginx:latest',
    ],
    ['/images/create?fromImage=ghcr.io%2Facme%2Fapp%3Av2', 'ghcr.io/acme/app:v2'],
    [
      `/v1.52/images/create?fromImage=ghcr.io%2Facme%2Fapp&tag=sha256%3A${'a'.repeat(64)}`,
      `ghcr.io/acme/app@sha256:${'a'.repeat(64)}`,
    ],
    ['/v1.52/images/create?fromImage=%E0%A4%A', null],
  ])('names the image of %s', (url, reference) => {
    const error = 'received unexpected HTTP status: 503 Service Unavailable';
    const pulls = heardIn([passedOver(0, error), newer(error, url)]);
    expect(pulls).toMatchObject([{ outcome: 'failed', reference, message: error }]);
  });

  it('of containerd’s store is joined to the host although it quotes another error', () => {
    const url = '/v1.52/images/create?fromImage=ghcr.io%2Facme%2Fapp&tag=1';
    const log = [
      nextHost(0, 'unexpected status: 503', { host: 'ghcr.io' }),
      newer('error from registry: down', url),
    ];
    expect(heardIn(log)).toMatchObject([
      { reference: 'ghcr.io/acme/app:1', message: 'error from registry: down' },
    ]);
  });

  it('to an import is none of a pull', () => {
    expect(heardIn([newer('invalid tar header', '/v1.52/images/create?fromSrc=-&repo=app')])).toEqual([]);
  });

  it('to a client that went away is a pull that was stopped', () => {
    const url = '/v1.52/images/create?fromImage=ghcr.io%2Facme%2Fapp&tag=1';
    const gone = line(5, 'request cancelled by client', {
      method: 'POST',
      'request-url': url,
      status: '499',
    });
    expect(shown(heardIn([gone]))).toEqual([['stopped', 'ghcr.io/acme/app:1']]);
    const error = 'Get "https://ghcr.io/v2/acme/app/manifests/1": context canceled';
    expect(shown(heardIn([notContinuing(0, error), newer(error, url, '499')]))).toEqual([
      ['stopped', 'ghcr.io/acme/app:1'],
    ]);
  });
});

it('a layer that failed is the failure, and the ones that were cancelled with it are not', () => {
  const trace = { traceID: 'a', host: 'ghcr.io' };
  const pulls = heardIn([
    nextHost(0, 'failed to do request: Get "https://ghcr.io/v2/acme/app/blobs/sha256:1": i/o timeout', trace),
    nextHost(
      1,
      'failed to do request: Get "https://ghcr.io/v2/acme/app/blobs/sha256:2": context canceled',
      trace,
    ),
  ]);
  expect(pulls).toMatchObject([
    { outcome: 'failed', reference: null, registry: 'ghcr.io', repository: 'acme/app' },
  ]);
  expect(pulls[0]?.message).toContain('i/o timeout');
});

it('an image that is there in the end is told with its line, although the pull was told as failed', () => {
  const trace = { traceID: 'a' };
  const pulled = (ms: number) => line(ms, 'image pulled', { remote: 'ghcr.io/acme/app:1', ...trace });
  const pulls = heardIn([nextHost(0, 'EOF', { host: 'ghcr.io', ...trace }), pulled(5_000), pulled(9_000)]);
  expect(pulls.map(({ outcome, lines }) => [outcome, lines.length])).toEqual([
    ['failed', 1],
    ['pulled', 1],
    ['pulled', 1],
  ]);
});

describe('no pull', () => {
  const trace = { traceID: 'a' };
  const error = 'failed to do request: Head "https://ghcr.io/v2/acme/app/blobs/sha256:1": EOF';
  it.each([
    [
      'a login',
      [
        line(0, 'Error logging in to endpoint, trying next endpoint', {
          error: 'denied',
          endpoint: 'https://ghcr.io/v2/',
        }),
        line(
          1,
          'Handler for POST /v1.47/auth returned error: Get "https://ghcr.io/v2/": denied',
          {},
          'error',
        ),
      ],
    ],
    [
      'a push from the graph driver',
      [
        line(0, 'Attempting next endpoint for push after error: denied'),
        line(1, 'Handler for POST /v1.47/images/ghcr.io/acme/app/push returned error: denied', {}, 'error'),
      ],
    ],
    [
      'a push from containerd’s store',
      [
        nextHost(0, error, { host: 'ghcr.io', ...trace }),
        line(1, `Handler for POST /images/ghcr.io/acme/app/push returned error: ${error}`, trace, 'error'),
        nextHost(2, error, { host: 'ghcr.io', ...trace }),
      ],
    ],
    [
      'a push without a trace',
      [
        nextHost(0, error, { host: 'ghcr.io' }),
        line(1, `Handler for POST /images/ghcr.io/acme/app/push returned error: ${error}`, {}, 'error'),
      ],
    ],
    [
      'a container without an image',
      [line(0, 'Handler for POST /containers/create returned error: No such image: app:1')],
    ],
    ['a layer that is tried again', [line(0, 'Download failed, retrying (1/5): unexpected EOF')]],
    [
      'what another component of Docker Desktop says',
      [JSON.stringify({ component: 'vpnkit', level: 'info', msg: 'trying next host', host: 'ghcr.io' })],
    ],
  ])('is heard of %s', (_, log) => {
    expect(heardIn(log)).toEqual([]);
  });
});

it('a service’s task that cannot pull is one pull', () => {
  const pulls = heardIn([
    notContinuing(
      0,
      'errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n',
    ),
    line(0, 'Ignoring extra error returned from registry', {
      error: 'unauthorized: authentication required',
    }),
    line(
      1,
      'pulling image failed',
      {
        error:
          "pull access denied for acme/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
        module: 'node/agent/taskmanager',
      },
      'error',
    ),
  ]);
  expect(pulls).toMatchObject([
    { outcome: 'failed', reference: null, registry: 'docker.io', repository: 'acme/app', tag: null },
  ]);
});

describe('the time of telling', () => {
  const denied = 'Head "https://ghcr.io/v2/acme/app/manifests/1": denied';

  it('is at once where the request was answered', () => {
    const log = pullsInLog(plain);
    expect(log.add({ at: null, text: passedOver(0, denied) }, 0)).toEqual([]);
    expect(log.add({ at: null, text: handler(5, denied) }, 5)).toHaveLength(1);
    expect(log.settlesAtMs).toBeNull();
    expect(log.settle(5_000)).toEqual([]);
  });

  it('is within one and a half seconds after the last line elsewhere', () => {
    const log = pullsInLog(plain);
    log.add({ at: null, text: passedOver(0, denied) }, 10_000);
    const at = log.settlesAtMs;
    expect(at).not.toBeNull();
    expect(at).toBeLessThanOrEqual(11_500);
    expect(log.settle((at ?? 0) - 1)).toEqual([]);
    expect(log.settle(at ?? 0)).toHaveLength(1);
    expect(log.settlesAtMs).toBeNull();
  });

  it('does not come twice for an answer that is late', () => {
    const log = pullsInLog(plain);
    log.add({ at: null, text: passedOver(0, denied) }, 0);
    expect(log.settle(1_200)).toHaveLength(1);
    expect(log.add({ at: null, text: handler(1_300, denied) }, 1_300)).toEqual([]);
  });

  it('goes by the log where an old one is read at once', () => {
    const log = pullsInLog(plain);
    const told = [0, 60_000, 120_000].map(
      (ms) => log.add({ at: null, text: passedOver(ms, denied) }, 0).length,
    );
    expect(told).toEqual([0, 1, 1]);
    expect(log.settle(1_000)).toMatchObject([
      { startedAt: '2026-05-04T10:02:00.000Z', endedAt: '2026-05-04T10:02:00.000Z' },
    ]);
  });

  it('uses the time of the source where the line has none', () => {
    const text = 'level=error msg="Not continuing with pull after error" error=denied';
    const log = pullsInLog(plain);
    log.add({ at: '2026-05-04T10:00:00.500Z', text }, 0);
    expect(log.settle(1_000)).toMatchObject([{ startedAt: '2026-05-04T10:00:00.500Z' }]);
  });
});

it('tells how much of a log it understood', () => {
  const log = pullsInLog(plain);
  for (const text of [
    'goroutine 1 [running]:',
    line(0, 'API listen on /run/docker.sock'),
    handler(1, 'denied'),
  ])
    log.add({ at: null, text }, 0);
  expect(log.understood).toEqual({ lines: 3, known: 2, pulls: 1 });
});

describe('any log', () => {
  const real = readRecorded().flatMap(({ log }) => log);
  const anyLine = fc.oneof(
    fc.constantFrom(...real),
    fc.tuple(fc.constantFrom(...real), fc.nat(400)).map(([text, end]) => text.slice(0, end)),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );

  it('is read without an exception, and no pull is told twice', () => {
    const call = fc.record({
      text: anyLine,
      waitMs: fc.nat(2_000),
      daemon: fc.constantFrom(plain, mirrored),
    });
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 60, size: 'max' }),
        fc.constantFrom(plain, mirrored),
        (calls, daemon) => {
          const log = pullsInLog(daemon);
          let now = 0;
          const heard = calls.flatMap(({ text, waitMs }) => {
            now += waitMs;
            return [...log.add({ at: null, text }, now), ...log.settle(now)];
          });
          heard.push(...log.settle(now + 1_500));
          expect(log.settlesAtMs).toBeNull();
          expect(log.understood.pulls).toBe(heard.length);
          const lines = heard.reduce((sum, pull) => sum + pull.lines.length, 0);
          expect(lines).toBeLessThanOrEqual(calls.length);
          for (const { startedAt, endedAt, message, lines } of heard) {
            expect(Date.parse(startedAt)).toBeLessThanOrEqual(Date.parse(endedAt));
            expect(message).not.toBe('');
            expect(lines).not.toEqual([]);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  const mega = 1024 * 1024;
  it.each([
    ['an error', notContinuing(0, 'a'.repeat(mega))],
    ['addresses', notContinuing(0, 'https://a.lab.test/v2/a/manifests/1 '.repeat(mega / 36))],
    ['several errors', notContinuing(0, `errors:\n${'denied: no\n'.repeat(mega / 11)}`)],
    ['a handler’s path', line(0, `Handler for POST /images/${'a/'.repeat(mega / 2)}push returned error: no`)],
    [
      'a request',
      line(0, 'request cancelled by client', {
        'request-url': `/images/create?${'fromImage=a&'.repeat(mega / 12)}`,
      }),
    ],
    ['a scope', nextHost(0, `?scope=repository:${'a/'.repeat(mega / 2)}`, { host: 'ghcr.io' })],
  ])('with a line of 1 MB is read at once: %s', (_, text) => {
    const log = pullsInLog(mirrored);
    const start = performance.now();
    log.add({ at: null, text }, 0);
    const heard = log.settle(1_500);
    // quadratic work on 1 MB takes minutes
    expect(performance.now() - start).toBeLessThan(1_000);
    for (const { message, lines } of heard) {
      expect(message.length).toBeLessThanOrEqual(65_536);
      expect(lines.join('').length).toBeLessThanOrEqual(160_000);
    }
  });

  it('of many failures is read in time linear in its length, and does not grow', () => {
    const log = pullsInLog(plain);
    const start = performance.now();
    let heard = 0;
    for (let pull = 0; pull < 20_000; pull += 1) {
      const text = passedOver(pull * 50, noHost(`h${pull}.lab.test`), { traceID: `t${pull}` });
      heard += log.add({ at: null, text }, 0).length;
    }
    expect(heard + log.settle(1_500).length).toBe(20_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
