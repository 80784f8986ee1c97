import type { ManifestBody } from '@pull-doctor/contract/evidence/registry';
import type { Asker } from '../http/asker.ts';
import type { Authorization } from '../token/tokens.ts';
import { isForeignLayer, isKnownLayer } from './media-types.ts';
import { type Descriptor, isDigest } from './read-manifest.ts';

type Layer = NonNullable<ManifestBody['image']>['layers'][number];

export interface BlobSettings {
  asker: Asker;
  /** `https://host/v2/NAME/` */
  repository: URL;
  authorization: Authorization;
}

// Enough to find an image that lost its layers, few enough to be no load.
const layersAskedMax = 5;

// 512: gzip and zstd tell themselves by four bytes, a tar by the word "ustar" at 257.
const firstBytes = 512;

/** Whether the layers are there, and whether the first (and any of an odd type) looks like what its type says. */
export function lookAtLayers(layers: readonly Descriptor[], settings: BlobSettings): Promise<Layer[]> {
  return Promise.all(
    layers.map(async (layer, at): Promise<Layer> => {
      const unknown: Layer = { ...layer, there: 'unknown', form: 'unknown' };
      if (at >= layersAskedMax || !isDigest(layer.digest) || isForeignLayer(layer.mediaType)) return unknown;
      const looksInside = at === 0 || !isKnownLayer(layer.mediaType);
      return {
        ...unknown,
        ...(looksInside ? await readStart(layer, settings) : await askWhether(layer, settings)),
      };
    }),
  );
}

async function askWhether(layer: Descriptor, { asker, repository, authorization }: BlobSettings) {
  const { status } = await asker.ask({
    method: 'HEAD',
    url: new URL(`blobs/${layer.digest}`, repository),
    authorization,
    bytesMax: 0,
    longer: 'is-cut',
    // A redirect is an answer already: the registry has the blob. Addresses at object stores are signed for GET.
    redirects: 'not-followed',
    showsBody: false,
  });
  return { there: thereBy(status), form: 'unknown' as const };
}

async function readStart(layer: Descriptor, { asker, repository, authorization }: BlobSettings) {
  const asked = await asker.ask({
    method: 'GET',
    url: new URL(`blobs/${layer.digest}`, repository),
    range: `bytes=0-${firstBytes - 1}`,
    authorization,
    bytesMax: firstBytes,
    longer: 'is-cut',
    redirects: 'followed',
    showsBody: false,
  });
  const [hop] = asked.exchange.redirects;
  // Where the registry passed on to its store, it has the blob, whatever the store says to us.
  const there = hop ? ('yes' as const) : thereBy(asked.status);
  const isRead = asked.status === 200 || asked.status === 206;
  return { there, form: isRead ? formOf(asked.body) : ('unknown' as const) };
}

function thereBy(status: number | null): Layer['there'] {
  if (status === null) return 'unknown';
  if (status < 400) return 'yes';
  return status === 404 || status === 410 ? 'no' : 'unknown';
}

/** By the signatures of gzip (RFC 1952), zstd (RFC 8878) and ustar (POSIX.1-1988). */
export function formOf(start: Buffer): Layer['form'] {
  if (start.length === 0) return 'unknown';
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  if (start.length >= 4 && start.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  // Skippable frames come first in eStargz-like zstd layers.
  if (start.length >= 4 && (start.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50) return 'zstd';
  if (start.subarray(257, 262).toString('latin1') === 'ustar') return 'tar';
  // An empty tar is nothing but zeros.
  if (start.length >= firstBytes && start.every((byte) => byte === 0)) return 'tar';
  return 'other';
}
