import type { DockerHost } from '@pull-doctor/contract/host';

/** The platform that the host's daemon pulls for, where it answers. */
export function platformOfHost(host: DockerHost | undefined): string | null {
  const info = host?.daemon.info;
  return info ? `${info.os}/${info.architecture}` : null;
}
