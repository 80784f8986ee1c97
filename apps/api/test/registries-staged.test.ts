import { faults } from '@pull-doctor/testkit/faults/table';
import { type Stage, startStage } from '@pull-doctor/testkit/stage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication } from './application.ts';
import { boardOf } from './registries-board.ts';

/** How the registry of a staged fault stands, with its login; whatever the fault is about. */
const statuses: Record<string, readonly string[]> = {
  ok: [
    'Basic registry with the right password',
    'token registry with the right password',
    'Basic registry by name over TLS',
    'token registry by name over TLS',
    'the helper works',
    'DOCKER_AUTH_CONFIG is valid',
    'Docker Hub: private image, the member',
    'ECR: valid password',
    'GHCR: private image, a token with read:packages',
    'GitLab: member',
    'Harbor: robot',
    'Quay: robot',
    'ACR: service principal',
    'Gitea: two challenges in one header',
    // The login works; what it may read is another fact.
    'the login may not read this repository',
    'repository missing, token registry',
  ],
  expired: ['ECR: password older than twelve hours', 'the ECR helper serves an expired password'],
  invalid: [
    'wrong password, Basic registry',
    'wrong password, token registry',
    'wrong password, by name over TLS',
    'the helper serves a wrong password',
    'DOCKER_AUTH_CONFIG has a wrong password and hides a valid login',
    // It hands a token to anybody: only a request that tells shows that this one is not taken.
    'Harbor: wrong password gets an empty token',
    'a stale login blocks a public image',
    'Docker Hub: wrong password',
    'GHCR: revoked token blocks a public image',
    'GitLab: revoked token',
    'Quay: wrong robot password',
    'Gitea: wrong token',
  ],
  missing: [
    'through a proxy that wants a login and gets it',
    'no login, Basic registry',
    'no login, token registry',
    'login under another port',
    'Docker Hub login under the key docker.io',
    'a store without an entry hides a valid login in auths',
    'GHCR: private or absent, anonymous',
    'ECR: no login',
  ],
  unreachable: [
    'connection refused',
    'self-signed certificate',
    'certificate of an authority that is not installed',
    'expired certificate',
    'certificate for another name',
    'TLS 1.1 only',
    'the TLS handshake is never answered',
    'the proxy blocks the host',
    'the proxy answers 503',
    'every request: 503',
    'a web server: 404 and a page everywhere',
    'a captive portal: 200 and a page everywhere',
    'a redirect to a login page',
    'the port of an SSH server',
  ],
};
const rows = Object.entries(statuses).flatMap(([status, names]) =>
  names.map((name) => [name, status] as const),
);

describe('a check of a staged registry finds out how its login stands', () => {
  let stage: Stage;
  beforeAll(async () => {
    const names = new Set(rows.map(([name]) => name));
    stage = await startStage({ rows: faults.filter(({ name }) => names.has(name)), place: 'anywhere' });
  });
  afterAll(() => stage?.stop());

  it.each(rows)('%s: %s', { timeout: 40_000 }, async (name, status) => {
    const { image, environment, unavailable } = stage.row(name);
    if (unavailable) throw new Error(unavailable);
    const application = boardOf(await startApplication(() => environment), '');
    try {
      const added = await application.send('POST', '/registries', { host: image });
      expect(added.statusCode, added.body).toBe(200);
      const { host } = added.json().row;
      const { row, evidence } = await application.check(host);
      expect(row.status, `${row.why} ${JSON.stringify(evidence, null, 1)}`).toBe(status);
      expect(row.why).toMatch(/^\S.{10,}\.$/s);
      expect(row.checkedAt).not.toBeNull();
    } finally {
      await application.close();
    }
  });
});
