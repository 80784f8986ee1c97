import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { tarOfOneFile, zstdFrame } from './image-layers.ts';

/** Bytes with the name that their digest gives them. */
export interface Content {
  bytes: Buffer;
  mediaType: string;
  digest: string;
}

/** What a registry holds for one tag: the manifest a tag points to, those under it, and the blobs. */
export interface TestImage {
  manifest: Content;
  /** Manifests that an index points to; empty for a single-manifest image. */
  children: readonly Content[];
  blobs: readonly Content[];
}

export interface Platform {
  architecture: string;
  os: string;
  variant?: string;
}

export const mediaTypes = {
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerSchema1: 'application/vnd.docker.distribution.manifest.v1+prettyjws',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  ociLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  helmConfig: 'application/vnd.cncf.helm.config.v1+json',
  helmLayer: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
} as const;

const amd64: Platform = { architecture: 'amd64', os: 'linux' };
const arm64: Platform = { architecture: 'arm64', os: 'linux', variant: 'v8' };

export type Flavour = 'docker' | 'oci';

/**
 * An image of one platform.
 *
 * `seed` makes the layer's content: another seed, another digest. Faults need layers of their own, because a daemon
 * reuses a layer that another pull left behind.
 */
export function singleManifestImage(
  seed: string,
  options: { platform?: Platform; flavour?: Flavour; layerBytes?: number } = {},
): TestImage {
  const tar = tarOfOneFile('data.bin', pseudoRandom(seed, options.layerBytes ?? 4096));
  return assemble(tar, gzipSync(tar, { level: 1 }), options.platform ?? amd64, options.flavour ?? 'docker');
}

/** A docker manifest list or an OCI index over amd64, arm64/v8 and s390x, or the platforms given. */
export function multiPlatformImage(
  seed: string,
  options: { platforms?: readonly Platform[]; flavour?: Flavour } = {},
): TestImage {
  const flavour = options.flavour ?? 'docker';
  const platforms = options.platforms ?? [amd64, arm64, { architecture: 's390x', os: 'linux' }];
  const images = platforms.map((platform) => ({
    platform,
    image: singleManifestImage(`${seed} ${platform.architecture}`, { platform, flavour }),
  }));
  const mediaType = flavour === 'docker' ? mediaTypes.dockerList : mediaTypes.ociIndex;
  return {
    manifest: json(mediaType, {
      schemaVersion: 2,
      mediaType,
      manifests: images.map(({ platform, image }) => ({ ...descriptor(image.manifest), platform })),
    }),
    children: images.map(({ image }) => image.manifest),
    blobs: images.flatMap(({ image }) => image.blobs),
  };
}

/** A single-manifest image for arm64 only; dockerd on amd64 pulls it all the same unless --platform is given. */
export function arm64OnlyImage(seed: string): TestImage {
  return singleManifestImage(seed, { platform: arm64 });
}

/** An index without linux/amd64. */
export function foreignPlatformsImage(seed: string): TestImage {
  return multiPlatformImage(seed, { platforms: [arm64, { architecture: 's390x', os: 'linux' }] });
}

/** A manifest of schema version 1, as registries served before 2017. Its blob need not exist to be refused. */
export function schema1Image(name: string): TestImage {
  const empty = 'sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4';
  return {
    manifest: json(mediaTypes.dockerSchema1, {
      schemaVersion: 1,
      name,
      tag: '1',
      architecture: 'amd64',
      fsLayers: [{ blobSum: empty }],
      history: [{ v1Compatibility: JSON.stringify({ id: empty.slice(7) }) }],
    }),
    children: [],
    blobs: [],
  };
}

/** A Helm chart as an OCI artifact: a manifest that is fine and no image. */
export function helmChart(seed: string): TestImage {
  const config = json(mediaTypes.helmConfig, { name: seed, version: '1.0.0', apiVersion: 'v2' });
  const layer = content(
    mediaTypes.helmLayer,
    gzipSync(tarOfOneFile('Chart.yaml', Buffer.from(`name: ${seed}\n`))),
  );
  return {
    manifest: manifestOf(mediaTypes.ociManifest, config, [layer]),
    children: [],
    blobs: [config, layer],
  };
}

/** An OCI image whose layer is compressed with zstd: dockerd before 23.0 cannot unpack it. */
export function zstdImage(seed: string): TestImage {
  const tar = tarOfOneFile('data.bin', pseudoRandom(seed, 4096));
  return assemble(tar, zstdFrame(tar), amd64, 'oci', mediaTypes.ociLayerZstd);
}

/** The layer has the digest that the manifest announces, but is no gzip stream. */
export function notGzipImage(seed: string): TestImage {
  const tar = tarOfOneFile('data.bin', pseudoRandom(seed, 4096));
  return assemble(
    tar,
    Buffer.from(`${seed}: not a gzip stream, but with the announced digest\n`),
    amd64,
    'docker',
  );
}

/** One layer of 24 MiB that does not compress: more than a small disk holds. */
export function bigImage(seed: string): TestImage {
  return singleManifestImage(seed, { layerBytes: 24 * 1024 * 1024 });
}

/** An index with so many entries that a client needs a limit. None of its manifests exists. */
export function hugeIndex(entries: number): TestImage {
  const manifests = Array.from({ length: entries }, (_, n) => ({
    mediaType: mediaTypes.ociManifest,
    size: 500,
    digest: digestOf(Buffer.from(`entry ${n}`)),
    platform: { architecture: `machine${n}`, os: 'linux' },
  }));
  return {
    manifest: json(mediaTypes.ociIndex, { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests }),
    children: [],
    blobs: [],
  };
}

/** All manifests of an image, the tag's own first. */
export function manifestsOf(image: TestImage): readonly Content[] {
  return [image.manifest, ...image.children];
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function assemble(
  tar: Buffer,
  layerBytes: Buffer,
  platform: Platform,
  flavour: Flavour,
  layerType: string = flavour === 'docker' ? mediaTypes.dockerLayer : mediaTypes.ociLayer,
): TestImage {
  const config = json(flavour === 'docker' ? mediaTypes.dockerConfig : mediaTypes.ociConfig, {
    ...platform,
    config: { Cmd: ['/data.bin'] },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
  });
  const layer = content(layerType, layerBytes);
  const type = flavour === 'docker' ? mediaTypes.dockerManifest : mediaTypes.ociManifest;
  return { manifest: manifestOf(type, config, [layer]), children: [], blobs: [config, layer] };
}

function manifestOf(mediaType: string, config: Content, layers: readonly Content[]): Content {
  return json(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: descriptor(config),
    layers: layers.map(descriptor),
  });
}

function descriptor({ mediaType, bytes, digest }: Content) {
  return { mediaType, size: bytes.length, digest };
}

function json(mediaType: string, value: unknown): Content {
  return content(mediaType, Buffer.from(JSON.stringify(value)));
}

function content(mediaType: string, bytes: Buffer): Content {
  return { mediaType, bytes, digest: digestOf(bytes) };
}

// The same seed gives the same bytes, so that digests in a failing test can be compared between two runs.
function pseudoRandom(seed: string, length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(seed).digest();
}
