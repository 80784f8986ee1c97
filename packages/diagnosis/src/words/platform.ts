import type { Platform } from '@pull-doctor/contract/image-reference';

/** `linux/arm64`, `linux/arm/v7` */
export function platformText({ os, architecture, variant }: Platform): string {
  // Every arm64 is v8; nobody writes it.
  const shown = variant && !(architecture === 'arm64' && variant === 'v8') ? `/${variant}` : '';
  return `${os}/${architecture}${shown}`;
}
