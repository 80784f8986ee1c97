/** Everything that Docker and containerd accept as a manifest, in their order. */
export const manifestAccept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
  'application/vnd.docker.distribution.manifest.v1+json',
  '*/*',
].join(', ');

const imageConfigTypes = new Set([
  'application/vnd.docker.container.image.v1+json',
  'application/vnd.oci.image.config.v1+json',
  // Registries of 2015 stored configs under this type, and Docker still takes it.
  'application/octet-stream',
  '',
]);

export function isImageConfig(mediaType: string): boolean {
  return imageConfigTypes.has(mediaType);
}

export function isSchema1(mediaType: string): boolean {
  return /^application\/vnd\.docker\.distribution\.manifest\.v1\+/.test(mediaType);
}

/** `application/json; charset=utf-8` → `application/json` */
export function bareType(contentType: string | null): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Layers that are not in the registry but at an address of their maker: Windows base layers. */
export function isForeignLayer(mediaType: string): boolean {
  return /foreign|nondistributable/.test(mediaType);
}

/** Layer types that Docker unpacks. */
export function isKnownLayer(mediaType: string): boolean {
  return /^application\/vnd\.(?:docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.gzip|\.zstd)?|oci\.image\.layer\.(?:nondistributable\.)?v1\.tar(?:\+gzip|\+zstd)?)$/.test(
    mediaType,
  );
}
