import { inputCharactersMax } from '@pull-doctor/contract/recognition';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognize } from './recognize.ts';

/** What was found, in one line: kind, client, platform, name as people write it, and that name as the input has it. */
function found(input: string) {
  const { kind, client, platform, reference, span } = recognize(input);
  return [kind, client, platform, reference?.familiar ?? null, span && input.slice(span.start, span.end)];
}

describe('a command line', () => {
  it.each([
    ['docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['docker pull --platform linux/arm64 acme/app:1', 'docker', 'linux/arm64', 'acme/app:1', 'acme/app:1'],
    ['docker pull acme/app:1 --platform=linux/arm/v7', 'docker', 'linux/arm/v7', 'acme/app:1', 'acme/app:1'],
    ['docker pull --platform aarch64 nginx', 'docker', 'linux/arm64', 'nginx:latest', 'nginx'],
    ['docker image pull -q nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['docker -H tcp://build-01:2375 --config /x pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    [
      'docker run -it --rm -e A=b -p 80:80 --name n acme/app:1 sh -c "x y"',
      'docker',
      null,
      'acme/app:1',
      'acme/app:1',
    ],
    ['docker run -dp 80:80 -v/a:/b --gpus all --network=host nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['docker run --some-new-switch --rm nginx --platform x', 'docker', null, 'nginx:latest', 'nginx'],
    [
      'docker run --pull always --platform=linux/s390x nginx',
      'docker',
      'linux/s390x',
      'nginx:latest',
      'nginx',
    ],
    ['docker container run -- nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['docker create --name x nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['docker manifest inspect ghcr.io/a/b:1', 'docker', null, 'ghcr.io/a/b:1', 'ghcr.io/a/b:1'],
    ['podman pull docker://quay.io/a/b:1', 'podman', null, 'quay.io/a/b:1', 'quay.io/a/b:1'],
    ['podman pull --arch arm64 quay.io/a/b', 'podman', 'linux/arm64', 'quay.io/a/b:latest', 'quay.io/a/b'],
    ['nerdctl -n k8s.io pull ghcr.io/a/b', 'nerdctl', null, 'ghcr.io/a/b:latest', 'ghcr.io/a/b'],
    [
      'crictl --runtime-endpoint unix:///x.sock pull --creds u:p reg.io/a',
      'crictl',
      null,
      'reg.io/a:latest',
      'reg.io/a',
    ],
    [
      'ctr -n k8s.io images pull --platform linux/amd64 docker.io/library/nginx:1',
      'ctr',
      'linux/amd64',
      'nginx:1',
      'docker.io/library/nginx:1',
    ],
    ['skopeo inspect --raw docker://reg.io/a/b:1', 'skopeo', null, 'reg.io/a/b:1', 'reg.io/a/b:1'],
    [
      'skopeo --override-arch arm64 copy docker://reg.io/a dir:/tmp/x',
      'skopeo',
      'linux/arm64',
      'reg.io/a:latest',
      'reg.io/a',
    ],
    ['buildah from --name w docker://alpine', 'buildah', null, 'alpine:latest', 'alpine'],
    ['crane digest gcr.io/a/b:1', 'crane', null, 'gcr.io/a/b:1', 'gcr.io/a/b:1'],
    ['kubectl run n --image=reg.io/a:1 -- sh', 'kubectl', null, 'reg.io/a:1', 'reg.io/a:1'],
    ['kubectl -n prod set image deployment/d c=reg.io/a:1', 'kubectl', null, 'reg.io/a:1', 'reg.io/a:1'],
    ['kubectl create deployment d --image reg.io/a:1', 'kubectl', null, 'reg.io/a:1', 'reg.io/a:1'],
    [
      'gcloud run deploy svc --image eu.gcr.io/p/a:1 --region x',
      'gcloud',
      null,
      'eu.gcr.io/p/a:1',
      'eu.gcr.io/p/a:1',
    ],
    ['sudo docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['sudo -u dev -E docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['DOCKER_CONFIG=/x A=b docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['env -i A=b timeout -k 5 30 docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['$ docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['root@build-01:~# docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['[root@build-01 ~]# docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['PS C:\\Users\\dev> docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['C:\\>docker.exe pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['/usr/bin/docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['docker pull "nginx:1.25"', 'docker', null, 'nginx:1.25', 'nginx:1.25'],
    ["docker pull 'nginx':1", 'docker', null, 'nginx:1', "nginx':1"],
    ['docker pull nginx > /dev/null 2>&1', 'docker', null, 'nginx:latest', 'nginx'],
    ['docker pull nginx # the web server', 'docker', null, 'nginx:latest', 'nginx'],
    ['cd /srv && docker pull nginx || exit 1', 'docker', null, 'nginx:latest', 'nginx'],
    [
      'aws ecr get-login-password | docker login -u AWS --password-stdin x.io; docker pull x.io/a',
      'docker',
      null,
      'x.io/a:latest',
      'x.io/a',
    ],
    ['docker \\\n  run --rm \\\n  nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['docker run `\n  nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['RUN docker pull nginx', 'docker', null, 'nginx:latest', 'nginx'],
    ['k3s crictl pull nginx', 'crictl', null, 'nginx:latest', 'nginx'],
  ])('%j', (input, ...rest) => {
    expect(found(input)).toEqual(['command', ...rest]);
  });

  it.each([
    ['docker pull', 11],
    ['docker ps -a', 7],
    ['docker compose pull web', 7],
    ['docker-compose pull', 0],
    ['docker run --rm -e A=b', 22],
    ['kubectl get pods', 8],
    ['podman pull oci-archive:/tmp/x.tar', 12],
    ['docker pull a/b && docker pull c/d', 31],
  ])('%j names no single image, and that is said', (input, at) => {
    expect(recognize(input)).toMatchObject({ kind: 'command', reference: null, problems: [{ at }] });
  });

  it.each([
    ['docker pull Acme/App:1', 17, 'Acme/app:1'],
    ['docker pull https://reg.io/a', 12, 'reg.io/a'],
    ['docker pull reg.io/a:', 20, 'reg.io/a'],
    ['docker pull reg.io/a:<tag>', 21, null],
    ['docker pull reg.io/a:$TAG', 21, null],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell variable
    ['docker pull "${REG}/a:1"', 13, null],
    ['docker pull "nginx "', 18, 'nginx'],
    ['docker pull docker://nginx', 12, 'nginx'],
    ['docker pull reg.io/a@sha256:1234', 21, null],
  ])('%j: the problem stands where it is in the input', (input, at, fix) => {
    expect(recognize(input)).toMatchObject({ kind: 'command', reference: null, problems: [{ at, fix }] });
  });
});

describe('a line of a file', () => {
  it.each([
    ['image: nginx', 'compose', null, 'nginx:latest', 'nginx'],
    ['    image: "ghcr.io/a/b:1"   # the web server', 'compose', null, 'ghcr.io/a/b:1', 'ghcr.io/a/b:1'],
    ["image: 'nginx:1.25'", 'compose', null, 'nginx:1.25', 'nginx:1.25'],
    ['services:\n  web:\n    image: nginx:1\n    ports: ["80:80"]\n', 'compose', null, 'nginx:1', 'nginx:1'],
    ['- image: nginx', 'kubernetes', null, 'nginx:latest', 'nginx'],
    [
      '      - name: web\n        image: reg.io/a:1\n        imagePullPolicy: Always',
      'kubernetes',
      null,
      'reg.io/a:1',
      'reg.io/a:1',
    ],
    ['"image": "reg.io/a:1",', 'compose', null, 'reg.io/a:1', 'reg.io/a:1'],
    ['image: a/b\n---\nimage: a/b', 'compose', null, 'a/b:latest', 'a/b'],
    ['FROM nginx', 'dockerfile', null, 'nginx:latest', 'nginx'],
    ['from node:22-slim as build', 'dockerfile', null, 'node:22-slim', 'node:22-slim'],
    ['FROM --platform=$BUILDPLATFORM golang:1.24 AS build', 'dockerfile', null, 'golang:1.24', 'golang:1.24'],
    ['FROM --platform=linux/arm64 golang:1.24', 'dockerfile', 'linux/arm64', 'golang:1.24', 'golang:1.24'],
    [
      '# syntax=docker/dockerfile:1\nFROM golang:1 AS build\nRUN go build\nFROM scratch\nFROM build\n',
      'dockerfile',
      null,
      'golang:1',
      'golang:1',
    ],
    ['    container: node:22', 'text', null, 'node:22', 'node:22'],
    ['- uses: docker://alpine:3', 'text', null, 'alpine:3', 'alpine:3'],
  ])('%j', (input, kind, ...rest) => {
    expect(found(input)).toEqual([kind, null, ...rest]);
  });

  it.each([
    ['image: a/b\nimage: c/d', 'compose', 18],
    ['FROM a AS x\nFROM b', 'dockerfile', 17],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Compose
    ['image: ${REG}/a', 'compose', 7],
    ['image: "Nginx"', 'compose', 8],
    ['image: {{ .Values.image }}', 'compose', 9],
  ])('%j names no single image, and that is said', (input, kind, at) => {
    expect(recognize(input)).toMatchObject({ kind, reference: null, problems: [{ at }] });
  });
});

describe('a lone word', () => {
  it.each([
    ['nginx', 'nginx:latest', 'nginx'],
    ['nginx\n', 'nginx:latest', 'nginx'],
    ['\r\nghcr.io/a/b:1\r\n', 'ghcr.io/a/b:1', 'ghcr.io/a/b:1'],
    ['docker', 'docker:latest', 'docker'],
    ['docker.io/nginx', 'nginx:latest', 'docker.io/nginx'],
  ])('%j is a reference', (input, familiar, text) => {
    expect(found(input)).toEqual(['reference', null, null, familiar, text]);
  });

  it.each([
    ['', 0],
    ['   ', 0],
    ['\n\n', 0],
    ['nginx ', 5],
    ['\n Nginx', 1],
    ['-it', 0],
    ['--help', 0],
    ['💥', 0],
    ['a\u0000b', 1],
    ['nginx :1', 5],
    [Array(300).fill('a').join('/'), 0],
    ['a'.repeat(inputCharactersMax), 0],
  ])('%j has a problem at its place', (input, at) => {
    const { kind, reference, problems } = recognize(input);
    expect({ kind, reference, at: problems[0]?.at }).toEqual({ kind: 'reference', reference: null, at });
  });
});

describe('an error text', () => {
  it.each([
    [
      "Error response from daemon: pull access denied for acme/app, repository does not exist or may require 'docker login'",
      'docker',
      'acme/app:latest',
    ],
    [
      "Unable to find image 'acme/app:1.4' locally\ndocker: Error response from daemon: pull access denied for acme/app, repository does not exist",
      'docker',
      'acme/app:1.4',
    ],
    [
      'Error response from daemon: manifest for nginx:9.9 not found: manifest unknown: manifest unknown',
      'docker',
      'nginx:9.9',
    ],
    [
      '$ docker pull acme/app:2\nError response from daemon: pull access denied for acme/app, repository',
      'docker',
      'acme/app:2',
    ],
    ['docker pull acme/app:2\nsomething that nobody knows', 'docker', 'acme/app:2'],
    ['Failed to pull image "reg.io/a:1": rpc error: code = NotFound', 'kubelet', 'reg.io/a:1'],
    [
      'ERROR: failed to solve: nginx:9.9: failed to resolve source metadata for docker.io/library/nginx:9.9: docker.io/library/nginx:9.9: not found',
      'buildkit',
      'nginx:9.9',
    ],
    [
      'Error: initializing source docker://quay.io/a/b:1: reading manifest 1 in quay.io/a/b: unauthorized',
      'podman',
      'quay.io/a/b:1',
    ],
    // Of several failures, the one that came first.
    [
      'Error response from daemon: pull access denied for a/b, x\npull access denied for c/d, x',
      'docker',
      'a/b:latest',
    ],
    ['Failed to pull image "a/b:1"\nFailed to pull image "a/b:2"', 'kubelet', 'a/b:1'],
    // `kubectl get pod -o yaml`
    [
      'spec:\n  containers:\n  - image: reg.io/a:1\nstatus:\n  containerStatuses:\n  - state:\n      waiting:\n        message: \'Back-off pulling image "reg.io/a:1"\'\n        reason: ImagePullBackOff',
      'kubelet',
      'reg.io/a:1',
    ],
  ])('%j: who printed it, and the image', (input, client, familiar) => {
    const { kind, client: by, reference, span, problems } = recognize(input);
    expect([kind, by, reference?.familiar, problems]).toEqual(['error', client, familiar, []]);
    expect(familiar).toContain(
      span && input.slice(span.start, span.end).replace(/^docker.io\/library\//, ''),
    );
  });

  it.each([
    ['Error response from daemon: toomanyrequests: too many requests'],
    ['Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'],
    ["Error loading config file: /root/.docker/config.json: invalid character '}' after object key"],
  ])('%j names no image, and that is no problem', (input) => {
    expect(recognize(input)).toMatchObject({ kind: 'error', reference: null, span: null, problems: [] });
  });

  it('has the problem of the command before it, where that is what failed', () => {
    const input = '$ docker pull Acme/App:1\ninvalid reference format: repository name must be lowercase';
    expect(recognize(input)).toMatchObject({
      kind: 'error',
      reference: null,
      problems: [{ fix: 'Acme/app:1' }],
    });
  });

  it('asks for the platform that it tells of', () => {
    const input = 'no matching manifest for linux/arm64/v8 in the manifest list entries: nginx:1.25';
    expect(recognize(input)).toMatchObject({ kind: 'error', platform: 'linux/arm64/v8' });
  });
});

describe('other text', () => {
  it.each([['my image does not work'], ['Docker is great'], ['nginx\nredis']])(
    '%j names none, and nothing is made up',
    (input) => {
      expect(recognize(input)).toMatchObject({ kind: 'text', reference: null, span: null, problems: [] });
    },
  );

  it.each([
    ['# no space left on device: see the wiki\nimage: nginx', 'compose'],
    ['FROM nginx\nRUN echo "unauthorized: authentication required"', 'dockerfile'],
    ['denied', 'reference'],
  ])('%j is what it was', (input, kind) => {
    expect(recognize(input).kind).toBe(kind);
  });
});

describe('any input', () => {
  const piece = fc.constantFrom(
    ...[
      'docker',
      'pull',
      'run',
      'kubectl',
      ' ',
      ' ',
      '\n',
      '--image',
      '--platform',
      '=',
      '-it',
      '"',
      "'",
      '\\',
      '`',
      '$(',
      '${',
      '}',
      ')',
      '<',
      '>',
      '|',
      '#',
      'image: ',
      'FROM ',
      '$ ',
      '-',
      'nginx',
      'reg.io/a:1',
      '🐳',
      '\u0000',
      'A=b',
      'sudo',
    ],
  );
  const input = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
  );

  it('is answered, and every place lies in it', () => {
    fc.assert(
      fc.property(input, (input) => {
        const { span, problems, reference } = recognize(input);
        if (span) expect(span.start >= 0 && span.start <= span.end && span.end <= input.length).toBe(true);
        for (const { at } of problems) expect(at >= 0 && at <= input.length).toBe(true);
        if (reference) expect(problems).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    'a',
    ' ',
    '\n',
    'a ',
    '-',
    '- ',
    '"',
    "'",
    '\\',
    '$(',
    '${',
    '<',
    '>',
    '<a',
    '#',
    '|',
    'image: ',
    'image: a\n',
    'FROM ',
    'FROM a\n',
    'docker ',
    'docker pull ',
    'docker pull a\n',
    'sudo ',
    'A=b ',
    '$ ',
    'a@b ',
    'failed to solve: a/',
    'pull access denied for ',
    'Failed to pull image "a',
    '🐳',
    '\u0000',
    '--image',
    '\r\n',
    'uses: docker://',
    '\t/',
    ' docker pull',
  ])('of 64 KB is answered at once: %j repeated', (piece) => {
    const text = piece.repeat(Math.floor(inputCharactersMax / piece.length));
    for (const input of [text, `docker pull ${text}`, `image: ${text}`, `FROM ${text}`]) {
      const start = performance.now();
      recognize(input);
      // quadratic work on 64 KB takes seconds
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});
