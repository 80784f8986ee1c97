import { describe, expect, it } from 'vitest';
import recorded from '../../test/message/recorded.json' with { type: 'json' };
import { readMessage } from './read-message.ts';

describe('a message of the daemon', () => {
  // Recorded from dockerd 20.10.24, 26.1.5 (both image stores) and 28.5.2, each with the causes that end in these words.
  it.each(recorded.map((one): [string, string[]] => [one.message, one.causes]))('%s', (message, causes) => {
    const read = readMessage(message).causes;
    const surest = read.filter(({ certainty }) => certainty === read[0]?.certainty);
    expect(surest.map(({ cause }) => cause).filter((cause) => causes.includes(cause))).not.toEqual([]);
    // What the text does not tell apart must not be claimed of one cause that it cannot be.
    if (read[0]?.certainty === 'likely') expect(causes).toContain(read[0].cause);
  });
});

describe('the words that decided', () => {
  it('are given with their place and their meaning', () => {
    const text = 'Error response from daemon: write /var/lib/docker/tmp/x: no space left on device\n';
    const [read] = readMessage(text).causes;
    const [sign] = read?.signs ?? [];
    expect(read).toMatchObject({ cause: 'local-storage', certainty: 'likely' });
    expect(text.slice(sign?.start, sign?.end)).toBe('no space left on device');
    expect(sign?.says).toContain('The disk is full');
  });

  it('have their place in the text as it was given, escapes and colours included', () => {
    const text =
      '{"message":"\\u001b[31mGet \\"https://a.test/v2/\\": x509: certificate signed by unknown authority"}';
    const [sign] = readMessage(text).causes[0]?.signs ?? [];
    expect(text.slice(sign?.start, sign?.end)).toBe('certificate signed by unknown authority');
  });

  it('leave open what several causes end in, with what would decide', () => {
    const { causes } = readMessage(
      "pull access denied for x/y, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    );
    expect(causes.map(({ cause }) => cause)).toEqual([
      'credentials-missing',
      'access-denied',
      'repository-not-found',
    ]);
    expect(causes.every(({ certainty }) => certainty === 'guess')).toBe(true);
    for (const { decides } of causes) expect(decides).toMatch(/^Whether /);
  });

  it.each([
    ['nothing', ''],
    ['output of a pull that works', 'Pulling from library/nginx\nDigest: sha256:abc'],
    ['a start that failed', 'exec: "/app/run.sh": permission denied: unknown'],
    ['prose', 'The quick brown fox is denied nothing by the lazy dog.'],
  ])('are none in %s', (_, text) => {
    expect(readMessage(text).causes).toMatchObject([{ cause: 'unknown', certainty: 'guess', signs: [] }]);
  });
});

describe('what is near decides', () => {
  const denied = "pull access denied for x/y, repository does not exist or may require 'docker login'";
  it.each([
    [
      'more words in the same sentence',
      `${denied}: denied: Your authorization token has expired. Reauthenticate and try again.`,
      'credentials-expired',
    ],
    [
      'a login that worked, further up',
      `$ docker login -u me\nLogin Succeeded\n$ docker pull x/y\nError response from daemon: ${denied}`,
      'access-denied',
    ],
    [
      'the kind of registry: GHCR says "denied" twice of a stored token that it does not take',
      'Head "https://ghcr.io/v2/a/b/manifests/1": denied: denied',
      'credentials-invalid',
    ],
    [
      'a limit behind a page that looks like no registry',
      'error parsing HTTP 429 response body: invalid character \'T\' looking for beginning of value: "Too Many Requests (HAP429).\\n"',
      'rate-limited',
    ],
    [
      'what the server says, under the wrapping of the Docker API',
      '(HTTP code 500) server error - Head "https://registry.gitlab.com/v2/a/b/manifests/latest": denied: access forbidden',
      'access-denied',
    ],
    [
      'a proxy in front of the name that is not found',
      'Get "https://a.test/v2/": proxyconnect tcp: dial tcp: lookup proxy.corp on 10.0.0.1:53: no such host',
      'proxy-failure',
    ],
    [
      'the name server behind the time-out',
      'Get "https://a.test/v2/": dial tcp: lookup a.test on 10.0.0.1:53: read udp 10.0.0.2:5->10.0.0.1:53: i/o timeout',
      'dns-failure',
    ],
    [
      'the socket behind "permission denied"',
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      'daemon-unreachable',
    ],
    [
      'the file behind "permission denied"',
      'WARNING: Error loading config file: /root/.docker/config.json: open /root/.docker/config.json: permission denied',
      'config-malformed',
    ],
  ])('%s', (_, text, cause) => {
    expect(readMessage(text).causes[0]?.cause).toBe(cause);
  });
});

describe('several failures in one text', () => {
  const text = [
    'Pulling web (ghcr.io/acme/web:1)...',
    'ERROR: Head "https://ghcr.io/v2/acme/web/manifests/1": denied: permission_denied: read_package',
    'Pulling db (registry.corp.example:5000/db:2)...',
    'ERROR: Get "https://registry.corp.example:5000/v2/": x509: certificate signed by unknown authority',
  ].join('\n');

  it('become one group each, the first one told as the root', () => {
    const { causes, image, groups } = readMessage(text);
    expect(groups.map(({ image, registry, causes }) => [image, registry, causes[0]?.cause])).toEqual([
      ['ghcr.io/acme/web:1', 'ghcr.io', 'access-denied'],
      ['registry.corp.example:5000/db:2', 'registry.corp.example:5000', 'tls-untrusted'],
    ]);
    expect([image, causes[0]?.cause]).toEqual(['ghcr.io/acme/web:1', 'access-denied']);
  });

  it('know where in the text they stand', () => {
    const [, second] = readMessage(text).groups;
    expect(text.slice(second?.start, second?.end)).toContain('registry.corp.example:5000/db:2');
    expect(text.slice(second?.start, second?.end)).not.toContain('ghcr.io');
  });

  it('come last where no words of theirs are known', () => {
    const { groups } = readMessage(
      'Failed to pull image "a.test/x:1": a word that nobody knows\nFailed to pull image "b.test/y:1": manifest unknown',
    );
    expect(groups.map(({ image, causes }) => [image, causes[0]?.cause])).toEqual([
      ['b.test/y:1', 'tag-not-found'],
      ['a.test/x:1', 'unknown'],
    ]);
  });

  it('are one where the same image is named in several ways', () => {
    const { groups, image } = readMessage(
      'Failed to pull image "busybox": failed to pull and unpack image "docker.io/library/busybox:latest": 429 Too Many Requests',
    );
    expect(groups).toHaveLength(1);
    expect(image).toBe('docker.io/library/busybox:latest');
  });
});
