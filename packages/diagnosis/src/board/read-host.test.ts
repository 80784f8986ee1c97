import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReference } from '../reference/parse-reference.ts';
import { readHost } from './read-host.ts';

describe('the host in what somebody pastes', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['  GHCR.io ', 'ghcr.io'],
    ['registry.corp.example:5000', 'registry.corp.example:5000'],
    ['localhost', 'localhost'],
    ['localhost:5000', 'localhost:5000'],
    ['reg:5000', 'reg:5000'],
    ['192.0.2.7:5000', '192.0.2.7:5000'],
    ['[2001:db8::7]:5000', '[2001:db8::7]:5000'],
    ['https://harbor.corp.example/', 'harbor.corp.example'],
    ['https://harbor.corp.example:8443/v2/', 'harbor.corp.example:8443'],
    ['https://harbor.corp.example/harbor/projects/4/Repositories?page=1#x', 'harbor.corp.example'],
    ['http://reg.corp.example:5000', 'reg.corp.example:5000'],
    ['docker://quay.io/acme/app:1', 'quay.io'],
    [`ghcr.io/acme/app:1.2@sha256:${'0'.repeat(64)}`, 'ghcr.io'],
    ['docker pull ghcr.io/acme/app:1', 'ghcr.io'],
    ['$ docker pull --platform linux/arm64 quay.io/acme/app', 'quay.io'],
    ['sudo docker login -u deploy harbor.corp.example', 'harbor.corp.example'],
    [
      'docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com',
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com',
    ],
    ['docker login', 'docker.io'],
    ['docker login -u deploy', 'docker.io'],
    ['docker logout ghcr.io', 'ghcr.io'],
  ])('%s is %s', (text, host) => {
    expect(readHost(text)).toEqual({ ok: true, host });
  });

  it.each([
    'docker.io',
    'index.docker.io',
    'https://index.docker.io/v1/',
    'registry-1.docker.io',
    'registry.hub.docker.com',
    'hub.docker.com',
    'https://hub.docker.com/_/nginx',
    'https://hub.docker.com/r/acme/web/tags',
    'acme/web',
    'acme/web:1.2',
    'nginx:latest',
    'nginx:1.27',
    'docker pull nginx',
  ])('%s is Docker Hub', (text) => {
    expect(readHost(text)).toEqual({ ok: true, host: 'docker.io' });
  });

  it.each([
    ['https://github.com/orgs/acme/packages/container/package/app', 'ghcr.io'],
    ['https://github.com/acme/app', 'ghcr.io'],
    ['https://www.docker.com/', 'docker.io'],
    ['https://gitlab.com/acme/app', 'registry.gitlab.com'],
    ['https://gallery.ecr.aws/nginx/nginx', 'public.ecr.aws'],
    ['https://quay.io/repository/acme/app?tab=tags', 'quay.io'],
  ])('the site %s leads to %s', (text, host) => {
    expect(readHost(text)).toEqual({ ok: true, host });
  });

  it.each([
    ['', /no host/],
    ['   ', /no host/],
    ['docker pull', /no host/],
    ['nginx', /dot or a port/],
    ['__proto__', /no host/],
    ['constructor', /dot or a port/],
    ['not a host', /more than one word/],
    ['ghcr.io\nquay.io', /more than one word/],
    ['reg.example:99999', /port/],
    ['reg.example:', /\S/],
    ['-ghcr.io', /\S/],
    ['*.dkr.ecr.amazonaws.com', /\S/],
    ['ghcr.io\u0000', /\S/],
  ])('%j names none', (text, what) => {
    const read = readHost(text);
    expect(read).toMatchObject({ ok: false, fix: expect.stringContaining('ghcr.io') });
    expect(read.ok || read.what).toMatch(what);
  });

  it.each([
    'https://alice:hunter2@reg.example/',
    'alice:hunter2@reg.example',
    'docker login https://alice:hunter2@reg.example',
  ])('%s is refused for its login, without showing it', (text) => {
    const read = readHost(text);
    expect(read).toMatchObject({ ok: false, what: expect.stringContaining('login') });
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });

  it('whatever is entered, it is a host that image names can have, or a sentence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.domain()), (text) => {
        const read = readHost(text);
        const parsed = read.ok ? parseReference(`${read.host}/a/b`) : null;
        expect(read.ok ? parsed?.ok && parsed.reference.registry : read.what).toEqual(
          read.ok ? read.host : expect.stringMatching(/\S[.]$/),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
