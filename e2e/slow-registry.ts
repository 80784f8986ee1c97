import { setTimeout as wait } from 'node:timers/promises';
import { singleManifestImage } from '@pull-doctor/testkit/images';
import { type RegistryServer, startRegistry } from '@pull-doctor/testkit/registry-server';

const chunks = 30;
const pauseMs = 100;

/** A registry whose one image, team/slow:1.0, arrives in small pieces, so that the progress of a pull can be seen. */
export async function startSlowRegistry(): Promise<RegistryServer> {
  const image = singleManifestImage('slow', { layerBytes: 6 * 1024 * 1024 });
  const registry = await startRegistry({ repositories: { 'team/slow': { '1.0': image } } });
  const layer = image.blobs.reduce((biggest, blob) =>
    blob.bytes.length > biggest.bytes.length ? blob : biggest,
  );
  registry.override(`/v2/team/slow/blobs/${layer.digest}`, async (_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': layer.bytes.length,
      'docker-content-digest': layer.digest,
    });
    const size = Math.ceil(layer.bytes.length / chunks);
    for (let start = 0; start < layer.bytes.length && !response.destroyed; start += size) {
      response.write(layer.bytes.subarray(start, start + size));
      await wait(pauseMs);
    }
    response.end();
  });
  return registry;
}
