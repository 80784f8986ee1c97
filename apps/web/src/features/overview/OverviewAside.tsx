import type { DockerHost } from '@pull-doctor/contract/host';
import type { RegistryRow } from '@pull-doctor/contract/registries';
import { FailedPulls } from './FailedPulls.tsx';
import { HostCard } from './HostCard.tsx';
import { NextToExpire } from './NextToExpire.tsx';

/** The column beside the board. */
export default function OverviewAside({
  rows,
  host,
}: {
  rows: readonly RegistryRow[];
  host: DockerHost | undefined;
}) {
  return (
    <>
      <FailedPulls host={host} />
      {host && <HostCard host={host} />}
      <NextToExpire rows={rows} />
    </>
  );
}
