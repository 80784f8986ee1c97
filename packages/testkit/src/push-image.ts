import type { Content, TestImage } from './images.ts';

/**
 * Pushes an image through the registry API: blobs first, then manifests, the tag last.
 *
 * `registryUrl` is "http://HOST:PORT" of a registry that lets everybody write. Throws with the registry's own words.
 */
export async function pushImage(
  registryUrl: string,
  repository: string,
  tag: string,
  image: TestImage,
): Promise<void> {
  const base = `${registryUrl}/v2/${repository}`;
  await Promise.all(image.blobs.map((blob) => pushBlob(base, blob)));
  await Promise.all(image.children.map((child) => pushManifest(base, child.digest, child)));
  await pushManifest(base, tag, image.manifest);
}

/** POST opens an upload, PUT at the address it gives sends all of it at once. */
async function pushBlob(base: string, { bytes, digest }: Content): Promise<void> {
  const opened = await expectStatus(202, await fetch(`${base}/blobs/uploads/`, { method: 'POST' }));
  const upload = new URL(opened.headers.get('location') ?? '', base);
  upload.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream' };
  await expectStatus(201, await fetch(upload, { method: 'PUT', body: new Uint8Array(bytes), headers }));
}

async function pushManifest(base: string, reference: string, { bytes, mediaType }: Content): Promise<void> {
  const headers = { 'content-type': mediaType };
  await expectStatus(
    201,
    await fetch(`${base}/manifests/${reference}`, { method: 'PUT', body: new Uint8Array(bytes), headers }),
  );
}

async function expectStatus(status: number, response: Response): Promise<Response> {
  if (response.status !== status) {
    throw new Error(`${response.url} answered ${response.status}, not ${status}: ${await response.text()}`);
  }
  await response.arrayBuffer();
  return response;
}
