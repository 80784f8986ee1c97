import { createHash } from 'node:crypto';
import type { ManifestBody } from '@pull-doctor/contract/evidence/registry';
import type { Platform } from '@pull-doctor/contract/image-reference';
import * as z from 'zod';
import { bodyKind, parseJson } from '../http/body.ts';
import { isImageConfig, isSchema1 } from './media-types.ts';

export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

export interface IndexEntry extends Descriptor {
  platform: Platform;
}

/** A manifest's body, for evidence and for going on. */
export interface ReadManifest {
  body: ManifestBody;
  /** Of an index: the manifests with a platform, in its order. */
  entries: IndexEntry[];
  config: Descriptor | null;
  layers: Descriptor[];
}

// What evidence shows of an index; all entries are looked through.
const platformsShownMax = 100;
const layersMax = 500;

const text = z.string().max(512).catch('');
const RawDescriptor = z.object({
  mediaType: text,
  digest: text,
  size: z.number().int().nonnegative().catch(0),
});
const RawPlatform = z.object({
  os: text,
  architecture: text,
  variant: z.string().max(64).optional().catch(undefined),
  'os.version': z.string().max(64).optional().catch(undefined),
});
const Raw = z.object({
  schemaVersion: z.number().optional().catch(undefined),
  mediaType: z.string().max(256).optional().catch(undefined),
  artifactType: z.string().max(256).optional().catch(undefined),
  config: RawDescriptor.optional().catch(undefined),
  layers: z.array(z.unknown()).optional().catch(undefined),
  manifests: z.array(z.unknown()).optional().catch(undefined),
  fsLayers: z.array(z.unknown()).optional().catch(undefined),
  architecture: z.string().max(64).optional().catch(undefined),
});
const RawEntry = RawDescriptor.extend({
  platform: RawPlatform.optional().catch(undefined),
  annotations: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/**
 * Reads the body of a manifest, whatever came under that name.
 *
 * @param contentType without parameters
 * @param digest as announced by the registry, or as asked for; null where neither
 */
export function readManifest(bytes: Buffer, contentType: string, digest: string | null): ReadManifest {
  const computed = digestLike(digest, bytes);
  const base = {
    mediaType: contentType,
    digestComputed: computed ?? digestLike(null, bytes) ?? '',
    digestMatches: digest === null || computed === null ? null : computed === digest,
    bytes: bytes.length,
    platforms: [],
    image: null,
  };
  const none = (kind: 'unreadable' | 'not-a-manifest', why: string): ReadManifest => ({
    body: { ...base, kind, why },
    entries: [],
    config: null,
    layers: [],
  });
  const kind = bodyKind(bytes, contentType);
  if (kind === 'html') return none('not-a-manifest', 'The body is a web page.');
  if (kind === 'none') return none('unreadable', 'The body is empty.');
  const raw = Raw.safeParse(parseJson(bytes));
  if (!raw.success) {
    return /json/.test(contentType)
      ? none('unreadable', 'The body is no JSON object.')
      : none('not-a-manifest', `The body is ${kind}, not a manifest.`);
  }
  const manifest = raw.data;
  const mediaType = manifest.mediaType ?? contentType;
  if (manifest.manifests) {
    const entries = manifest.manifests.flatMap(readEntry);
    const platforms = entries
      .slice(0, platformsShownMax)
      .map(({ platform, digest: of }) => ({ ...platform, digest: of }));
    return {
      body: { ...base, mediaType, kind: 'index', why: null, platforms },
      entries,
      config: null,
      layers: [],
    };
  }
  if (manifest.config && manifest.layers) {
    const config = manifest.config;
    const layers = manifest.layers.slice(0, layersMax).flatMap(readDescriptor);
    const isImage = isImageConfig(config.mediaType) && !manifest.artifactType;
    return {
      body: {
        ...base,
        mediaType,
        kind: isImage ? 'image' : 'artifact',
        why: null,
        image: {
          digest: base.digestComputed,
          configDigest: config.digest,
          configMediaType: config.mediaType,
          artifactType: manifest.artifactType ?? null,
          platform: null,
          configBytes: config.size,
          layers: layers.map((layer) => ({ ...layer, there: 'unknown', form: 'unknown' })),
          compressedBytes: layers.reduce((sum, { size }) => sum + size, 0),
        },
      },
      entries: [],
      config,
      layers,
    };
  }
  if (manifest.schemaVersion === 1 || isSchema1(mediaType) || manifest.fsLayers) {
    return {
      body: { ...base, mediaType, kind: 'schema-1', why: null },
      entries: [],
      config: null,
      layers: [],
    };
  }
  return none(
    'unreadable',
    'The JSON is neither an index nor a manifest: it has no manifests, config or layers.',
  );
}

const RawConfig = z.object({
  os: z.string().max(64).catch(''),
  architecture: z.string().max(64).catch(''),
  variant: z.string().max(64).optional().catch(undefined),
  'os.version': z.string().max(64).optional().catch(undefined),
});

/** The platform that an image's config names; null where it names none. */
export function readConfigPlatform(bytes: Buffer): Platform | null {
  const config = RawConfig.safeParse(parseJson(bytes));
  if (!config.success || config.data.architecture === '') return null;
  return platformOf(config.data);
}

/** Only digests can be put into a path; anything else in a manifest is a mistake or a trick. */
export function isDigest(value: string): boolean {
  return /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,128}$/.test(value);
}

function readEntry(raw: unknown): IndexEntry[] {
  const entry = RawEntry.safeParse(raw);
  if (!entry.success || !isDigest(entry.data.digest) || !entry.data.platform) return [];
  const { mediaType, digest, size, platform, annotations } = entry.data;
  // BuildKit puts attestations beside the images, under the platform unknown/unknown.
  if (annotations?.['vnd.docker.reference.type'] !== undefined || platform.os === 'unknown') return [];
  return [{ mediaType, digest, size, platform: platformOf(platform) }];
}

function readDescriptor(raw: unknown): Descriptor[] {
  const descriptor = RawDescriptor.safeParse(raw);
  return descriptor.success ? [descriptor.data] : [];
}

function platformOf(raw: z.infer<typeof RawPlatform>): Platform {
  return {
    os: raw.os || 'linux',
    architecture: raw.architecture,
    variant: raw.variant || null,
    ...(raw['os.version'] ? { osVersion: raw['os.version'] } : {}),
  };
}

/** The digest of these bytes by the algorithm of another digest; null for one that Node does not know. */
function digestLike(digest: string | null, bytes: Buffer): string | null {
  const algorithm = digest?.split(':', 1)[0] ?? 'sha256';
  if (algorithm !== 'sha256' && algorithm !== 'sha384' && algorithm !== 'sha512') return null;
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}
