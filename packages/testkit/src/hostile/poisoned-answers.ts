import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Handler } from '../http-listener.ts';
import { hugeIndex, mediaTypes, singleManifestImage } from '../images.ts';
import { answer, answerJson, answerPing } from '../registry-answer.ts';

export type PoisonedAnswer = keyof typeof poisonedAnswers;

/** The ping works, everything else is answered by `poison`. */
const afterPing = (poison: Handler): Handler => {
  return (request, response) => (request.url === '/v2/' ? answerPing(response) : poison(request, response));
};

const image = singleManifestImage('hostile');
const noise = Buffer.alloc(64 * 1024, 0x20);

/** Registries that try to exhaust, confuse or crash whoever reads them. */
export const poisonedAnswers = {
  'a body without end': () =>
    afterPing((request, response) => {
      response.writeHead(200, { 'content-type': mediaTypes.dockerManifest });
      // HEAD has no body: Node drops what is written, and takes any amount of it.
      if (request.method === 'HEAD') return void response.end();
      pour(response);
    }),
  'a body of one byte a second': () =>
    afterPing((request, response) => {
      response.writeHead(200, { 'content-type': mediaTypes.dockerManifest });
      // HEAD has no body: Node drops what is written, and takes any amount of it.
      if (request.method === 'HEAD') return void response.end();
      const drip = setInterval(() => response.write(' '), 1000);
      response.on('close', () => clearInterval(drip));
    }),
  'a header of 10 MB': () =>
    afterPing((_, response) =>
      answer(response, 200, mediaTypes.dockerManifest, '{}', { 'x-long': 'a'.repeat(10_000_000) }),
    ),
  'broken JSON': () =>
    afterPing((_, response) =>
      answer(response, 200, mediaTypes.dockerManifest, '{"schemaVersion":2,"layers":['),
    ),
  'JSON of the wrong shape': () =>
    afterPing((_, response) =>
      answerJson(response, 200, { schemaVersion: '2', manifests: 'none', layers: 7, errors: 1 }),
    ),
  'deeply nested JSON': () =>
    afterPing((_, response) => answer(response, 200, mediaTypes.dockerManifest, '['.repeat(200_000))),
  'bytes that are no UTF-8': () =>
    afterPing((_, response) =>
      answer(response, 200, mediaTypes.dockerManifest, Buffer.from('{"a":"\xff\xfe\xc0"}', 'latin1')),
    ),
  'a manifest with another digest': () =>
    afterPing((_, response) =>
      answer(response, 200, image.manifest.mediaType, image.manifest.bytes, {
        'docker-content-digest': `sha256:${'f'.repeat(64)}`,
      }),
    ),
  'a gzip bomb that nobody asked for': () => {
    // 64 MB of zeros in 64 kB
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    return afterPing((_, response) =>
      answer(response, 200, mediaTypes.dockerManifest, bomb, { 'content-encoding': 'gzip' }),
    );
  },
  'redirects without end': () =>
    afterPing((request, response) => {
      const turn = Number(/turn=(\d+)/.exec(request.url ?? '')?.[1] ?? 0) + 1;
      const path = (request.url ?? '').split('?')[0];
      answer(response, 307, 'text/plain', '', { location: `${path}?turn=${turn}` });
    }),
  'control characters in headers': () => (_request, response) =>
    // Node refuses to write such headers, so these are written to the socket
    void response.socket?.end(
      'HTTP/1.1 401 Unauthorized\r\n' +
        'www-authenticate: Bearer realm="https://x.example/\x1b[31mtoken",service="a\tb"\r\n' +
        'x-injected: first\rsecond: \x00third\r\n' +
        'content-length: 0\r\nconnection: close\r\n\r\n',
    ),
  '100,000 tags': () =>
    afterPing((_, response) =>
      answerJson(response, 200, {
        name: 'x',
        tags: Array.from({ length: 100_000 }, (_entry, n) => `tag-${n}`),
      }),
    ),
  'an index of 5,000 entries': () => {
    const { manifest } = hugeIndex(5_000);
    return afterPing((_, response) =>
      answer(response, 200, manifest.mediaType, manifest.bytes, { 'docker-content-digest': manifest.digest }),
    );
  },
  'an error message with markup and escapes': () =>
    afterPing((_, response) =>
      answerJson(response, 403, {
        errors: [
          { code: 'DENIED', message: '<img src=x onerror=alert(1)>\u001b[2J\u202emoc.live', detail: null },
        ],
      }),
    ),
} satisfies Record<string, () => Handler>;

/** Writes as fast as the client reads, until it hangs up. */
function pour(response: ServerResponse) {
  while (!response.destroyed && response.write(noise));
  if (!response.destroyed) response.once('drain', () => pour(response));
}
