import type { ManifestBody, PlatformEvidence } from '@pull-doctor/contract/evidence/registry';
import type { Platform } from '@pull-doctor/contract/image-reference';
import { headerOf } from '../http/raw-headers.ts';
import { getManifest } from './ask-manifest.ts';
import { choosePlatform, fitsPlatform } from './choose-platform.ts';
import { type BlobSettings, lookAtLayers } from './layers.ts';
import { bareType } from './media-types.ts';
import {
  type Descriptor,
  type IndexEntry,
  isDigest,
  type ReadManifest,
  readConfigPlatform,
  readManifest,
} from './read-manifest.ts';

const configBytesMax = 4 * 1024 * 1024;
const availableMax = 100;

export interface PlatformAsk {
  wanted: Platform;
  wantedFrom: PlatformEvidence['wantedFrom'];
}

/**
 * Whether there is something for the wanted platform in it, and whether that is whole: the manifest chosen from an index
 * (which counts as no further pull), or the config of a single image, and the layers of either.
 *
 * @param read the body of the manifest; null where it was not read
 * @param mayRead false where reading another manifest would take from little
 */
export async function lookAtPlatform(
  { wanted, wantedFrom }: PlatformAsk,
  read: ReadManifest | null,
  mayRead: boolean,
  settings: BlobSettings,
): Promise<PlatformEvidence> {
  const base: PlatformEvidence = {
    wanted,
    wantedFrom,
    available: [],
    chosen: null,
    fits: 'unknown',
    kind: 'unknown',
    why: 'The manifest was not read.',
    image: null,
  };
  if (!read) return base;
  switch (read.body.kind) {
    case 'index':
      return lookAtIndex(base, read.entries, mayRead, settings);
    case 'image':
      return lookAtImage(base, read, settings);
    default:
      return { ...base, why: `It is no image that has a platform: ${read.body.kind}.`, image: read.body };
  }
}

async function lookAtIndex(
  base: PlatformEvidence,
  entries: readonly IndexEntry[],
  mayRead: boolean,
  settings: BlobSettings,
): Promise<PlatformEvidence> {
  const chosen = choosePlatform(base.wanted, entries);
  const seen: PlatformEvidence = {
    ...base,
    kind: 'index',
    available: unlike(entries.map(({ platform }) => platform)).slice(0, availableMax),
    chosen: chosen?.platform ?? null,
    fits: chosen ? 'yes' : 'no',
    why: chosen
      ? 'The index has a manifest for it.'
      : `None of the ${entries.length} manifests of the index is for it.`,
  };
  if (!chosen || !mayRead) return seen;
  const { asker, repository, authorization } = settings;
  const asked = await getManifest(asker, repository, chosen.digest, authorization);
  if (asked.status !== 200) {
    const why = asked.failure?.message ?? `the registry answers ${asked.status}`;
    return { ...seen, why: `The index has a manifest for it, and reading that failed: ${why}` };
  }
  const child = readManifest(asked.body, bareType(headerOf(asked.headers, 'content-type')), chosen.digest);
  const image = await withLayers(child, chosen.platform, settings);
  return { ...seen, image };
}

async function lookAtImage(
  base: PlatformEvidence,
  read: ReadManifest,
  settings: BlobSettings,
): Promise<PlatformEvidence> {
  const [platform, image] = await Promise.all([
    read.config ? readConfig(read.config, settings) : null,
    withLayers(read, null, settings),
  ]);
  if (image.image) image.image.platform = platform;
  if (!platform) {
    return { ...base, kind: 'image', why: 'The config of the image could not be read.', image };
  }
  const fits = fitsPlatform(base.wanted, platform);
  return {
    ...base,
    kind: 'image',
    available: [platform],
    chosen: fits ? platform : null,
    fits: fits ? 'yes' : 'no',
    why: fits ? 'The config of the image names it.' : 'The config of the image names another platform.',
    image,
  };
}

async function withLayers(
  read: ReadManifest,
  platform: Platform | null,
  settings: BlobSettings,
): Promise<ManifestBody> {
  const { body } = read;
  if (!body.image || body.kind !== 'image') return body;
  const layers = await lookAtLayers(read.layers, settings);
  return { ...body, image: { ...body.image, platform, layers } };
}

async function readConfig(
  config: Descriptor,
  { asker, repository, authorization }: BlobSettings,
): Promise<Platform | null> {
  if (!isDigest(config.digest)) return null;
  const asked = await asker.ask({
    method: 'GET',
    url: new URL(`blobs/${config.digest}`, repository),
    authorization,
    bytesMax: configBytesMax,
    longer: 'fails',
    redirects: 'followed',
    showsBody: false,
  });
  return asked.status === 200 ? readConfigPlatform(asked.body) : null;
}

function unlike(platforms: readonly Platform[]): Platform[] {
  const byText = new Map(
    platforms.map((platform) => [`${platform.os}/${platform.architecture}/${platform.variant}`, platform]),
  );
  return [...byText.values()];
}
