import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  bigImage,
  type Content,
  foreignPlatformsImage,
  helmChart,
  manifestsOf,
  multiPlatformImage,
  notGzipImage,
  schema1Image,
  singleManifestImage,
  type TestImage,
  zstdImage,
} from '../images.ts';
import { answer, answerError, answerJson } from '../registry-answer.ts';
import { sendRange } from '../registry-server.ts';

export type FaultyImageName = keyof typeof faultyImages;

// Long enough that half of it does not fit into one read.
const cutLayerBytes = 512 * 1024;

/** Images of which something is wrong behind a request that works. Each has a layer of its own. */
export const faultyImages = {
  ok: () => singleManifestImage('faulty ok'),
  multi: () => multiPlatformImage('faulty multi', { flavour: 'oci' }),
  noplatform: () => foreignPlatformsImage('faulty noplatform'),
  schema1: () => schema1Image('schema1/app'),
  helmchart: () => helmChart('faulty-helmchart'),
  zstd: () => zstdImage('faulty zstd'),
  baddigest: () => singleManifestImage('faulty baddigest'),
  truncated: () => singleManifestImage('faulty truncated', { layerBytes: cutLayerBytes }),
  norange: () => singleManifestImage('faulty norange', { layerBytes: cutLayerBytes }),
  garbage: () => singleManifestImage('faulty garbage'),
  blob404: () => singleManifestImage('faulty blob404'),
  blob503: () => singleManifestImage('faulty blob503'),
  gzipbad: () => notGzipImage('faulty gzipbad'),
  big: () => bigImage('faulty big'),
} satisfies Record<string, () => TestImage>;

// Made when first asked for: 24 MiB of noise cost a moment that most tests need not pay.
const made = new Map<FaultyImageName, TestImage>();

export function serveFaultyImage(
  name: FaultyImageName,
  kind: string,
  reference: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const image = made.get(name) ?? faultyImages[name]();
  made.set(name, image);
  switch (kind) {
    case 'tags':
      return answerJson(response, 200, { name, tags: ['1'] });
    case 'manifests':
      return serveManifest(name, image, reference, response);
    default:
      return serveBlob(name, image, reference, request, response);
  }
}

function serveManifest(name: FaultyImageName, image: TestImage, reference: string, response: ServerResponse) {
  const manifest =
    reference === '1' ? image.manifest : manifestsOf(image).find(({ digest }) => digest === reference);
  if (!manifest) return answerError(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  answer(response, 200, manifest.mediaType, manifest.bytes, {
    'docker-distribution-api-version': 'registry/2.0',
    'docker-content-digest': name === 'baddigest' ? `sha256:${'0'.repeat(64)}` : manifest.digest,
  });
}

function serveBlob(
  name: FaultyImageName,
  image: TestImage,
  digest: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const blob = image.blobs.find((candidate) => candidate.digest === digest);
  if (!blob) return answerError(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  // the config arrives whole, the layer (the last blob) is what breaks
  if (blob !== image.blobs.at(-1)) return sendRange(request, response, blob);
  switch (name) {
    case 'truncated':
    case 'norange':
      return sendHalf(request, response, blob, name === 'truncated');
    case 'garbage':
      return sendRange(request, response, {
        ...blob,
        bytes: Buffer.from(blob.bytes).fill(0x42, blob.bytes.length / 2),
      });
    case 'blob404':
      return answerError(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    case 'blob503':
      return answer(response, 503, 'text/plain', 'Service Unavailable\n');
    default:
      return sendRange(request, response, blob);
  }
}

/** Announces the rest, sends half of it and hangs up; `honoursRange` false also starts from 0 again each time. */
function sendHalf(
  request: IncomingMessage,
  response: ServerResponse,
  { bytes }: Content,
  honoursRange: boolean,
) {
  const from = honoursRange ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
  const rest = bytes.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': rest.length,
    ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  response.write(rest.subarray(0, Math.floor(rest.length / 2)), () => {
    setTimeout(() => request.socket.destroy(), 30);
  });
}
