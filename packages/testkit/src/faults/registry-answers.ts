import type { Fault } from './fault.ts';
import { failing } from './row.ts';

/** A registry (or something in its place) that gives an answer no pull can use. */
export const registryAnswers: Fault[] = [
  failing('manifest: 429 in JSON', '{faulty}/ratelimit/app:1', 'rate-limited', {
    expect: { steps: { ping: 'done', manifest: 'failed' } },
  }),
  failing('manifest: 429 in plain text', '{faulty}/plain429/app:1', 'rate-limited', {
    expect: { steps: { manifest: 'failed' } },
  }),
  failing('manifest: 503 in plain text', '{faulty}/plain503/app:1', 'registry-unavailable', {
    expect: { steps: { manifest: 'failed' } },
  }),
  failing('manifest: 503 in JSON', '{faulty}/json503/app:1', 'registry-unavailable', {
    expect: { steps: { manifest: 'failed' } },
  }),
  failing('manifest: 500 in JSON', '{faulty}/json500/app:1', 'registry-unavailable', {
    expect: { steps: { manifest: 'failed' } },
  }),
  failing('manifest: 502 and the page of a reverse proxy', '{faulty}/html502/app:1', 'registry-unavailable', {
    expect: { steps: { manifest: 'failed' } },
  }),
  failing('manifest: 200 and a web page', '{faulty}/html200/app:1', 'not-a-registry', {
    expect: { steps: { manifest: 'failed' } },
  }),
  failing('manifest: 401 without a challenge', '{faulty}/bare401/app:1', 'credentials-missing', {
    expect: { oneOf: ['credentials-missing', 'registry-unavailable', 'not-a-registry'], notConfident: true },
  }),
  failing('manifest: 403 with the standard sentence', '{faulty}/denied/app:1', 'access-denied', {
    expect: { oneOf: ['access-denied', 'credentials-missing'] },
  }),
  failing('manifest: 403 with a sentence of its own', '{faulty}/deniedtext/app:1', 'access-denied', {
    expect: { oneOf: ['access-denied', 'credentials-missing'] },
  }),
  failing('manifest: the connection is reset', '{faulty}/reset/app:1', 'connection-failure', {
    expect: { steps: { ping: 'done', manifest: 'failed' } },
  }),
  failing('manifest: no answer', '{faulty}/hang/app:1', 'connection-failure', {
    slow: true,
    expect: {
      oneOf: ['connection-failure', 'registry-unavailable'],
      steps: { ping: 'done', manifest: 'failed' },
    },
    // dockerd has no limit for the answer to a manifest request: it waits as long as the connection lives
    daemonPull: 'cannot-show',
  }),
  failing(
    'manifest: the digest header is not that of the body',
    '{faulty}/baddigest/app:1',
    'registry-unavailable',
    {
      expect: { oneOf: ['registry-unavailable', 'unsupported-image'] },
    },
  ),
  failing('every request: 503', '{unavailable}/team/app:1', 'registry-unavailable', {
    expect: { steps: { ping: 'failed' } },
  }),
  failing('ping: 401 without a challenge', '{nochallenge}/team/app:1', 'registry-unavailable', {
    expect: { oneOf: ['registry-unavailable', 'not-a-registry', 'credentials-missing'] },
  }),
  failing('a web server: 404 and a page everywhere', '{website}/team/app:1.0', 'not-a-registry', {
    expect: { steps: { ping: 'failed' } },
  }),
  failing('a captive portal: 200 and a page everywhere', '{portal}/team/app:1.0', 'not-a-registry', {
    expect: { steps: { ping: 'failed' } },
  }),
  failing('a redirect to a login page', '{signin}/team/app:1.0', 'not-a-registry', {
    expect: { steps: { ping: 'failed' } },
  }),
  failing('the port of an SSH server', 'ssh.clinic.test/team/app:1.0', 'not-a-registry', {
    expect: { oneOf: ['not-a-registry', 'tls-invalid', 'plain-http-registry'], steps: { tls: 'failed' } },
  }),
];
