import { describe, expect, it } from 'vitest';
import { readMessage } from './read-message.ts';

// [the text, the image, the registry]
const named: [text: string, image: string | null, registry: string | null][] = [
  [
    'Error response from daemon: manifest for acme/app:9 not found: manifest unknown',
    'acme/app:9',
    'docker.io',
  ],
  ['Back-off pulling image "quay.io/acme/app:9"', 'quay.io/acme/app:9', 'quay.io'],
  ["Unable to find image 'ghcr.io/acme/app:9' locally", 'ghcr.io/acme/app:9', 'ghcr.io'],
  [
    'Head "https://registry.corp.example:5000/v2/team/app/manifests/1.0": denied',
    'registry.corp.example:5000/team/app:1.0',
    'registry.corp.example:5000',
  ],
  [
    'Get "https://registry-1.docker.io/v2/library/redis/manifests/7": EOF',
    'docker.io/library/redis:7',
    'docker.io',
  ],
  [
    'failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/busybox/manifests/sha256:50aa4698fa6262977cff89181b2664b99d8a56dbca847bf62f2ef04854597cf8: 429 Too Many Requests',
    'docker.io/library/busybox@sha256:50aa4698fa6262977cff89181b2664b99d8a56dbca847bf62f2ef04854597cf8',
    'docker.io',
  ],
  ['$ sudo docker run --rm -p 80:80 -v /a:/b acme/web:2 sh\ndenied', 'acme/web:2', 'docker.io'],
  [
    'error during connect: Post http://x/v1.40/images/create?fromImage=mysql&tag=8: EOF',
    'mysql:8',
    'docker.io',
  ],
  ['Pulling db (acme/db:)...\nERROR: denied', 'acme/db', 'docker.io'],
  [
    'Error: initializing source docker://docker.io/library/php:latest: pinging container registry registry-1.docker.io: EOF',
    'docker.io/library/php:latest',
    'docker.io',
  ],
  ['Step 1/3 : FROM --platform=linux/arm64 acme/base:1\ndenied', 'acme/base:1', 'docker.io'],
  [
    'time="x" msg="pull" image="docker.io/library/nginx:alpine" error="EOF"',
    'docker.io/library/nginx:alpine',
    'docker.io',
  ],
  [
    'docker pull docker.io/Acme/app\ninvalid reference format: repository name (Acme/app) must be lowercase',
    'docker.io/Acme/app',
    'docker.io',
  ],
  [
    'Get "https://harbor.corp.example/v2/": x509: certificate signed by unknown authority',
    null,
    'harbor.corp.example',
  ],
  [
    'Get "https://a.test/v2/": Get "https://10.0.0.8/service/token?service=harbor-registry": x509: cannot validate certificate for 10.0.0.8',
    null,
    'a.test',
  ],
  ['docker login -u me https://nexus.corp.example\ndenied', null, 'nexus.corp.example'],
  ['lookup registry.corp.example on 10.0.0.1:53: no such host', null, 'registry.corp.example'],
  ['toomanyrequests: You have reached your pull rate limit', null, null],
];

describe('the image and the registry of a text', () => {
  it.each(named)('%s', (text, image, registry) => {
    const read = readMessage(text);
    expect([read.image, read.registry]).toEqual([image, registry]);
    if (read.imageAt) expect(text.slice(read.imageAt.start, read.imageAt.end)).toBe(image);
  });

  it('gives no place for a name that was put together from an address', () => {
    expect(readMessage('Head "https://a.test/v2/x/manifests/1": denied').imageAt).toBeNull();
  });
});

describe('the program of a text', () => {
  it.each([
    ['Error response from daemon: denied', 'docker'],
    ['[+] Running 0/1\n Image a Pulling\ndenied', 'compose'],
    ['ERROR: failed to solve: acme/app: pull access denied', 'buildkit'],
    ['time="x" level=info msg="Attempting next endpoint for pull after error: denied"', 'dockerd'],
    ['  Warning  Failed  12s  kubelet  Failed to pull image "a": EOF', 'kubelet'],
    ['ctr: failed to resolve reference "a.test/x:1"', 'containerd'],
    ['Trying to pull quay.io/a/b:1...\nError: initializing source docker://quay.io/a/b:1', 'podman'],
    ['$ skopeo copy docker://busybox oci:x\nFATA[0000] EOF', 'skopeo'],
    ['error building image: GET https://index.docker.io/v2/: UNAUTHORIZED', 'kaniko'],
    ['CannotPullContainerError: pull image manifest has been retried', 'ecs'],
    ['A sentence of nobody', null],
  ])('%j', (text, client) => {
    expect(readMessage(text).client).toBe(client);
  });
});

describe('the request of a text', () => {
  it.each([
    ['failed to fetch anonymous token: unexpected status: 401 Unauthorized', 401, 'no', null],
    ['failed to fetch oauth token: unexpected status: 403 Forbidden', 403, 'yes', null],
    ['received unexpected HTTP status: 503 Service Unavailable', 503, 'unknown', null],
    ['(HTTP code 500) server error - denied', null, 'unknown', null],
    [
      'docker login -u me --password-stdin ghcr.io\nError response from daemon: Get "https://ghcr.io/v2/": denied: denied',
      null,
      'yes',
      'login',
    ],
    ['docker push a/b\nThe push refers to repository [docker.io/a/b]\ndenied', null, 'unknown', 'push'],
    ['docker pull a/b\ndenied', null, 'unknown', 'pull'],
  ])('%j', (text, status, credentialsSent, verb) => {
    expect(readMessage(text)).toMatchObject({ status, credentialsSent, verb });
  });

  it.each([
    ['no matching manifest for linux/arm64/v8 in the manifest list entries', 'linux/arm64/v8'],
    ['no image found in manifest list for architecture arm64, variant "v8", OS linux', 'linux/arm64/v8'],
    ['does not match the specified platform: wanted linux/arm64, actual: linux/amd64', 'linux/arm64'],
    ['denied', null],
  ])('platform: %j', (text, platform) => {
    expect(readMessage(text).platform).toBe(platform);
  });

  it.each([
    ['time="2026-11-24T14:02:11.123456789Z" level=error msg="denied"', '2026-11-24T14:02:11.123Z'],
    ['2021-10-16T16:43:19.592+0800\tdenied', '2021-10-16T16:43:19.592+08:00'],
    ['x509: certificate has expired: current time 2026-08-13T05:50:29Z is after 2026-08-13T04:59:29Z', null],
    ['14:02 denied', null],
  ])('time: %j', (text, at) => {
    expect(readMessage(text).at).toBe(at);
  });
});
