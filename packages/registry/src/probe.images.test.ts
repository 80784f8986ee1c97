import { makeSelfSigned } from '@pull-doctor/testkit/certificate-authority';
import { faultyRegistry } from '@pull-doctor/testkit/faulty/faulty-registry';
import {
  alwaysUnavailable,
  captivePortal,
  deadRealm,
  loginRedirect,
  neverAnswers,
  noChallenge,
  website,
} from '@pull-doctor/testkit/faulty/whole-hosts';
import { type Handler, type Listening, listenHttp } from '@pull-doctor/testkit/http-listener';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProbe } from '../test/run-probe.ts';

const open: Listening[] = [];
let faulty: Listening;

async function serving(handler: Handler): Promise<Listening> {
  const pair = await makeSelfSigned({ commonName: 'x', addresses: ['127.0.0.1'] });
  const server = await listenHttp(handler, { tls: pair });
  open.push(server);
  return server;
}

beforeAll(async () => {
  faulty = await serving(faultyRegistry());
});

afterAll(() => Promise.all(open.map((one) => one.close())));

const ask = (image: string) => runProbe(image, { insecure: true, timeouts: { answerMs: 500 } });

describe('an image with something wrong behind a request that works', () => {
  it.each<[string, object, object | undefined]>([
    [
      'ok',
      { body: { kind: 'image', digestMatches: true } },
      { fits: 'yes', image: { image: { layers: [{ there: 'yes', form: 'gzip' }] } } },
    ],
    ['multi', { body: { kind: 'index' } }, { fits: 'yes', kind: 'index' }],
    ['noplatform', { body: { kind: 'index' } }, { fits: 'no', chosen: null }],
    ['schema1', { body: { kind: 'schema-1' } }, { fits: 'unknown' }],
    ['helmchart', { body: { kind: 'artifact' } }, { fits: 'unknown' }],
    ['zstd', {}, { image: { image: { layers: [{ form: 'zstd' }] } } }],
    ['baddigest', {}, undefined],
    ['blob404', {}, { image: { image: { layers: [{ there: 'no', form: 'unknown' }] } } }],
    ['blob503', {}, { image: { image: { layers: [{ there: 'unknown' }] } } }],
    ['gzipbad', {}, { image: { image: { layers: [{ there: 'yes', form: 'other' }] } } }],
  ])('%s', async (name, manifest, platform) => {
    const seen = await ask(`${faulty.host}/${name}/app:1`);
    expect(seen.manifest).toMatchObject(manifest);
    if (platform) expect(seen.platform).toMatchObject(platform);
  });

  it.each<[string, string]>([
    ['ratelimit', 'rate-limited'],
    ['denied', 'denied'],
    ['reset', 'failed'],
    ['hang', 'failed'],
  ])('%s: %s', async (name, outcome) => {
    const { manifest } = await ask(`${faulty.host}/${name}/app:1`);
    expect(manifest?.anonymous?.outcome).toBe(outcome);
  });
});

describe('what answers in place of a registry', () => {
  it.each<[string, Handler, string]>([
    ['a web site', website, 'no'],
    ['a captive portal', captivePortal, 'no'],
    ['a page to sign in', loginRedirect, 'no'],
    ['a server that is broken', alwaysUnavailable, 'unknown'],
    ['a server without a challenge', noChallenge, 'unknown'],
    ['a server that is silent', neverAnswers, 'unknown'],
    ['a registry with a dead token server', deadRealm('https://127.0.0.1:1/token'), 'yes'],
  ])('%s', async (_, handler, isRegistry) => {
    const server = await serving(handler);
    const seen = await ask(`${server.host}/a/b:1`);
    expect(seen.ping?.isRegistry).toBe(isRegistry);
  });

  it('a dead token server is a failure of its own', async () => {
    const server = await serving(deadRealm('https://127.0.0.1:1/token'));
    const { token } = await ask(`${server.host}/a/b:1`);
    expect(token?.anonymous).toMatchObject({
      outcome: 'failed',
      exchange: { failure: { layer: 'tcp', code: 'refused' } },
    });
  });
});
