import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates, writeCertificates } from '@pull-doctor/testkit/certificates';
import { type Handler, type Listening, listenHttp } from '@pull-doctor/testkit/http-listener';
import { acr, acrLogins } from '@pull-doctor/testkit/look-alikes/acr';
import { dockerHub, dockerHubLogins } from '@pull-doctor/testkit/look-alikes/docker-hub';
import { ecr, ecrHost, ecrPasswords } from '@pull-doctor/testkit/look-alikes/ecr';
import { ghcr, ghcrLogins } from '@pull-doctor/testkit/look-alikes/ghcr';
import { gitea, giteaLogins } from '@pull-doctor/testkit/look-alikes/gitea';
import { gitlab, gitlabLogins } from '@pull-doctor/testkit/look-alikes/gitlab';
import { harbor, harborLogins } from '@pull-doctor/testkit/look-alikes/harbor';
import { quay, quayLogins } from '@pull-doctor/testkit/look-alikes/quay';
import { type ProxyServer, startProxy } from '@pull-doctor/testkit/proxy-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, noTrust, type Options, runProbe } from '../test/run-probe.ts';

// Every name is reached through a proxy that knows where its look-alike is, so that the hosts are the real ones.
const hosts: Record<string, () => Handler> = {
  'registry-1.docker.io': dockerHub,
  'auth.docker.io': dockerHub,
  'ghcr.io': ghcr,
  'registry.gitlab.com': gitlab,
  'gitlab.com': gitlab,
  'quay.io': quay,
  'harbor.example.org': harbor,
  'git.example.org': gitea,
  'store1.azurecr.io': acr,
  [ecrHost]: ecr,
};

let proxy: ProxyServer;
let through: Options;
const listening: Listening[] = [];

beforeAll(async () => {
  const certificates = await makeCertificates(Object.keys(hosts));
  const files = await writeCertificates(certificates, await mkdtemp(join(tmpdir(), 'registry-test-')));
  const addresses = new Map<string, { address: string; port: number }>();
  const made = new Map<() => Handler, Listening>();
  for (const [host, handler] of Object.entries(hosts)) {
    const server = made.get(handler) ?? (await listenHttp(handler(), { tls: certificates.good }));
    made.set(handler, server);
    addresses.set(host, server);
  }
  listening.push(...made.values());
  proxy = await startProxy({ addresses });
  through = {
    proxies: { httpProxy: null, httpsProxy: proxy.url, noProxy: null, source: 'daemon' },
    trust: { ...noTrust, certFile: files.bundle },
  };
});

afterAll(() => Promise.all([proxy, ...listening].map((one) => one.close())));

describe('what each registry says, told apart', () => {
  it.each<[string, string, { user: string; password: string } | null, object]>([
    [
      'Docker Hub, public image',
      'docker.io/library/hello:latest',
      null,
      { anonymous: 'found', realm: 'known-host', provider: 'docker-hub' },
    ],
    [
      'Docker Hub, private image as a member',
      'docker.io/acme/private:1.0',
      dockerHubLogins.member,
      { signedIn: 'found', realm: 'known-host' },
    ],
    [
      'Docker Hub, private or absent image as nobody',
      'docker.io/acme/private:1.0',
      null,
      { anonymous: 'unauthorized', challengeError: 'insufficient_scope' },
    ],
    [
      'Docker Hub, expired token on a public image',
      'docker.io/library/hello:latest',
      dockerHubLogins.expired,
      {
        token: 'refused',
        login: 'refused',
        anonymous: 'found',
        tokenError: 'personal access token is expired',
      },
    ],
    [
      'Docker Hub, signed in without the right',
      'docker.io/acme/private:1.0',
      dockerHubLogins.outsider,
      { token: 'granted', login: 'accepted', signedIn: 'unauthorized', anonymous: 'unauthorized' },
    ],
    ['Docker Hub, over its limit', 'docker.io/library/busy:latest', null, { anonymous: 'rate-limited' }],
    [
      'GitHub, token that reads',
      'ghcr.io/octo/private:v1',
      ghcrLogins.reader,
      { signedIn: 'found', realm: 'same-host' },
    ],
    [
      'GitHub, revoked token on a public image',
      'ghcr.io/octo/public:v1',
      ghcrLogins.revoked,
      { token: 'refused', login: 'refused', anonymous: 'found' },
    ],
    [
      'GitHub, token without the scope',
      'ghcr.io/octo/private:v1',
      ghcrLogins.noScope,
      { token: 'refused', login: 'accepted' },
    ],
    [
      'GitLab, whose tokens come from another host',
      'registry.gitlab.com/group/app:main',
      gitlabLogins.member,
      { signedIn: 'found', realm: 'same-domain|known-host' },
    ],
    [
      'GitLab, revoked token',
      'registry.gitlab.com/group/app:main',
      gitlabLogins.revoked,
      { token: 'refused', login: 'refused' },
    ],
    ['Quay, robot', 'quay.io/clinic/app:stable', quayLogins.robot, { signedIn: 'found' }],
    [
      'Quay, wrong robot',
      'quay.io/clinic/open:stable',
      quayLogins.wrong,
      { token: 'refused', anonymous: 'found' },
    ],
    ['Harbor, robot', 'harbor.example.org/project/app:2', harborLogins.robot, { signedIn: 'found' }],
    [
      'Harbor, where a wrong password gets a token all the same',
      'harbor.example.org/project/app:2',
      harborLogins.wrong,
      { token: 'granted', login: 'refused', signedIn: 'unauthorized' },
    ],
    [
      'Harbor, a right password without the right',
      'harbor.example.org/project/app:2',
      harborLogins.outsider,
      { token: 'granted', login: 'accepted', signedIn: 'unauthorized', scheme: 'bearer' },
    ],
    [
      'Gitea, two challenges in one line',
      'git.example.org/gardener/app:9',
      giteaLogins.owner,
      { signedIn: 'found', scheme: 'bearer' },
    ],
    [
      'Gitea, wrong token',
      'git.example.org/gardener/open:9',
      giteaLogins.wrong,
      { token: 'refused', anonymous: 'found' },
    ],
    ['Azure, principal', 'store1.azurecr.io/store/cart:5', acrLogins.principal, { signedIn: 'found' }],
    [
      'Azure, no role',
      'store1.azurecr.io/store/cart:5',
      acrLogins.noRole,
      { token: 'refused', login: 'accepted' },
    ],
    [
      'Azure, wrong secret',
      'store1.azurecr.io/store/cart:5',
      acrLogins.wrong,
      { token: 'refused', login: 'refused' },
    ],
    [
      'ECR, password of today',
      `${ecrHost}/platform/api:3.2`,
      { user: 'AWS', password: ecrPasswords.valid },
      { signedIn: 'found', scheme: 'basic', provider: 'ecr' },
    ],
    [
      'ECR, expired password',
      `${ecrHost}/platform/api:3.2`,
      { user: 'AWS', password: ecrPasswords.expired },
      { signedIn: 'denied', login: 'refused', anonymous: 'unauthorized' },
    ],
    [
      'ECR, missing permission',
      `${ecrHost}/platform/api:3.2`,
      { user: 'AWS', password: ecrPasswords.withoutPermission },
      { signedIn: 'denied', login: 'accepted' },
    ],
    [
      'ECR, no such repository',
      `${ecrHost}/platform/apj:3.2`,
      { user: 'AWS', password: ecrPasswords.valid },
      { signedIn: 'not-found', exists: 'no' },
    ],
  ])('%s', async (_, image, login, expected) => {
    const seen = await runProbe(image, { ...through, credential: login && basic(login) });
    const outline = {
      scheme: seen.token?.scheme,
      realm: seen.challenge?.realm?.code,
      provider: seen.ping?.provider,
      token: seen.token?.signedIn?.outcome,
      tokenError: seen.token?.signedIn?.errors[0]?.message || seen.token?.signedIn?.errors[0]?.code,
      login: seen.token?.login?.outcome,
      signedIn: seen.manifest?.signedIn?.outcome,
      anonymous: seen.manifest?.anonymous?.outcome,
      challengeError: (seen.manifest?.signedIn ?? seen.manifest?.anonymous)?.challengeError,
      exists: seen.manifest?.repository.exists,
    };
    for (const [name, value] of Object.entries(expected) as [keyof typeof outline, string][]) {
      expect(value.split('|'), `${name}: ${JSON.stringify(outline)}`).toContain(outline[name]);
    }
    if (login) expect(JSON.stringify(seen)).not.toContain(login.password);
  });

  it('suggests an official image of Docker Hub with proof', async () => {
    const { manifest } = await runProbe('docker.io/acme/hello:latest', through);
    expect(manifest?.suggestions.map(({ reference }) => reference)).toEqual(['hello:latest']);
  });
});
